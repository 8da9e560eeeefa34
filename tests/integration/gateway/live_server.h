#pragma once

#include "bus/local_bus.h"
#include "cache/local_fanout.h"
#include "cache/memory_cache.h"
#include "gateway/gateway.h"
#include "gateway/parts.h"
#include "net/server.h"
#include "service/services.h"

#include <QTemporaryDir>

namespace belfry::test {
/// The live half of a server without its routes: SQLite, services, gateways and net as belfryd joins them.
/// Sockets at /ws, S2's at /ws/<user>, event streams at /stream/<user>?since=.
class LiveServer
{
public:
    explicit LiveServer(int loops = 2, const gateway::GatewaySettings &settings = {});
    ~LiveServer();
    LiveServer(const LiveServer &) = delete;
    LiveServer &operator=(const LiveServer &) = delete;

    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] service::Services &services() { return *m_services; }
    [[nodiscard]] gateway::GatewayProbe &probe() { return m_probe; }
    [[nodiscard]] net::NetProbe &netProbe() { return m_server->probe(); }
    [[nodiscard]] runtime::Loop &loop() { return m_loop; }
    [[nodiscard]] ports::Store &store() { return *m_store; }
    [[nodiscard]] QByteArray token(const model::UserId &user) const;

    /// Accepts so many notifications for this user and waits until they are durable.
    void submit(const model::UserId &user, int count = 1, qsizetype bytes = 10);
    /// The same without waiting; `pending()` goes down as the answers come.
    void submitLater(const model::UserId &user);
    [[nodiscard]] int pending() const { return m_pending; }
    void broadcastLiveOnly();
    void drain();

private:
    class Door;
    void send(service::Submission what);

    QTemporaryDir m_dir;
    runtime::SystemClock m_clock;
    runtime::Loop m_loop;
    std::unique_ptr<ports::Store> m_store;
    cache::MemoryCache m_cache;
    cache::LocalFanout m_fanout;
    bus::LocalBus m_bus;
    auth::Authenticator m_authenticator;
    std::unique_ptr<service::Services> m_services;
    gateway::SessionRegistry m_registry;
    gateway::GatewayProbe m_probe;
    std::unique_ptr<gateway::GatewayParts> m_parts;
    std::vector<Door *> m_doors;
    std::unique_ptr<net::Server> m_server;
    quint16 m_port = 0;
    int m_pending = 0;
};
} // namespace belfry::test
