#pragma once

#include "client/live_session.h"
#include "inbox/inbox_model.h"
#include "inbox/op_sink.h"
#include "offline/account_cache.h"
#include "session/category_mute.h"
#include "session/connection.h"
#include "session/list_loader.h"
#include "session/row_page.h"
#include "session/token_source.h"

namespace belfry::session {
struct SessionSettings
{
    offline::Account account;
    QString folder; ///< of the caches
    client::ServerTrust trust{};
    offline::CacheLimits limits{};
    /// This installation's, the one that signed in (H82); empty: the cache's own.
    model::DeviceId device{};
};

/// One account at work: cache, live session and model, joined. Rows of the cache first, then the server; each
/// change once and in order; snapshots as differences; what a person does at once in the model, in the
/// journal, and on its way. Another account is another object, with an empty model. One thread, and nothing
/// here waits for disk or network but the destructor, which writes what waits.
class AccountSession : public QObject, public inbox::OpSink
{
    Q_OBJECT
public:
    /// Model and token source outlive this. The model is empty.
    AccountSession(const SessionSettings &settings, inbox::InboxModel &inbox, TokenSource &tokens,
                   const client::Surroundings &surroundings = {}, QObject *parent = nullptr);
    ~AccountSession() override;

    /// Once.
    void start();
    /// Says goodbye to the server; the cache stays open.
    void stop();

    [[nodiscard]] const Connection &connection() const { return m_connection.now(); }
    /// The badge and its sibling: the server's, with what the person did and it has not answered for.
    [[nodiscard]] model::Counts counts() const;
    /// Ops that wait for the server.
    [[nodiscard]] qsizetype waitingOps() const { return m_live ? m_live->waitingOps() : 0; }
    /// Null until the cache is read. For what has no other way here: preferences, devices, search.
    [[nodiscard]] client::RestClient *rest() { return m_live ? &m_live->rest() : nullptr; }

    /// The footer's Retry: now, whatever was waited for.
    void retry();
    /// Signed in, or wants to be.
    void askToken();
    /// The network is another one, or there again.
    void networkChanged();
    /// The machine was asleep. (A jump of the clock is noticed without being told, too.)
    void woke();
    void setPresence(protocol::Presence::State state);

    /// What the cache finds for these words, newest first.
    void search(const model::Text &words, offline::AccountCache::Reply<QList<model::NotificationId>> reply);

    using PageReply = std::function<void(model::Result<RowPage>)>;
    /// A page of what the server finds, from there on (empty: the newest); it comes into the model (and the
    /// cache) before the answer. Unavailable until the cache is read.
    void searchServer(const model::Text &words, const model::Text &from, PageReply reply);
    /// Nothing: nobody has looked yet.
    [[nodiscard]] std::optional<bool> hasOlderArchived() const;
    /// The next of the archive that are not here yet, likewise.
    void olderArchived(PageReply reply);

    // OpSink. Unavailable until the cache is read.
    [[nodiscard]] model::Result<model::OpId> send(model::OpSet set, const QList<model::NotificationId> &ids,
                                                  model::MaybeInstant until) override;
    [[nodiscard]] model::Result<model::OpId> sendUpTo(model::OpSet set, model::Seq seq) override;
    void setMuted(const model::Text &category, bool muted, Muted answer) override;

Q_SIGNALS:
    /// The cache is read, the model filled with its newest; the server comes next.
    void opened();
    /// The cache was of no use and begun anew; to be told when changes may be lost.
    void cacheSetAside(const belfry::offline::SetAside &what);
    /// Nothing can be kept now.
    void notKept(const belfry::model::Error &why, bool opsAtRisk);
    void connectionChanged(const belfry::session::Connection &connection);
    void countsChanged(const belfry::model::Counts &counts);
    /// News as they come, for banners: with an alert, or for this moment only (seq 0).
    void arrived(const belfry::model::Change &change);
    void preferencesChanged();
    /// For Triage.
    void opApplied(const belfry::model::OpApplied &applied);
    void opRefused(const belfry::model::OpId &op, const belfry::model::Error &why);
    /// For people, while it stands.
    void problem(const belfry::model::Error &error);

private:
    void cacheOpened(const model::Result<offline::Opened> &opened);
    void loadOlder(model::Seq before);
    void makeLive();
    void requestToken(TokenSource::Why why);
    void takeToken(const model::Result<model::Text> &token);

    void listen();
    void changed(const model::Change &change);
    void snapshotLoaded(const protocol::Snapshot &snapshot);
    void stateChanged(client::SessionState state, const model::MaybeInstant &retryAt);
    void setListsDue(offline::ListsDue due);

    void keep(const inbox::Delta &delta);
    void trim();
    [[nodiscard]] bool hasRoomFor(int rows) const;
    void began(const model::Op &op);
    void pass();
    void tellCounts();
    void tellConnection();
    [[nodiscard]] model::Instant now() const { return m_surroundings.now(); }

    const SessionSettings m_settings;
    inbox::InboxModel &m_inbox;
    TokenSource &m_tokens;
    client::Surroundings m_surroundings;
    offline::AccountCache m_cache;
    std::unique_ptr<client::LiveSession> m_live;
    std::unique_ptr<ListLoader> m_lists;
    std::unique_ptr<CategoryMute> m_mute;

    model::DeviceId m_device;
    client::Cursor m_cursor;
    offline::Counted m_counted;
    model::Counts m_toldCounts;
    ConnectionTracker m_connection;
    Connection m_toldConnection;
    offline::ListsDue m_listsDue = offline::ListsDue::None;
    /// Where the part of the archive begins that is not here: empty = all of it is; nothing: nobody knows.
    std::optional<model::Text> m_archiveFrom;
    std::optional<protocol::Presence::State> m_presence;
    bool m_isTelling = false;
    bool m_isAsking = false;
    QTimer m_due;
};
} // namespace belfry::session
