#pragma once

#include "net/address_tally.h"
#include "net/http_connection.h"
#include "net/listener.h"
#include "net/live_connection.h"
#include "net/loop_context.h"
#include "net/web_socket_upgrader.h"
#include "runtime/loop.h"

#include <QObject>
#include <atomic>
#include <memory>
#include <unordered_map>
#include <vector>

namespace belfry::net {
/// One gateway loop: its listeners, its connections, its handler. Made on the main thread; from open() to
/// shutDown() it belongs to its loop's thread.
class GatewayLoop final : public QObject, public Responder::Target
{
    Q_OBJECT
public:
    GatewayLoop(int index, const Limits &limits, NetProbe &probe, AddressTally &tally, runtime::Loop &loop);
    ~GatewayLoop() override;

    void setHandler(std::unique_ptr<Handler> handler);
    /// Of the requests that the handler has not answered yet; any thread.
    [[nodiscard]] runtime::Gate &requests() { return m_context.requests; }

    // On the loop:
    void listen(int fd, int index, const ListenAddress &bound);
    void setTls(int index, std::shared_ptr<const TlsContext> context);
    void stopListening();
    /// Closes every connection in an orderly way; `done` runs when all are gone, at the latest after the
    /// close time-out.
    void shutDown(std::function<void()> done);
    /// The handler dies here, on its loop.
    void destroyHandler();
    /// The dispatcher's hook: writes what the turn has gathered, buries what has died.
    void endTurn();

    // Responder::Target:
    void respond(ConnectionId connection, HttpResponse response) override;
    void upgrade(ConnectionId connection, QByteArray subprotocol,
                 std::function<void(Connection &)> opened) override;
    void stream(ConnectionId connection, HttpResponse head,
                std::function<void(Connection &)> opened) override;
    void abandon(ConnectionId connection) override;

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    void accepted(int fd, Peer peer);
    [[nodiscard]] std::unique_ptr<Transport> transportFor(int fd, const Peer &peer);
    [[nodiscard]] HttpConnection *http(ConnectionId id);
    [[nodiscard]] WebSocketConnection *webSocket(ConnectionId id);
    void leave(ConnectionId id);
    void reap();
    void bury(ConnectionId id);
    void sweep();
    void updateSweep();
    void resumeListeners();
    void wakeForGathered();
    void finishShutDown();

    runtime::Loop &m_loop;
    AddressTally &m_tally;
    LoopContext m_context;
    std::unique_ptr<Handler> m_handler;
    std::unique_ptr<WebSocketUpgrader> m_upgrader; ///< made on the loop: its QObjects belong there
    std::vector<std::unique_ptr<Listener>> m_listeners;
    std::vector<std::shared_ptr<const TlsContext>> m_tls; ///< by listener; null: plain
    std::unordered_map<ConnectionId, std::unique_ptr<HttpConnection>> m_http;
    std::unordered_map<ConnectionId, std::unique_ptr<LiveConnection>> m_live;
    std::vector<std::unique_ptr<Transport>>
        m_spent; ///< may be what is calling; destroyed at the end of the turn
    std::unordered_map<ConnectionId, AddressTally::Place> m_places; ///< of those that are counted
    ConnectionId m_nextId;
    int m_sweepTimer = 0;
    int m_gatherTimer = 0; ///< runs while frames are put off
    std::function<void()> m_shutDownDone;
    qint64 m_shutDownDeadline = 0;
    bool m_ended = false; ///< the last connection is gone, none comes any more
    std::atomic<bool> m_stopped{false};
};
} // namespace belfry::net
