#pragma once

#include "protocol/client_messages.h"
#include "protocol/server_messages.h"

#include <QTcpServer>
#include <QUrl>
#include <QWebSocket>
#include <QWebSocketServer>
#include <functional>
#include <vector>

/// A small server on a free port of loopback that speaks Belfry's true wire: HTTP by hand, WebSocket by
/// Qt's own server, both on one port.
class FakeServer : public QObject
{
    Q_OBJECT
public:
    struct Request
    {
        QByteArray method;
        QByteArray target; ///< path and query, as sent
        QByteArrayList headers;
        QByteArray body;

        [[nodiscard]] QByteArray header(const QByteArray &name) const;
    };
    struct Answer
    {
        int status = 200;
        QByteArray body;
        QByteArrayList headers;
        bool isCut = false; ///< the connection ends before the last byte
    };

    FakeServer();
    ~FakeServer() override;

    /// Port 0 picks one; a known one can be taken again after close().
    void listen(quint16 port = 0);
    void close();
    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] QUrl url() const;

    void say(const belfry::protocol::ServerMessage &message);
    void closeSocket(belfry::protocol::CloseCode code);
    [[nodiscard]] bool isConnected() const { return m_socket != nullptr; }

    /// Answers what is not /.well-known/belfry.
    std::function<Answer(const Request &)> http = [](const Request &) { return Answer{404, {}, {}}; };
    /// What a client said, after it was written down.
    std::function<void(const belfry::protocol::ClientMessage &)> onMessage;

    std::vector<Request> requests;
    std::vector<belfry::protocol::ClientMessage> messages;
    int sockets = 0;

    template<typename Message>
    [[nodiscard]] std::vector<Message> said() const
    {
        std::vector<Message> found;
        for (const auto &message : messages) {
            if (const auto *one = std::get_if<Message>(&message))
                found.push_back(*one);
        }
        return found;
    }

private:
    void read(QTcpSocket *socket);
    void answer(QTcpSocket *socket, const Request &request);
    void upgraded();

    QTcpServer m_tcp;
    QWebSocketServer m_webSockets{QStringLiteral("fake"), QWebSocketServer::NonSecureMode};
    QWebSocket *m_socket = nullptr;
    quint16 m_port = 0;
};
