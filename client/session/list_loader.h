#pragma once

#include "client/rest_client.h"
#include "offline/cached.h"

#include <QObject>
#include <deque>

namespace belfry::session {
/// Loads what a snapshot and the log leave out: a snapshot has the active notifications alone (H23), and an
/// entry that brings something back into the inbox names only ids. What it brings may be older or newer than
/// what the log told: whoever takes it goes by the seq of each. One request at a time. One thread.
class ListLoader : public QObject
{
    Q_OBJECT
public:
    static constexpr int pageSize = 500;
    /// Of the archive the newest; the rest comes when somebody looks for it (AccountSession::olderArchived).
    static constexpr int mostArchived = 1'000;
    /// Above so many it is cheaper to load the list.
    static constexpr qsizetype mostSingle = 50;

    ListLoader(client::RestClient &rest, model::UserId user, QObject *parent = nullptr);

    void load(offline::ListsDue what);
    /// The active ones, all of them.
    void loadActive();
    void fetch(const QList<model::NotificationId> &ids);
    /// Forgets what it was about to do: its answers would be of another database, or another time.
    void stop();
    [[nodiscard]] bool isBusy() const { return m_isBusy; }

Q_SIGNALS:
    void loaded(const std::vector<belfry::model::Notification> &items);
    /// The newest of the archive are there; the others begin at `next` (empty: there are none).
    void archiveLoaded(const belfry::model::Text &next);
    /// All that was asked for is there.
    void finished(belfry::offline::ListsDue what);
    /// What is left of it is not loaded; asked for again when the server is there again.
    void failed(const belfry::model::Error &error);

private:
    struct Page
    {
        model::Text state;
        model::Text cursor;
        int left = 0; ///< rows
    };
    struct Single
    {
        model::NotificationId id;
    };
    using Task = std::variant<Page, Single>;

    void begin(Task task);
    void next();
    void load(const Page &page);
    void load(const Single &single);
    void fail(const model::Error &error);

    client::RestClient &m_rest;
    const model::UserId m_user;
    std::deque<Task> m_tasks;
    bool m_isBusy = false;
    offline::ListsDue m_lists = offline::ListsDue::None; ///< that are being loaded
    quint64 m_generation = 0;                            ///< what was asked before stop() is not heard
};
} // namespace belfry::session
