#pragma once

#include "client/backoff.h"
#include "client/op_queue.h"
#include "client/seq_cursor.h"
#include "client/session_host.h"
#include "protocol/server_messages.h"

namespace belfry::client {
struct SessionSettings
{
    model::DeviceId device;            ///< the installation's own random text, kept for good (H82)
    model::Text token;                 ///< user token or API key; empty: the server asks for one
    std::optional<model::UserId> user; ///< told to the server where the token does not (H27)
    Cursor cursor;
    QList<model::Text> caps;
};

/// All that a live session decides, without sockets, timers and clock of its own: it is told what happened
/// and when, and tells its host what to do. Resume, reset, snapshot, gap-free apply and ack (semantics 4),
/// ops with answers (semantics 16), reconnect with full jitter, ping deadline, suspend, bye and close codes
/// (api.md). One thread.
class SessionLogic
{
public:
    static constexpr std::chrono::seconds pingDeadline{10};
    static constexpr std::chrono::seconds connectDeadline{15};
    static constexpr std::chrono::seconds snapshotDeadline{60};
    static constexpr std::chrono::milliseconds ackSpacing{200};
    /// The server believes a presence for 90 s (semantics 15).
    static constexpr std::chrono::seconds presenceEvery{30};
    /// The server ends who sends over 50 messages a second (H26): thirty at once, then one each 33 ms, so
    /// that no second has more than it takes wherever that second begins.
    static constexpr model::Duration opSpacing = model::Duration(std::chrono::seconds(1)) / 30;
    static constexpr std::size_t mostBuffered = 10'000;
    static constexpr std::size_t mostSnapshotItems = 100'000;

    SessionLogic(SessionHost &host, SessionSettings settings, Random random, OpJournal *journal);

    // What the program wants
    void start(model::Instant now);
    void stop();
    [[nodiscard]] model::VoidResult apply(model::Op op, model::Instant now);
    /// Told now and every 30 s, each time with the `at` of this call: when something was last done here.
    void setPresence(protocol::Presence::State state, model::Instant now);
    /// A fresh token: told to the server when it is connected, else used for the next try, which comes at
    /// once when one was asked for.
    void setToken(const model::Text &token, model::Instant now);
    /// The network changed: what waits is tried at once, what stands is made anew.
    void reconnectNow(model::Instant now);

    // What happened
    void discovered(quint64 attempt, const model::Result<protocol::WellKnown> &server, model::Instant now);
    void socketOpened(model::Instant now);
    void socketText(QByteArrayView text, model::Instant now);
    /// Anything that proves that the other end lives.
    void heard(model::Instant now)
    {
        m_lastHeard = now;
        m_pinged = false;
    }
    /// `code` 0: no close frame was seen. `why` is for people.
    void socketClosed(int code, const model::Text &why, model::Instant now);
    void snapshotPage(quint64 attempt, const model::Result<protocol::Snapshot> &page, model::Instant now);
    /// At nextDeadline(); more often does no harm.
    void tick(model::Instant now);

    [[nodiscard]] model::MaybeInstant nextDeadline() const;
    [[nodiscard]] SessionState state() const { return m_state; }
    [[nodiscard]] Cursor cursor() const;
    [[nodiscard]] const model::Text &token() const { return m_settings.token; }
    [[nodiscard]] qsizetype waitingOps() const { return m_ops.size(); }

private:
    struct OnMessage;

    void enter(SessionState state, model::MaybeInstant retryAt = {});
    void connectNow(model::Instant now);
    void wait(std::chrono::milliseconds delay, model::Instant now);
    void lose(protocol::CloseCode code, const model::Text &why, model::Instant now,
              const model::Text &requestId = {});
    void end(const model::Error &why);
    void needToken(model::Instant now);
    void forgetConnection();
    void closedBecause(int code, model::Instant now);
    void refuseLargestOp();
    [[nodiscard]] bool isConnected() const;
    [[nodiscard]] bool hasSocket() const { return isConnected() || m_state == SessionState::Connecting; }
    [[nodiscard]] protocol::Hello hello() const;

    void welcomed(const protocol::Welcome &welcome, model::Instant now);
    void take(const model::Change &change, model::Instant now);
    void replayed(const protocol::Batch &batch, model::Instant now);
    void nowLive(model::Instant now);
    void refused(const protocol::Fault &fault, model::Instant now);
    void snapshotComplete(model::Instant now);
    void ackIfDue(model::Instant now);
    void sendOps(model::Instant now);
    void tellPresence(model::Instant now);

    SessionHost &m_host;
    SessionSettings m_settings;
    OpQueue m_ops;
    Backoff m_backoff;
    SeqCursor m_seqs;
    SessionState m_state = SessionState::Stopped;
    quint64 m_attempt = 0;
    bool m_isCompatible = false;
    bool m_askedToken = false;

    // Of the connection
    std::optional<protocol::Bye> m_bye;
    std::chrono::seconds m_ping{25};
    model::Instant m_lastHeard;
    bool m_pinged = false;
    model::Seq m_acked = 0;
    model::Instant m_lastAck;
    bool m_liveSeen = false;
    protocol::Snapshot m_snapshot;
    std::vector<model::Change> m_buffered;
    model::Instant m_opsPaid; ///< until then the ops sent so far take up what may be sent
    std::optional<protocol::Presence> m_presence;
    model::Instant m_presenceTold;

    // What time asks for
    model::MaybeInstant m_retryAt;
    model::MaybeInstant m_deadline; ///< of the step under way
    model::MaybeInstant m_opsAt;    ///< the server asked for patience
};
} // namespace belfry::client
