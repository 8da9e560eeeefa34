#include "echo_gateway.h"

namespace belfry::net::test {
namespace {
HttpResponse plain(int status, QByteArray body)
{
    return {.status = status, .contentType = "text/plain", .body = std::move(body)};
}

bool offers(const HttpRequest &request, QByteArrayView subprotocol)
{
    const QList<QByteArray> offered = request.header("sec-websocket-protocol").toByteArray().split(',');
    return std::ranges::any_of(offered, [&](const QByteArray &one) { return one.trimmed() == subprotocol; });
}
} // namespace

QByteArray textFrame(QByteArrayView text)
{
    QByteArray frame("\x81", 1);
    if (text.size() < 126) {
        frame.append(static_cast<char>(text.size()));
    } else if (text.size() <= 0xffff) {
        frame.append(static_cast<char>(126));
        frame.append(static_cast<char>(text.size() >> 8)).append(static_cast<char>(text.size()));
    } else {
        frame.append(static_cast<char>(127));
        for (int shift = 56; shift >= 0; shift -= 8)
            frame.append(static_cast<char>(static_cast<quint64>(text.size()) >> shift));
    }
    return frame.append(text);
}

class EchoGateway::Socket final : public ConnectionEvents
{
public:
    Socket(EchoGateway &gateway, Connection &connection)
        : m_gateway(gateway)
        , m_connection(connection)
    {
        connection.setEvents(this);
    }
    [[nodiscard]] Connection &connection() { return m_connection; }

    void onText(QByteArrayView text) override
    {
        if (text.contains("\"type\":\"hello\"")) {
            m_connection.send(
                textFrame(R"({"type":"welcome","epoch":"echo","head":0,"mode":"snapshot","ping_s":25})"));
            m_connection.send(textFrame(R"({"type":"live"})"));
        } else {
            m_connection.send(textFrame(text));
        }
    }
    void onBinary(qsizetype size) override
    {
        m_connection.send(textFrame("binary " + QByteArray::number(size)));
    }
    void onPong(QByteArrayView payload) override
    {
        m_connection.send(textFrame("pong " + payload.toByteArray()));
    }
    void onDrained() override { m_connection.send(textFrame("drained")); }
    void onClosed() override { m_gateway.m_sockets.erase(m_connection.id()); }

private:
    EchoGateway &m_gateway;
    Connection &m_connection;
};

EchoGateway::EchoGateway(runtime::Loop &loop)
    : m_loop(loop)
{
}

EchoGateway::~EchoGateway() = default;

BodyRule EchoGateway::bodyRule(const HttpRequest &head)
{
    return {head.path == "/batch" ? 8 * 1024 * 1024 : 256 * 1024};
}

HttpResponse EchoGateway::refusal(const Refusal &why, const HttpRequest &)
{
    return plain(why.status, QByteArray("refused: ") + why.detail);
}

void EchoGateway::handle(HttpRequest request, bool isUpgrade, Responder responder)
{
    if (isUpgrade && request.path == "/ws")
        openSocket(request, std::move(responder));
    else if (request.method == Method::Post)
        post(std::move(request), std::move(responder));
    else if (request.method == Method::Get || request.method == Method::Head)
        get(request, std::move(responder));
    else
        responder.respond({.status = 405, .headers = {{"Allow", "GET, HEAD, POST"}}});
}

void EchoGateway::openSocket(const HttpRequest &request, Responder responder)
{
    if (request.has("sec-websocket-protocol") && !offers(request, "belfry.v1"))
        return responder.respond(plain(400, "unknown subprotocol"));
    const QByteArray subprotocol = offers(request, "belfry.v1") ? "belfry.v1" : "";
    responder.upgrade(subprotocol, [this](Connection &connection) {
        m_sockets.emplace(connection.id(), std::make_unique<Socket>(*this, connection));
    });
}

void EchoGateway::openStream(Responder responder)
{
    responder.stream({.contentType = "text/event-stream"}, [this](Connection &connection) {
        m_sockets.emplace(connection.id(), std::make_unique<Socket>(*this, connection));
        connection.send("event: welcome\ndata: {}\n\n");
    });
}

void EchoGateway::toAll(const QByteArray &framed, Connection::Kind kind)
{
    for (const auto &[id, socket] : m_sockets) {
        if (socket->connection().kind() == kind)
            socket->connection().send(framed);
    }
}

void EchoGateway::post(HttpRequest request, Responder responder)
{
    if (request.path == "/api/v1/notifications") {
        toAll(textFrame(R"({"type":"ev","seq":null,"kind":"created","item":)" + request.body + "}"),
              Connection::Kind::WebSocket);
        return responder.respond(
            {.status = 202, .contentType = "application/json", .body = R"({"data":{"event_id":"0"}})"});
    }
    if (request.path == "/later") {
        auto shared = std::make_shared<Responder>(std::move(responder));
        return m_loop.post([shared, body = request.body] { shared->respond(plain(200, body)); });
    }
    if (request.path == "/publish")
        toAll(request.body, Connection::Kind::EventStream);
    else if (request.path == "/flood")
        toAll(textFrame(QByteArray(request.query.toInt(), 'f')), Connection::Kind::WebSocket);
    else if (request.path == "/release")
        for (Responder &held : std::exchange(m_held, {}))
            held.respond(plain(200, "released"));
    else if (request.path == "/close")
        for (const auto &[id, socket] : m_sockets)
            socket->connection().close(static_cast<quint16>(request.query.toInt()), "as asked");
    responder.respond(plain(200, request.body));
}

void EchoGateway::get(const HttpRequest &request, Responder responder)
{
    if (request.path == "/stream")
        return openStream(std::move(responder));
    if (request.path == "/hold")
        return m_held.push_back(std::move(responder));
    if (request.path == "/drop")
        return;
    if (request.path == "/big")
        return responder.respond(plain(200, QByteArray(request.query.toInt(), 'b')));
    if (request.path == "/peer")
        return responder.respond(plain(200, request.peer.address.toString().toUtf8() + ' ' +
                                                request.peer.localAddress.toString().toUtf8() +
                                                (request.peer.loopback ? " loopback" : " remote")));
    responder.respond(
        plain(request.path == "/" ? 200 : 404, "path " + request.path + " query " + request.query));
}

std::unique_ptr<Server> makeEchoServer(ServerOptions options)
{
    return std::make_unique<Server>(
        std::move(options), [](int, runtime::Loop &loop) { return std::make_unique<EchoGateway>(loop); });
}

RunningServer::RunningServer(const Limits &limits, int loops, std::shared_ptr<const TlsContext> tls)
    : m_server(makeEchoServer({.listen = {{QHostAddress(QHostAddress::LocalHost), 0, std::move(tls)}},
                               .loops = loops,
                               .limits = limits}))
{
    if (const auto started = m_server->start(); !started)
        qFatal("%s", started.error().detail.constData());
    m_port = m_server->addresses().front().split(':').last().toUShort();
}
} // namespace belfry::net::test
