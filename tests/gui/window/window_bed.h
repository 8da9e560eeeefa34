#pragma once

#include "inbox/inbox_model.h"
#include "inbox/triage.h"
#include "support/qml_warnings.h"
#include "window/connection_view.h"
#include "window/detail_view.h"
#include "window/inbox_view.h"
#include "window/toast_view.h"
#include "window/why_view.h"

#include <QStringList>

namespace belfry::window {
/// A server that answers at once: takes each op, tells it back as the log does, and remembers it.
class PromptSink : public inbox::OpSink
{
public:
    explicit PromptSink(inbox::InboxModel &inbox, model::Instant now)
        : m_inbox(inbox)
        , m_now(now)
    {
    }
    void listenTo(inbox::Triage &triage) { m_triage = &triage; }

    model::Result<model::OpId> send(model::OpSet set, const QList<model::NotificationId> &ids,
                                    model::MaybeInstant until) override;
    model::Result<model::OpId> sendUpTo(model::OpSet set, model::Seq seq) override;
    void setMuted(const model::Text &category, bool muted, Muted answer) override;

    /// While it is, ops wait for the server and show as such.
    bool isAway = false;
    /// The server says no to what is asked by a request of its own.
    bool refuses = false;
    QStringList sent; ///< "archive 3"

private:
    model::Result<model::OpId> take(model::Op op);

    inbox::InboxModel &m_inbox;
    const model::Instant m_now;
    inbox::Triage *m_triage = nullptr;
    model::Seq m_seq = 1'000'000;
};

/// All that a window shows, without a network or a file, at a fixed time; for tests in QML.
class WindowBed : public QObject, public RowSource, public WhySource
{
    Q_OBJECT
    Q_PROPERTY(belfry::window::InboxView *inbox READ inbox CONSTANT)
    Q_PROPERTY(belfry::window::DetailView *detail READ detail CONSTANT)
    Q_PROPERTY(belfry::window::ToastView *toast READ toast CONSTANT)
    Q_PROPERTY(belfry::window::ConnectionView *connection READ connection CONSTANT)
    Q_PROPERTY(belfry::window::WhyView *why READ why CONSTANT)
    Q_PROPERTY(QStringList sent READ sent)
    Q_PROPERTY(int galleryReview MEMBER m_review)
public:
    explicit WindowBed(QObject *parent = nullptr);
    ~WindowBed() override;

    [[nodiscard]] InboxView *inbox() { return &m_view; }
    [[nodiscard]] DetailView *detail() { return &m_detail; }
    [[nodiscard]] ToastView *toast() { return &m_toast; }
    [[nodiscard]] ConnectionView *connection() { return &m_connection; }
    [[nodiscard]] WhyView *why() { return &m_why; }
    [[nodiscard]] QStringList sent() const { return m_sink.sent; }
    /// What QML complained of since the last time.
    Q_INVOKABLE [[nodiscard]] QStringList takeWarnings() { return m_warnings.take(); }

    /// As it was made: nothing in it.
    Q_INVOKABLE void reset();
    /// What comes next has this number, or the next that is free.
    Q_INVOKABLE void numberFrom(int number) { m_number = std::max(m_number, number - 1); }
    /// A dozen of different kinds, as people get them.
    Q_INVOKABLE void fillGallery();
    /// What is longer, or written from the other side, than people who make windows think of; the first of
    /// them: Arabic.
    Q_INVOKABLE int fillScripts();
    /// `count` plain ones of `app`, a minute apart; answers the number of the first.
    Q_INVOKABLE int fill(int count, const QString &app);
    /// One that says this; answers its number.
    Q_INVOKABLE int tellOne(const QString &title, const QString &message);
    Q_INVOKABLE void goOffline();
    Q_INVOKABLE void goOnline();
    Q_INVOKABLE void askToSignIn();
    /// The server says no: to requests, and to the connection itself.
    Q_INVOKABLE void refuse();
    Q_INVOKABLE void accept();
    Q_INVOKABLE void startFirstSync();
    /// So many in the archive that the server has and the list has not; what comes after is newer. Pages
    /// of 20.
    Q_INVOKABLE void keepArchivedThere(int count);
    /// This computer keeps no more than it has.
    Q_INVOKABLE void beFull() { m_isFull = true; }
    Q_INVOKABLE [[nodiscard]] QString idOf(int number) const;
    /// PNG into the folder of BELFRY_SHOTS, when that is set.
    Q_INVOKABLE [[nodiscard]] QString shotPath(const QString &name) const;

    void searchHere(const model::Text &words, RowSource::Reply reply) override;
    void searchThere(const model::Text &words, const model::Text &from, RowSource::Reply reply) override;
    [[nodiscard]] std::optional<bool> hasOlderArchived() const override;
    void olderArchived(RowSource::Reply reply) override;
    void why(const model::NotificationId &id, WhySource::Answer answer) override;

private:
    static constexpr int archivePage = 20;
    session::RowPage takeArchived();
    model::Notification add(int minutesAgo, const char *app, const char *title, const char *message);
    void tell(const model::Notification &item);

    test::QmlWarnings m_warnings;
    inbox::InboxModel m_inbox;
    PromptSink m_sink;
    inbox::Triage m_triage;
    Clock m_clock;
    Teller m_teller;
    InboxView m_view;
    DetailView m_detail;
    ToastView m_toast;
    ConnectionView m_connection;
    WhyView m_why;
    int m_number = 0;
    int m_archivedThere = 0;
    bool m_isFull = false;
    int m_review = 0; ///< in the gallery: the one with Markdown, actions, a thread
};
} // namespace belfry::window
