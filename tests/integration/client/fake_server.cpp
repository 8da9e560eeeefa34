#include "fake_server.h"

#include "protocol/answers.h"

#include <QTcpSocket>

using namespace belfry;

QByteArray FakeServer::Request::header(const QByteArray &name) const
{
    for (const QByteArray &line : headers) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.left(colon).toLower() == name.toLower())
            return line.mid(colon + 1).trimmed();
    }
    return {};
}

FakeServer::FakeServer()
{
    m_webSockets.setSupportedSubprotocols({QStringLiteral("belfry.v1")});
    connect(&m_webSockets, &QWebSocketServer::newConnection, this, &FakeServer::upgraded);
    connect(&m_tcp, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *socket = m_tcp.nextPendingConnection()) {
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        }
    });
}

FakeServer::~FakeServer()
{
    close();
}

void FakeServer::listen(quint16 port)
{
    if (!m_tcp.listen(QHostAddress::LocalHost, port))
        qFatal("the fake server found no port: %s", qPrintable(m_tcp.errorString()));
    m_port = m_tcp.serverPort();
}

void FakeServer::close()
{
    m_tcp.close();
    if (QWebSocket *socket = std::exchange(m_socket, nullptr)) {
        socket->disconnect(this);
        socket->abort();
        socket->deleteLater();
    }
}

QUrl FakeServer::url() const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_port));
}

void FakeServer::read(QTcpSocket *socket)
{
    const QByteArray seen = socket->peek(64 * 1024);
    const qsizetype end = seen.indexOf("\r\n\r\n");
    if (end < 0)
        return;
    QByteArrayList lines = seen.left(end).split('\n');
    for (QByteArray &line : lines)
        line = line.trimmed();
    const QByteArrayList first = lines.takeFirst().split(' ');
    Request request{first.value(0), first.value(1), lines, {}};
    if (request.header("Upgrade").toLower() == "websocket") {
        socket->disconnect(this);
        m_webSockets.handleConnection(socket);
        return;
    }
    const qsizetype length = request.header("Content-Length").toLongLong();
    if (seen.size() < end + 4 + length)
        return;
    request.body = seen.mid(end + 4, length);
    socket->skip(end + 4 + length);
    answer(socket, request);
}

void FakeServer::answer(QTcpSocket *socket, const Request &request)
{
    requests.push_back(request);
    Answer answer;
    if (request.target == "/.well-known/belfry") {
        protocol::WellKnown known;
        known.version = "0.1.0";
        known.protocols = {"belfry.v1"};
        answer.body = protocol::encode(known);
    } else {
        answer = http(request);
    }
    QByteArray out = "HTTP/1.1 " + QByteArray::number(answer.status) + " Answer\r\nContent-Length: " +
                     QByteArray::number(answer.body.size() + (answer.isCut ? 1 : 0)) + "\r\n";
    for (const QByteArray &header : answer.headers)
        out += header + "\r\n";
    socket->write(out + "\r\n" + answer.body);
    if (answer.isCut)
        socket->disconnectFromHost();
}

void FakeServer::upgraded()
{
    ++sockets;
    m_socket = m_webSockets.nextPendingConnection();
    QWebSocket *socket = m_socket;
    connect(socket, &QWebSocket::disconnected, this, [this, socket] {
        if (m_socket == socket)
            m_socket = nullptr;
        socket->deleteLater();
    });
    connect(socket, &QWebSocket::textMessageReceived, this, [this](const QString &text) {
        const auto message = protocol::parseClientMessage(text.toUtf8());
        if (!message)
            qFatal("a client said what cannot be read: %s", message.error().detail.constData());
        messages.push_back(*message);
        if (onMessage)
            onMessage(*message);
    });
}

void FakeServer::say(const protocol::ServerMessage &message)
{
    if (m_socket)
        m_socket->sendTextMessage(QString::fromUtf8(protocol::encode(message)));
}

void FakeServer::closeSocket(protocol::CloseCode code)
{
    if (m_socket)
        m_socket->close(static_cast<QWebSocketProtocol::CloseCode>(code));
}

#include "moc_fake_server.cpp"
