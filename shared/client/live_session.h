#pragma once

#include "client/clock_watch.h"
#include "client/rest_client.h"
#include "client/server_trust.h"
#include "client/session_logic.h"
#include "client/suspend_watch.h"

#include <QTimer>
#include <deque>
#include <memory>

class QWebSocket;

namespace belfry::client {
struct LiveSettings
{
    QUrl server;        ///< http or https, as for REST
    model::UserId user; ///< whose inbox
    model::Text token;  ///< user token, or an API key that reaches inboxes; empty: tokenNeeded comes
    model::DeviceId device;
    Cursor cursor; ///< where the last run stopped; empty: a snapshot comes first
    ServerTrust trust{};
};

/// Time and chance, so that tests decide them. The defaults are the system's.
struct Surroundings
{
    std::function<model::Instant()> now;
    Random random;
};

/// A live session with a Belfry server for programs: keeps itself connected, loads what was missed, tells
/// facts by signals, each change once and in order. Lives on one thread with an event loop; of a burst no
/// turn of that loop tells more than two dozen, so that whatever else waits there has its turn in between.
/// The types in the signals are registered with Qt's meta-object system.
class LiveSession : public QObject
{
    Q_OBJECT
public:
    /// `journal` (may be null) outlives the session.
    explicit LiveSession(const LiveSettings &settings, OpJournal *journal = nullptr,
                         Surroundings surroundings = {}, QObject *parent = nullptr);
    ~LiveSession() override;

    void start();
    /// Says goodbye and stays disconnected until start().
    void stop();
    /// The network changed (say, QNetworkInformation told so): reconnects at once.
    void reconnectNow();
    /// The clock was set, or the machine woke: reconnects if that was by more than 5 s. Noticed without being
    /// told, too.
    void clockSet();

    /// Does something with items; sent now or when the server is there again. Answers the op's id, with which
    /// opApplied or opRefused comes. Overloaded: 10,000 wait already; Invalid: over 500 ids.
    [[nodiscard]] model::Result<model::OpId> apply(model::OpSet set, const QList<model::NotificationId> &ids,
                                                   model::MaybeInstant until = {});
    [[nodiscard]] model::Result<model::OpId> applyUpTo(model::OpSet set, model::Seq seq);
    void setPresence(protocol::Presence::State state);
    /// The answer to tokenNeeded, or earlier.
    void setToken(const model::Text &token);

    [[nodiscard]] SessionState state() const { return m_logic.state(); }
    [[nodiscard]] Cursor cursor() const { return m_logic.cursor(); }
    [[nodiscard]] qsizetype waitingOps() const { return m_logic.waitingOps(); }
    [[nodiscard]] RestClient &rest() { return m_rest; }

Q_SIGNALS:
    /// One log entry, or a live-only item (seq 0); what a client has to do by `alert` is decided by the
    /// server.
    void changed(const belfry::model::Change &change);
    /// So many items more of a snapshot are there; all of them come with snapshotLoaded().
    void snapshotComes(qint64 items);
    /// Replaces everything that was known.
    void snapshotLoaded(const belfry::protocol::Snapshot &snapshot);
    void countsChanged(qint64 seq, const belfry::model::Counts &counts);
    /// `retryAt` only while Waiting.
    void stateChanged(belfry::client::SessionState state, const belfry::model::MaybeInstant &retryAt);
    void opApplied(const belfry::model::OpApplied &applied);
    void opRefused(const belfry::model::OpId &op, const belfry::model::Error &why);
    /// For people: why it is not connected, or what the server did not like.
    void problem(const belfry::model::Error &error);
    /// To be kept for the next run.
    void cursorMoved(const belfry::client::Cursor &cursor);
    /// The server wants another token: setToken() goes on.
    void tokenNeeded();

private:
    class Host;
    [[nodiscard]] model::Result<model::OpId> applyOp(model::Op op);
    /// Lets the logic take one step, then tells what came of it: slots may call back in.
    void step(const std::function<void(model::Instant)> &what);
    void tellFacts();
    /// The next of what one turn left over.
    void goOn();
    void takeTexts(std::size_t mostFacts, model::Instant now);
    void armTimers();

    void openSocket();
    void listenTo(QWebSocket *socket, quint64 serial);
    void dropSocket(protocol::CloseCode code);

    Surroundings m_surroundings;
    model::UserId m_user;
    const ServerTrust m_trust;
    RestClient m_rest;
    std::unique_ptr<Host> m_host;
    SessionLogic m_logic;
    QWebSocket *m_socket = nullptr; ///< a child
    quint64 m_socketSerial = 0;     ///< what a socket of the past says is not heard
    std::deque<QString> m_texts;    ///< from the socket, not yet read
    std::deque<std::function<void(LiveSession &)>> m_facts;
    bool m_telling = false;
    QTimer m_turn;
    ClockWatch m_clock;
    SuspendWatch m_suspend;
    QTimer m_deadline;
};
} // namespace belfry::client
