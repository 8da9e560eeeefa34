#include "gateway/core.h"

#include "gateway/live_socket.h"

#include <QRandomGenerator>

namespace belfry::gateway {
namespace {
constexpr std::chrono::milliseconds sweepEvery{1000};
/// Closing all sockets in one turn would hold up the answers that a drain waits for.
constexpr std::size_t drainedPerTurn = 256;
} // namespace

Core::Core(runtime::Loop &loop, const GatewayParts &parts)
    : m_loop(loop)
    , m_parts(parts)
    , m_epoch(parts.resume.epoch())
{
}

Core::~Core()
{
    for (Slot &slot : m_slots) {
        if (!slot.session->isOver())
            detach(*slot.session);
        gauge(slot.session->kind()).add(-1);
    }
}

void Core::post(std::function<void(Core &)> work)
{
    m_loop.post([weak = weak_from_this(), work = std::move(work)] {
        if (const auto core = weak.lock())
            work(*core);
    });
}

void Core::add(std::unique_ptr<Session> session)
{
    session->slot = m_slots.size();
    m_byId.insert(session->id(), session.get());
    gauge(session->kind()).add(1);
    Session &added = *session;
    m_slots.push_back({std::move(session), {steady(), now()}});
    if (m_draining)
        added.end(protocol::CloseCode::ServiceRestart, reconnectAfter());
}

void Core::signIn(Session &session, const model::UserId &id, const model::DeviceId &device,
                  Session::Position position)
{
    const auto joined = m_parts.registry.join(id, device, session.id(), *this, settings().connectionsPerUser);
    if (!joined.admitted)
        return session.end(protocol::CloseCode::TooManyConnections);
    m_parts.fanout.connected(id, 1);
    LocalUser &user = m_users.try_emplace(id, LocalUser{id}).first->second;
    session.attach(user, std::move(position));
    session.setAlertHolder(joined.alertHolder);
    if (user.known)
        session.begin(false);
    else
        m_reader.wantState(user);
    if (session.phase() == Session::Phase::Live || session.phase() == Session::Phase::Replaying)
        probe().resumedFromMemory.add();
}

void Core::welcomed(Session &session)
{
    targetsOf(session).add(session);
}

void Core::retire(Session &session, protocol::CloseCode code)
{
    countClose(code);
    detach(session);
}

void Core::detach(Session &session)
{
    LocalUser *const user = session.user();
    session.leaving();
    targetsOf(session).remove(session);
    session.detach();
    if (!session.countedAddress.isNull())
        m_parts.registry.leaveAddress(std::exchange(session.countedAddress, {}));
    if (user == nullptr)
        return;
    m_parts.registry.leave(user->id, session.id());
    m_parts.fanout.connected(user->id, -1);
    if (user->sessions.isEmpty()) {
        m_left.push_back(user->id);
        buryLater();
    }
}

void Core::closed(Session &session)
{
    if (!session.isOver())
        detach(session);
    gauge(session.kind()).add(-1);
    m_byId.remove(session.id());
    const std::size_t slot = session.slot;
    m_dead.push_back(std::move(m_slots[slot].session));
    if (slot + 1 != m_slots.size()) {
        m_slots[slot] = std::move(m_slots.back());
        m_slots[slot].session->slot = slot;
    }
    m_slots.pop_back();
    buryLater();
}

void Core::buryLater()
{
    if (!std::exchange(m_buryScheduled, true))
        post([](Core &core) { core.bury(); });
}

void Core::bury()
{
    m_buryScheduled = false;
    m_dead.clear();
    for (const model::UserId &id : std::exchange(m_left, {})) {
        const auto user = m_users.find(id);
        if (user == m_users.end() || !user->second.sessions.isEmpty())
            continue;
        std::erase(m_turn, &user->second);
        m_users.erase(user);
    }
}

LocalUser *Core::findUser(const model::UserId &id)
{
    const auto found = m_users.find(id);
    return found == m_users.end() ? nullptr : &found->second;
}

void Core::learnState(LocalUser &user, const ports::LogState &state)
{
    user.known = true;
    user.state.floor = std::max(user.state.floor, state.floor);
    user.raise(state.head, state.counts);
    const auto sessions = user.sessions;
    for (Session *session : sessions) {
        session->begin(true);
        // One that began with an older answer, asked for before it came.
        session->catchUp();
    }
    user.firstNews = 0;
}

void Core::reread(const std::vector<model::UserId> &users)
{
    for (const model::UserId &id : users) {
        if (LocalUser *user = findUser(id))
            m_reader.wantState(*user);
    }
}

void Core::expectNews(LocalUser &user, model::Seq head)
{
    if (head <= user.state.head)
        return;
    user.expected = std::max(user.expected, head);
    if (std::exchange(user.late, true))
        return;
    user.lateAt = steady() + settings().retryAfter;
    m_late.push_back(user.id);
}

void Core::readLateNews(runtime::SteadyTime now)
{
    if (m_late.empty())
        return;
    std::erase_if(m_late, [&](const model::UserId &id) {
        LocalUser *user = findUser(id);
        if (user == nullptr || now < user->lateAt)
            return user == nullptr;
        user->late = false;
        user->state.head = std::max(user->state.head, user->expected);
        const auto sessions = user->sessions;
        for (Session *session : sessions)
            session->catchUp();
        return true;
    });
}

void Core::setActive(Session &session, bool active, model::Instant at)
{
    // The registry tells every loop that is concerned, this one too, when another one alerts from now on.
    if (const LocalUser *user = session.user())
        m_parts.registry.setActive(user->id, session.id(), active, at);
}

void Core::replaced(net::ConnectionId connection)
{
    post([connection](Core &core) {
        if (Session *session = core.findSession(connection))
            session->end(protocol::CloseCode::Replaced);
    });
}

void Core::alertHolderChanged(const model::UserId &user)
{
    post([user](Core &core) { core.applyAlertHolder(user); });
}

void Core::keysChanged()
{
    post([](Core &core) { core.lookAtKeys(); });
}

void Core::lookAtKeys()
{
    for (const Slot &slot : m_slots) {
        if (!slot.session->lookAtKey())
            m_keyless.push_back(slot.session->id());
    }
    endKeyless();
}

void Core::endKeyless()
{
    for (std::size_t n = 0; n < drainedPerTurn && !m_keyless.empty(); ++n) {
        Session *session = findSession(m_keyless.back());
        m_keyless.pop_back();
        if (session && !session->isOver() && !session->lookAtKey())
            session->end(protocol::CloseCode::Unauthenticated);
    }
    if (!m_keyless.empty())
        post([](Core &core) { core.endKeyless(); });
}

void Core::applyAlertHolder(const model::UserId &id)
{
    LocalUser *user = findUser(id);
    if (user == nullptr)
        return;
    const net::ConnectionId holder = m_parts.registry.alertHolder(id);
    for (Session *session : user->sessions) {
        session->setAlertHolder(holder);
        targetsOf(*session).setMayAlert(*session, session->mayAlert());
    }
}

void Core::queueTurn(LocalUser &user)
{
    if (std::exchange(user.turnQueued, true))
        return;
    m_turn.push_back(&user);
    scheduleTurnEnd();
}

void Core::scheduleTurnEnd()
{
    if (std::exchange(m_turnScheduled, true))
        return;
    m_loop.atTurnEnd([weak = weak_from_this()] {
        if (const auto core = weak.lock())
            core->endTurn();
    });
}

void Core::endTurn()
{
    m_turnScheduled = false;
    for (LocalUser *user : std::exchange(m_turn, {})) {
        user->turnQueued = false;
        const auto sessions = user->sessions;
        for (Session *session : sessions)
            session->endTurn();
    }
}

void Core::queueAck(LiveSocket &socket)
{
    m_acks.push_back(socket.id());
    if (std::exchange(m_acksScheduled, true))
        return;
    m_loop.after(settings().ackDelay, [weak = weak_from_this()] {
        if (const auto core = weak.lock())
            core->flushAcks();
    });
}

void Core::flushAcks()
{
    m_acksScheduled = false;
    for (const net::ConnectionId id : std::exchange(m_acks, {})) {
        if (Session *session = findSession(id))
            static_cast<LiveSocket *>(session)->flushAck();
    }
}

void Core::drain()
{
    if (std::exchange(m_draining, true))
        return;
    for (const Slot &slot : m_slots)
        m_toDrain.push_back(slot.session->id());
    drainSome();
}

void Core::drainSome()
{
    for (std::size_t n = 0; n < drainedPerTurn && !m_toDrain.empty(); ++n) {
        if (Session *session = findSession(m_toDrain.back()))
            session->end(protocol::CloseCode::ServiceRestart, reconnectAfter());
        m_toDrain.pop_back();
    }
    if (!m_toDrain.empty())
        post([](Core &core) { core.drainSome(); });
}

std::chrono::milliseconds Core::reconnectAfter()
{
    const qint64 spread =
        std::chrono::duration_cast<std::chrono::milliseconds>(settings().drainSpread).count();
    return std::chrono::milliseconds(QRandomGenerator::global()->bounded(spread + 1));
}

void Core::keepTime()
{
    m_loop.after(sweepEvery, [weak = weak_from_this()] {
        if (const auto core = weak.lock()) {
            core->sweep();
            core->keepTime();
        }
    });
}

void Core::sweep()
{
    const runtime::SteadyTime time = steady();
    const model::Instant wall = now();
    // Backwards: a session that goes is replaced by one that was asked already.
    for (std::size_t i = m_slots.size(); i-- > 0;) {
        if (i >= m_slots.size() || !m_slots[i].due.hasCome(time, wall))
            continue;
        Session &session = *m_slots[i].session;
        const Session::Due due = session.onTime(time, wall);
        if (i < m_slots.size() && m_slots[i].session.get() == &session)
            m_slots[i].due = due;
    }
    m_reader.retry(time);
    readLateNews(time);
}

LiveTargets &Core::targetsOf(const Session &session)
{
    return session.kind() == Session::Kind::Socket ? m_sockets : m_readers;
}

runtime::Gauge &Core::gauge(Session::Kind kind)
{
    switch (kind) {
    case Session::Kind::Socket:
        return probe().sockets;
    case Session::Kind::Plain:
        return probe().plainSockets;
    case Session::Kind::Stream:
        break;
    }
    return probe().eventStreams;
}

void Core::countClose(protocol::CloseCode code)
{
    using protocol::CloseCode;
    switch (code) {
    case CloseCode::Replaced:
        return probe().closedReplaced.add();
    case CloseCode::Unauthenticated:
        return probe().closedAuth.add();
    case CloseCode::Forbidden:
        return probe().closedForbidden.add();
    case CloseCode::TooManyConnections:
        return probe().closedTooMany.add();
    case CloseCode::RateLimited:
        return probe().closedRate.add();
    case CloseCode::GoingAway:
        return probe().closedSilent.add();
    case CloseCode::ServiceRestart:
        return probe().closedDrain.add();
    default:
        return probe().closedPolicy.add();
    }
}
} // namespace belfry::gateway
