#pragma once

#include "net/web_socket_connection.h"

#include <functional>
#include <memory>

class QWebSocketServer;

namespace belfry::net {
/// Lets QWebSocketServer do the handshake on a socket of ours. One per loop; it never listens.
class WebSocketUpgrader
{
public:
    /// Finds a connection that is still there; null: it is gone.
    using Find = std::function<WebSocketConnection *(ConnectionId)>;

    explicit WebSocketUpgrader(Find find);
    ~WebSocketUpgrader();
    WebSocketUpgrader(const WebSocketUpgrader &) = delete;
    WebSocketUpgrader &operator=(const WebSocketUpgrader &) = delete;

    /// What the connection's socket shall read first, so that the handshake names the connection and asks for
    /// exactly this subprotocol.
    [[nodiscard]] static QByteArray handshakeFor(ConnectionId id, QByteArrayView key,
                                                 QByteArrayView subprotocol);
    /// The connection's `opened` runs some turns later, or never.
    void begin(GatheringSocket &socket, const QByteArray &subprotocol);

private:
    void onNewConnection();

    Find m_find;
    std::unique_ptr<QWebSocketServer> m_server;
};
} // namespace belfry::net
