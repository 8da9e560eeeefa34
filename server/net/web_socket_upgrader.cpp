#include "net/web_socket_upgrader.h"

#include "net/web_socket_handshake.h"

#include <QWebSocket>
#include <QWebSocketServer>

namespace belfry::net {
WebSocketUpgrader::WebSocketUpgrader(Find find)
    : m_find(std::move(find))
    , m_server(std::make_unique<QWebSocketServer>(QString(), QWebSocketServer::NonSecureMode))
{
    QObject::connect(m_server.get(), &QWebSocketServer::newConnection, m_server.get(),
                     [this] { onNewConnection(); });
}

WebSocketUpgrader::~WebSocketUpgrader() = default;

QByteArray WebSocketUpgrader::handshakeFor(ConnectionId id, QByteArrayView key, QByteArrayView subprotocol)
{
    return plainHandshake("/" + QByteArray::number(id), key, subprotocol);
}

void WebSocketUpgrader::begin(GatheringSocket &socket, const QByteArray &subprotocol)
{
    const QString name = QString::fromLatin1(subprotocol);
    QStringList supported = m_server->supportedSubprotocols();
    // The handler picks from the few that it speaks, so this list stays short.
    if (!name.isEmpty() && !supported.contains(name)) {
        supported.append(name);
        m_server->setSupportedSubprotocols(supported);
    }
    m_server->handleConnection(&socket);
}

void WebSocketUpgrader::onNewConnection()
{
    std::unique_ptr<QWebSocket> socket(m_server->nextPendingConnection());
    if (!socket)
        return;
    const ConnectionId id = QStringView(socket->requestUrl().path()).mid(1).toULongLong();
    WebSocketConnection *const connection = m_find(id);
    if (!connection)
        return;
    // The server would look for the sender of each end among all sockets that it ever made (QObject::sender()
    // walks a list): with ten thousand of them that is most of the time. The connection deletes its socket
    // itself.
    QObject::disconnect(connection->socket(), nullptr, m_server.get(), nullptr);
    connection->attach(std::move(socket));
}
} // namespace belfry::net
