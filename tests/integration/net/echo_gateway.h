#pragma once

#include "net/handler.h"
#include "net/server.h"

#include <memory>
#include <unordered_map>

namespace belfry::net::test {
/// One unmasked text frame.
QByteArray textFrame(QByteArrayView text);

/// A gateway that knows nothing: echoes, broadcasts what is posted, says hello as `belfry.v1` does. Small
/// enough that what is measured with it is server/net.
///
/// GET /ws (WebSocket; texts come back, `hello` gets welcome and live) · POST /echo · POST /later (answered
/// in another turn) · POST /api/v1/notifications (to all sockets of this loop) · GET /big?<bytes> · GET /drop
/// (no answer) · GET /hold (answered by POST /release) · GET /stream · POST /publish (to all streams) · POST
/// /flood?<bytes> (to all sockets at once) · POST /close?<code> (all sockets) · GET /peer · anything else
/// 404.
class EchoGateway final : public Handler
{
public:
    explicit EchoGateway(runtime::Loop &loop);
    ~EchoGateway() override;

    BodyRule bodyRule(const HttpRequest &head) override;
    void handle(HttpRequest request, bool isUpgrade, Responder responder) override;
    HttpResponse refusal(const Refusal &why, const HttpRequest &) override;

private:
    class Socket;
    friend class Socket;

    void openSocket(const HttpRequest &request, Responder responder);
    void openStream(Responder responder);
    void post(HttpRequest request, Responder responder);
    void get(const HttpRequest &request, Responder responder);
    void toAll(const QByteArray &framed, Connection::Kind kind);

    runtime::Loop &m_loop;
    std::unordered_map<ConnectionId, std::unique_ptr<Socket>> m_sockets;
    std::vector<Responder> m_held;
};

/// A server with an EchoGateway on each loop, not started.
std::unique_ptr<Server> makeEchoServer(ServerOptions options);

/// The same, running on a port of its own.
class RunningServer
{
public:
    explicit RunningServer(const Limits &limits = {}, int loops = 1,
                           std::shared_ptr<const TlsContext> tls = {});

    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] Server &operator*() { return *m_server; }
    [[nodiscard]] Server *operator->() { return m_server.get(); }

private:
    std::unique_ptr<Server> m_server;
    quint16 m_port = 0;
};
} // namespace belfry::net::test
