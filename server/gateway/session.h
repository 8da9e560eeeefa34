#pragma once

#include "auth/principal.h"
#include "gateway/live_targets.h"
#include "gateway/local_user.h"
#include "net/connection.h"
#include "ports/inbox.h"
#include "protocol/close_code.h"
#include "protocol/prepared_change.h"
#include "protocol/server_messages.h"
#include "runtime/clock.h"

#include <QHostAddress>
#include <limits>
#include <memory>
#include <optional>
#include <span>

namespace belfry::gateway {
class Core;

/// One live connection as a cursor into its user's log (semantics 4). Here is what the three kinds have in
/// common: where the cursor stands, how it catches up, when it ends; the kinds write the frames. One loop.
class Session : public net::ConnectionEvents
{
public:
    enum class Kind : quint8 { Socket, Plain, Stream };
    enum class Phase : quint8 {
        Greeting,  ///< waits for `hello`
        Joining,   ///< waits to learn where the log stands
        Replaying, ///< cursor < head: reads the log; news only raise the head
        Live,      ///< cursor = head: news go out as they come
        Over,      ///< closed by either side
    };

    /// When a session wants to be asked what time asks for: at the earlier of the two.
    struct Due
    {
        runtime::SteadyTime at;
        model::Instant endsAt; ///< `exp` is wall time
        [[nodiscard]] bool hasCome(runtime::SteadyTime now, model::Instant wall) const
        {
            return now >= at || wall >= endsAt;
        }
    };

    /// Where a session wants to go on.
    struct Position
    {
        std::optional<model::Seq> since;
        model::Epoch epoch; ///< empty: `since` is taken as given
    };

    Session(Core &core, net::Connection &connection, Kind kind);
    ~Session() override;
    Session(const Session &) = delete;
    Session &operator=(const Session &) = delete;

    [[nodiscard]] net::ConnectionId id() const { return m_id; }
    [[nodiscard]] Kind kind() const { return m_kind; }
    [[nodiscard]] Phase phase() const { return m_phase; }
    [[nodiscard]] model::Seq cursor() const { return m_cursor; }
    [[nodiscard]] bool isOver() const { return m_phase == Phase::Over; }
    [[nodiscard]] LocalUser *user() const { return m_user; }
    [[nodiscard]] net::Connection *connection() const { return m_connection; }
    /// Nobody else is looked at instead (H56).
    [[nodiscard]] bool mayAlert() const { return m_mayAlert; }

    /// Signed in: belongs to `user`, waits for the state of its log.
    void attach(LocalUser &user, Position position);
    /// Taken out of everything; no frame goes to it any more.
    void detach();

    /// The state of the user's log is known; `fresh`: read after this session came.
    void begin(bool fresh);
    /// The next change of the user; only a live session takes it.
    void take(protocol::PreparedChange &prepared);
    void takePage(model::Result<ports::LogPage> page);
    /// News that should be here are not: reads them from the log.
    void catchUp();
    /// Sends what a live session owes at the end of this turn.
    void endTurn();
    /// Not in the log, for who is connected now (H15).
    virtual void takeLiveOnly(protocol::PreparedChange &prepared, model::Alert alert) = 0;
    void setAlertHolder(net::ConnectionId holder);
    /// Ends with this credential from now on. False: its key is good no more.
    [[nodiscard]] bool bind(const auth::Principal &who);
    /// Keys have changed: takes over the end of the one that it lives by. False: that is good no more, and
    /// this session is to end.
    [[nodiscard]] bool lookAtKey();

    /// What time asks for; answers when it wants to be asked again.
    [[nodiscard]] Due onTime(runtime::SteadyTime now, model::Instant wall);
    void end(protocol::CloseCode code, std::optional<std::chrono::milliseconds> reconnectAfter = {});

    void onText(QByteArrayView text) override;
    void onBinary(qsizetype size) override;
    void onPong(QByteArrayView payload) override;
    void onDrained() override;
    void onClosed() override;

    /// Is about to be detached: last chance to say something about its user.
    virtual void leaving() {}

    std::size_t slot = 0;                      ///< index in the core's table of sessions
    std::size_t target = LiveTargets::nowhere; ///< index among those that broadcasts go to
    QHostAddress countedAddress;               ///< of an anonymous one, which counts for its address

protected:
    /// A message that is complete, within the rate, before or after signing in.
    virtual void receive(QByteArrayView text) = 0;
    /// Everything that was sent before the ping with this payload has arrived.
    virtual void onProven(QByteArrayView) {}
    virtual void sendWelcome(protocol::Welcome::Mode mode) = 0;
    virtual void sendCaughtUp() = 0;
    virtual void sendEvent(protocol::PreparedChange &prepared, model::Alert alert) = 0;
    /// Sends the first of `changes` that make up one portion (H79) and says how many; never 0.
    [[nodiscard]] virtual std::size_t sendReplay(std::span<const model::Change> changes) = 0;
    virtual void sendBye(const protocol::Bye &bye) = 0;
    virtual void sendPing() = 0;
    /// What comes once a turn, after its events: counts, a ping. False: not yet, ask at a later turn.
    [[nodiscard]] virtual bool sendTurn() = 0;
    /// False: nothing more may be on its way before a pong comes; goOn() then.
    [[nodiscard]] virtual bool hasRoom() const { return true; }
    void goOn() { pump(); }
    /// The cursor has moved.
    virtual void onAdvanced() {}
    [[nodiscard]] virtual runtime::SteadyTime nextOwnDeadline() const { return never; }
    virtual void onOwnDeadline() {}
    /// Where a session without `since` starts.
    [[nodiscard]] virtual model::Seq startOfNew() const { return m_user->state.head; }

    void send(const QByteArray &framed);
    /// Part of a portion of a replay, which never counts as too slow (H79).
    void sendPatiently(const QByteArray &framed);
    void askTimeAgain();
    /// Something is to be sent at the end of this turn.
    void oweTurn();
    [[nodiscard]] bool owesTurn() const { return m_owesTurn; }
    /// One more message that could not be read: the last one ends the session.
    void countBadMessage();
    [[nodiscard]] model::Alert alertHere(model::Alert alert) const
    {
        return m_mayAlert ? alert : model::Alert::None;
    }
    static constexpr runtime::SteadyTime never = runtime::SteadyTime::max();
    static constexpr model::Instant endless{std::numeric_limits<qint64>::max()};

    Core &m_core;

private:
    struct Replay;

    void turnLive();
    void startReplay();
    void pump();
    void askForPage();
    void reset();
    void pingOrGiveUp(runtime::SteadyTime now);
    [[nodiscard]] Due nextDue() const;
    [[nodiscard]] bool withinRate();

    net::Connection *m_connection;
    const net::ConnectionId m_id;
    LocalUser *m_user = nullptr;
    std::unique_ptr<Replay> m_replay;     ///< only while replaying
    std::unique_ptr<Position> m_position; ///< until it begins; none then: it must reset
    model::Seq m_cursor = 0;
    model::Instant m_endsAt = endless; ///< of the credential
    model::Text m_key;                 ///< that it lives by; empty: none that can be revoked
    runtime::SteadyTime m_pingAt;      ///< while greeting: when its patience ends
    runtime::SteadyTime m_rate;        ///< when the messages so far are paid for (GCRA)
    const Kind m_kind;
    Phase m_phase = Phase::Greeting;
    quint8 m_pingsOut = 0;
    quint8 m_badMessages = 0;
    bool m_mayAlert = true;
    bool m_owesTurn = false;
    bool m_readBeforeUs = false; ///< the read of the state that is under way began before this session came
};
} // namespace belfry::gateway
