#include "net/gateway_loop.h"

#include "net/event_stream.h"
#include "net/http_writer.h"
#include "net/tls_transport.h"
#include "runtime/log.h"

#include <QAbstractEventDispatcher>
#include <QTimerEvent>
#include <algorithm>
#include <unistd.h>

namespace belfry::net {
namespace {
/// The loop's number stands in the upper bits: ids are unique in the process.
constexpr int loopShift = 48;
/// A turn ends when nobody has anything left to say; this bounds those who always have.
constexpr int settleRounds = 16;
/// Peers that do not close their side do not hold up a stop for longer.
constexpr qint64 shutDownAtMostMs = 2000;
constexpr int sweepAtMostMs = 1000;
constexpr int sweepAtLeastMs = 10;

int sweepIntervalMs(const Limits &limits)
{
    const auto shortest = std::min(
        {limits.headerTimeout, limits.idleTimeout, limits.bodyStall, limits.bodyTotal, limits.closeTimeout});
    return std::clamp(static_cast<int>(shortest.count() / 4), sweepAtLeastMs, sweepAtMostMs);
}
} // namespace

GatewayLoop::GatewayLoop(int index, const Limits &limits, NetProbe &probe, AddressTally &tally,
                         runtime::Loop &loop)
    : m_loop(loop)
    , m_tally(tally)
    , m_context(limits, probe)
    , m_nextId((static_cast<ConnectionId>(index) << loopShift) + 1)
{
    m_context.responders = this;
}

GatewayLoop::~GatewayLoop() = default;

void GatewayLoop::setHandler(std::unique_ptr<Handler> handler)
{
    m_handler = std::move(handler);
    m_context.handler = m_handler.get();
}

void GatewayLoop::listen(int fd, int index, const ListenAddress &bound)
{
    m_tls.push_back(bound.tls);
    m_listeners.push_back(
        std::make_unique<Listener>(fd, index, bound, m_context.probe,
                                   [this](int socket, Peer peer) { accepted(socket, std::move(peer)); }));
}

void GatewayLoop::setTls(int index, std::shared_ptr<const TlsContext> context)
{
    auto &current = m_tls.at(static_cast<std::size_t>(index));
    if (current) // an address does not change what is spoken on it
        current = std::move(context);
}

void GatewayLoop::stopListening()
{
    // Who is in the backlog was told that the connection stands.
    for (const auto &listener : m_listeners)
        listener->accept();
    m_listeners.clear();
    updateSweep();
}

std::unique_ptr<Transport> GatewayLoop::transportFor(int fd, const Peer &peer)
{
    if (!peer.secure)
        return std::make_unique<PlainTransport>(fd);
    return std::make_unique<TlsTransport>(fd, *m_tls.at(static_cast<std::size_t>(peer.listener)),
                                          m_context.probe);
}

void GatewayLoop::accepted(int fd, Peer peer)
{
    NetProbe &probe = m_context.probe;
    probe.accepted.add();
    if (peer.secure && probe.connections.value() >= m_context.limits.connectionsPerNode) {
        // To say why would take a handshake, which costs more than all the rest.
        probe.refused.add();
        ::close(fd);
        return;
    }
    const std::optional<AddressTally::Place> place = m_tally.enter(peer.address);
    if (!place) {
        // Whoever has so many gets no answer either, which would have to wait for it to be read.
        probe.refused.add();
        ::close(fd);
        return;
    }
    const ConnectionId id = m_nextId++;
    if (*place != 0)
        m_places.emplace(id, *place);
    probe.connections.add(1);
    std::unique_ptr<Transport> transport = transportFor(fd, peer);
    auto connection = std::make_unique<HttpConnection>(m_context, id, std::move(peer), std::move(transport));
    HttpConnection &added = *m_http.emplace(id, std::move(connection)).first->second;
    added.open();
    if (probe.connections.value() > m_context.limits.connectionsPerNode)
        added.refuse({503, "There are too many connections."}, {{"Retry-After", "5"}});
    updateSweep();
}

HttpConnection *GatewayLoop::http(ConnectionId id)
{
    const auto it = m_http.find(id);
    return it == m_http.end() ? nullptr : it->second.get();
}

WebSocketConnection *GatewayLoop::webSocket(ConnectionId id)
{
    const auto it = m_live.find(id);
    if (it == m_live.end() || it->second->isDead() || it->second->kind() != Connection::Kind::WebSocket)
        return nullptr;
    return static_cast<WebSocketConnection *>(it->second.get());
}

void GatewayLoop::respond(ConnectionId connection, HttpResponse response)
{
    if (HttpConnection *found = http(connection))
        found->respond(response);
}

void GatewayLoop::abandon(ConnectionId connection)
{
    if (m_stopped.load())
        return;
    if (!m_loop.isCurrent()) {
        m_loop.post([this, connection] { abandon(connection); });
        return;
    }
    if (!http(connection))
        return;
    qCWarning(lcNet) << "a request was dropped without an answer on connection" << connection;
    // Its head went with it.
    HttpResponse response = m_handler->refusal({500, "The request was lost inside the server."}, {});
    response.status = 500;
    respond(connection, std::move(response));
}

void GatewayLoop::upgrade(ConnectionId connection, QByteArray subprotocol,
                          std::function<void(Connection &)> opened)
{
    HttpConnection *const found = http(connection);
    if (!found)
        return;
    if (!found->isUpgrade()) {
        qCWarning(lcNet) << "a request that was no WebSocket handshake was to be upgraded";
        return abandon(connection);
    }
    std::optional<HttpConnection::HandOver> all = found->handOver();
    if (!all)
        return;
    auto owned = std::make_unique<WebSocketConnection>(m_context, connection, std::move(all->out),
                                                       std::move(all->unread), std::move(opened));
    WebSocketConnection &added = *owned;
    m_live.emplace(connection, std::move(owned));
    if (!m_upgrader)
        m_upgrader = std::make_unique<WebSocketUpgrader>([this](ConnectionId id) { return webSocket(id); });
    QByteArray handshake = WebSocketUpgrader::handshakeFor(connection, all->handshakeKey, subprotocol);
    GatheringSocket *socket = nullptr;
    if (const int fd = all->transport->release(); fd >= 0) {
        m_spent.push_back(std::move(all->transport));
        socket = added.adopt(fd, std::move(handshake));
    } else {
        socket = added.adopt(std::move(all->transport), std::move(handshake));
    }
    if (socket)
        m_upgrader->begin(*socket, subprotocol);
}

void GatewayLoop::stream(ConnectionId connection, HttpResponse head, std::function<void(Connection &)> opened)
{
    HttpConnection *const found = http(connection);
    if (!found)
        return;
    if (found->isHead())
        return found->respond(head);
    std::optional<HttpConnection::HandOver> all = found->handOver();
    if (!all)
        return;
    const bool chunked = all->minorVersion >= 1;
    const QByteArray text = writeHead(head, {.date = m_context.date.now(),
                                             .minorVersion = all->minorVersion,
                                             .keepAlive = false,
                                             .chunked = chunked,
                                             .untilClose = !chunked});
    auto owned = std::make_unique<EventStream>(m_context, connection, std::move(all->transport),
                                               std::move(all->out), text, chunked);
    EventStream &added = *owned;
    m_live.emplace(connection, std::move(owned));
    opened(added);
}

void GatewayLoop::endTurn()
{
    for (int round = 0; round < settleRounds && (m_context.hasUnflushed() || m_context.hasDead()); ++round) {
        m_context.flushAll();
        reap();
    }
    m_spent.clear();
    if (m_context.hasUnflushed() || m_context.hasDead())
        QAbstractEventDispatcher::instance()->wakeUp();
    wakeForGathered();
    if (m_shutDownDone && m_http.empty() && m_live.empty())
        finishShutDown();
    if (m_sweepTimer == 0 && m_context.hasClosing())
        updateSweep(); // the server closed a socket while nothing else had a deadline
}

/// Frames that were put off go out at the end of the turn in which this timer fires.
void GatewayLoop::wakeForGathered()
{
    const std::optional<int> due = m_context.gatheredDueMs();
    if (due && m_gatherTimer == 0) {
        m_gatherTimer = startTimer(*due, Qt::PreciseTimer);
    } else if (!due && m_gatherTimer != 0) {
        killTimer(m_gatherTimer);
        m_gatherTimer = 0;
    }
}

void GatewayLoop::reap()
{
    const std::vector<ConnectionId> dead = m_context.takeDead();
    for (const ConnectionId id : dead)
        bury(id);
    if (!dead.empty()) {
        resumeListeners();
        updateSweep();
    }
}

void GatewayLoop::bury(ConnectionId id)
{
    // A connection that went on under the same id as another kind is dead here and alive there.
    if (const auto it = m_http.find(id); it != m_http.end() && it->second->isDead()) {
        m_http.erase(it);
        if (!m_live.contains(id))
            leave(id);
    }
    const auto it = m_live.find(id);
    if (it == m_live.end() || !it->second->isDead())
        return;
    const std::unique_ptr<LiveConnection> connection = std::move(it->second);
    m_live.erase(it);
    connection->announceClosed();
    leave(id);
}

void GatewayLoop::leave(ConnectionId id)
{
    m_context.probe.connections.add(-1);
    const auto place = m_places.find(id);
    if (place == m_places.end())
        return;
    m_tally.leave(place->second);
    m_places.erase(place);
}

void GatewayLoop::resumeListeners()
{
    for (const auto &listener : m_listeners)
        listener->resume();
}

/// One timer for all deadlines, and none when there are none.
void GatewayLoop::updateSweep()
{
    const bool paused =
        std::ranges::any_of(m_listeners, [](const auto &listener) { return listener->isPaused(); });
    const bool wanted = !m_ended && (!m_http.empty() || m_context.hasClosing() || m_shutDownDone || paused);
    if (wanted && m_sweepTimer == 0) {
        m_sweepTimer = startTimer(sweepIntervalMs(m_context.limits), Qt::CoarseTimer);
    } else if (!wanted && m_sweepTimer != 0) {
        killTimer(m_sweepTimer);
        m_sweepTimer = 0;
    }
}

void GatewayLoop::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_sweepTimer)
        sweep();
    if (event->timerId() == m_gatherTimer) {
        killTimer(m_gatherTimer); // what is still put off then gets another
        m_gatherTimer = 0;
    }
}

