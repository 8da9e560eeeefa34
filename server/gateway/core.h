#pragma once

#include "gateway/gateway.h"
#include "gateway/live_targets.h"
#include "gateway/local_user.h"
#include "gateway/log_reader.h"
#include "gateway/parts.h"
#include "gateway/session.h"

#include <QHash>
#include <functional>
#include <unordered_map>

namespace belfry::gateway {
class LiveSocket;

/// What the sessions of one loop share: the tables of sessions and of users, the end of the turn, time. Held
/// by a shared pointer, so that answers that come after its end find it gone. One loop, except where
/// RegistryHome and KeyWatcher say.
class Core final : public RegistryHome, public auth::KeyWatcher, public std::enable_shared_from_this<Core>
{
public:
    Core(runtime::Loop &loop, const GatewayParts &parts);
    ~Core() override;
    Core(const Core &) = delete;
    Core &operator=(const Core &) = delete;

    [[nodiscard]] runtime::Loop &loop() { return m_loop; }
    [[nodiscard]] const GatewayParts &parts() const { return m_parts; }
    [[nodiscard]] const GatewaySettings &settings() const { return m_parts.settings; }
    [[nodiscard]] GatewayProbe &probe() { return m_parts.probe; }
    [[nodiscard]] LogReader &reader() { return m_reader; }
    [[nodiscard]] const model::Epoch &epoch() const { return m_epoch; }
    [[nodiscard]] model::Instant now() const { return m_parts.clock.now(); }
    [[nodiscard]] runtime::SteadyTime steady() const { return m_parts.clock.steady(); }

    // Sessions
    void add(std::unique_ptr<Session> session);
    [[nodiscard]] Session *findSession(net::ConnectionId id) const { return m_byId.value(id); }
    [[nodiscard]] int sessions() const { return static_cast<int>(m_slots.size()); }
    /// The session belongs to this user from now on; it has ended when there were too many.
    void signIn(Session &session, const model::UserId &user, const model::DeviceId &device,
                Session::Position position);
    /// Its frames may carry broadcasts.
    void welcomed(Session &session);
    /// We close it: takes it out of everything but the table.
    void retire(Session &session, protocol::CloseCode code);
    /// Its connection is gone.
    void closed(Session &session);
    void askAt(const Session &session, Session::Due due) { m_slots[session.slot].due = due; }

    // Users
    [[nodiscard]] LocalUser *findUser(const model::UserId &id);
    /// Where a log stands, as of now; begins the sessions that wait for it.
    void learnState(LocalUser &user, const ports::LogState &state);
    /// An answer told of a head whose news are not here yet; they are read when they do not come.
    void expectNews(LocalUser &user, model::Seq head);
    /// A session of this user is looked at, or is not.
    void setActive(Session &session, bool active, model::Instant at);

    // The turn
    void queueTurn(LocalUser &user);
    void scheduleTurnEnd();
    /// Moves the device's cursor a little later, together with others.
    void queueAck(LiveSocket &socket);

    void news(const std::shared_ptr<const ports::CommittedBatch> &batch);
    void liveOnly(const ports::LiveOnly &message);
    /// News of these users may never have come: where their logs stand is asked anew.
    void reread(const std::vector<model::UserId> &users);
    void drain();
    [[nodiscard]] bool isDraining() const { return m_draining; }
    void sweep();
    /// Sweeps once a second from now on.
    void keepTime();

    void replaced(net::ConnectionId connection) override;
    void alertHolderChanged(const model::UserId &user) override;
    void keysChanged() override;

private:
    struct Slot
    {
        std::unique_ptr<Session> session;
        Session::Due due;
    };

    void detach(Session &session);
    /// Posts work to this loop that is dropped when the gateway is gone by then. Any thread.
    void post(std::function<void(Core &)> work);
    void endTurn();
    void flushAcks();
    void buryLater();
    void bury();
    void drainSome();
    void lookAtKeys();
    void endKeyless();
    void applyAlertHolder(const model::UserId &id);
    void readLateNews(runtime::SteadyTime now);
    void broadcast(protocol::PreparedChange &prepared, const ports::LiveOnly &message);
    /// Takes the sessions of these users out of the targets; whoever calls puts them back.
    [[nodiscard]] std::vector<Session *> setAside(const std::vector<model::UserId> &users);
    void deliver(LocalUser &user, const ports::Committed &committed, protocol::PreparedChange &prepared);
    [[nodiscard]] LiveTargets &targetsOf(const Session &session);
    [[nodiscard]] runtime::Gauge &gauge(Session::Kind kind);
    void countClose(protocol::CloseCode code);
    [[nodiscard]] std::chrono::milliseconds reconnectAfter();

    runtime::Loop &m_loop;
    const GatewayParts &m_parts;
    const model::Epoch m_epoch;
    LogReader m_reader{*this};
    LiveTargets m_sockets; ///< belfry.v1
    LiveTargets m_readers; ///< plain sockets and event streams

    std::vector<Slot> m_slots;
    QHash<net::ConnectionId, Session *> m_byId;
    std::vector<std::unique_ptr<Session>> m_dead;
    std::unordered_map<model::UserId, LocalUser> m_users;

    std::vector<LocalUser *> m_turn;
    std::vector<model::UserId> m_late;
    std::vector<net::ConnectionId> m_acks;
    std::vector<model::UserId> m_left; ///< their last session is gone
    std::vector<net::ConnectionId> m_toDrain;
    std::vector<net::ConnectionId> m_keyless; ///< whose key is good no more, to be closed
    bool m_turnScheduled = false;
    bool m_acksScheduled = false;
    bool m_buryScheduled = false;
    bool m_draining = false;
};
} // namespace belfry::gateway
