#pragma once

#include "inbox/inbox_model.h"
#include "inbox/op_sink.h"
#include "inbox/undo_stack.h"

#include <QObject>

namespace belfry::inbox {
/// What a toast tells (C2).
struct Toast
{
    quint64 serial = 0; ///< for undo(serial)
    Action action = Action::Read;
    qsizetype count = 0; ///< of notifications
    model::MaybeInstant snoozedUntil{};
    model::Text category{};
    model::Instant until; ///< when it goes away; Undo by keyboard goes on to work
    friend bool operator==(const Toast &, const Toast &) = default;
};

/// Something that did not come about, or not with all.
struct Refusal
{
    Action action = Action::Read;
    bool wasUndo = false;
    qsizetype count = 0;
    model::Error why; ///< Conflict: another device was later, or it asks for an acknowledgement first
};

/// What a person does with notifications, one or many: shown at once, on its way to the server, and taken
/// back by undo(), many levels deep. What the server says no to is told. One thread.
class Triage : public QObject
{
    Q_OBJECT
public:
    static constexpr std::chrono::seconds toastTime{7};
    using Ids = QList<model::NotificationId>;
    using Now = std::function<model::Instant()>;

    /// All three outlive this; `now` in the time of ops.
    Triage(InboxModel &inbox, OpSink &sink, Now now, QObject *parent = nullptr);

    // What changes nothing is no deed: no toast, no op.
    void read(const Ids &ids);
    void unread(const Ids &ids);
    /// Unread if all of them are read, else read.
    void toggleRead(const Ids &ids);
    /// Can't be taken back (semantics 1).
    void ack(const Ids &ids);
    void archive(const Ids &ids);
    void unarchive(const Ids &ids);
    /// They come back as unread. Refused when `until` is over.
    void snooze(const Ids &ids, model::Instant until);
    void unsnooze(const Ids &ids);
    void remove(const Ids &ids);
    /// All that is here now, not what arrives meanwhile (semantics 16).
    void readAll();
    void mute(const model::Text &category);
    void unmute(const model::Text &category);
    /// They were on the screen: no deed, nothing to take back.
    void see(const Ids &ids);
    /// Its link or a button of it was taken: no deed, either.
    void click(const model::NotificationId &id);

    [[nodiscard]] bool canUndo() const { return !m_stack.isEmpty(); }
    /// The last deed, or the one of this toast. What others made of it meanwhile stays.
    void undo(quint64 serial = 0);

    // What the server said; the session's.
    void opApplied(const model::OpApplied &applied);
    void opRefused(const model::OpId &op, const model::Error &why);

Q_SIGNALS:
    void done(const belfry::inbox::Toast &toast);
    void undone(const belfry::inbox::Toast &toast);
    void refused(const belfry::inbox::Refusal &refusal);
    void canUndoChanged(bool canUndo);

private:
    struct Sent
    {
        Action action = Action::Read;
        bool isUndo = false;
        Ids ids{};
    };
    struct Step
    {
        model::OpSet set;
        model::MaybeInstant until{};
    };

    void perform(Action action, const Ids &ids, const std::vector<Step> &steps);
    [[nodiscard]] std::vector<Deed::Item> itemsFor(Action action, const Ids &ids,
                                                   const std::vector<Step> &steps);
    /// False: nothing more is taken.
    [[nodiscard]] bool send(Deed &deed, const Step &step, const Ids &ids, bool isUndo);
    void setMuted(const model::Text &category, bool muted);
    void finish(Deed deed, model::MaybeInstant snoozedUntil = {});
    void tellStack(bool before);
    [[nodiscard]] Toast toastOf(const Deed &deed, model::MaybeInstant snoozedUntil = {}) const;

    InboxModel &m_inbox;
    OpSink &m_sink;
    Now m_now;
    UndoStack m_stack;
    QHash<model::OpId, Sent> m_sent;
    quint64 m_serial = 0;
};
} // namespace belfry::inbox