void GatewayLoop::sweep()
{
    const qint64 now = LoopContext::nowMs();
    for (const auto &[id, connection] : m_http)
        connection->checkDeadline(now);
    for (const ConnectionId id : m_context.takeOverdue(now)) {
        if (const auto it = m_live.find(id); it != m_live.end())
            it->second->abort();
    }
    // A descriptor may have come free elsewhere in the process.
    resumeListeners();
    if (m_shutDownDone && now >= m_shutDownDeadline)
        return finishShutDown();
    updateSweep();
}

void GatewayLoop::shutDown(std::function<void()> done)
{
    stopListening();
    m_shutDownDone = std::move(done);
    m_shutDownDeadline =
        LoopContext::nowMs() + std::min<qint64>(m_context.limits.closeTimeout.count(), shutDownAtMostMs);
    for (const auto &[id, connection] : m_http)
        connection->shutDown();
    for (const auto &[id, connection] : m_live)
        connection->close(1012, QByteArrayLiteral("the server is stopping"));
    updateSweep();
}

void GatewayLoop::finishShutDown()
{
    const auto open =
        std::ranges::count_if(m_http, [](const auto &entry) { return !entry.second->isDead(); });
    m_context.probe.connections.add(-(open + static_cast<qint64>(m_live.size())));
    for (const auto &[id, place] : std::exchange(m_places, {}))
        m_tally.leave(place);
    m_http.clear();
    std::unordered_map<ConnectionId, std::unique_ptr<LiveConnection>> live;
    live.swap(m_live);
    for (const auto &[id, connection] : live)
        connection->announceClosed();
    live.clear();
    m_spent.clear();
    m_ended = true;
    updateSweep();
    if (const std::function<void()> done = std::exchange(m_shutDownDone, {}))
        done();
}

void GatewayLoop::destroyHandler()
{
    m_stopped.store(true);
    m_upgrader.reset();
    m_context.handler = nullptr;
    m_handler.reset();
}
} // namespace belfry::net

#include "moc_gateway_loop.cpp"
