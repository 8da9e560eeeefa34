#pragma once

#include "net/connection.h"
#include "net/http_message.h"
#include "runtime/loop.h"

#include <functional>
#include <utility>

namespace belfry::net {
/// What the body may be, decided from the head alone, before a byte of it is read.
struct BodyRule
{
    qint64 limit = 256 * 1024;
};

/// Why net refuses a message by itself: what the connection answers before it closes.
struct Refusal
{
    int status = 0;
    const char *detail = "";
    bool stopping = false; ///< 503 because the server stops, not because it is full
};

/// Answers one request, exactly once, on the loop that called the handler; destroyed unanswered it answers
/// 500 (a defect, logged). When the connection is gone it does nothing. Movable, so that it can travel in a
/// callback.
class Responder
{
public:
    /// Of server/net: finds the connection by id when the answer comes.
    class Target
    {
    public:
        virtual ~Target() = default;
        virtual void respond(ConnectionId connection, HttpResponse response) = 0;
        virtual void upgrade(ConnectionId connection, QByteArray subprotocol,
                             std::function<void(Connection &)> opened) = 0;
        virtual void stream(ConnectionId connection, HttpResponse head,
                            std::function<void(Connection &)> opened) = 0;
        /// The Responder died unanswered, on any thread.
        virtual void abandon(ConnectionId connection) { respond(connection, {.status = 500, .close = true}); }
    };

    Responder() = default;
    Responder(Target *target, ConnectionId connection)
        : m_target(target)
        , m_connection(connection)
    {
    }
    Responder(Responder &&other) noexcept;
    Responder &operator=(Responder &&other) noexcept;
    ~Responder();

    void respond(HttpResponse response);
    /// Goes on as a WebSocket with this subprotocol (empty: none; then the client must not have asked for
    /// one). Only for a request on which isUpgrade was true. `opened` runs at once or a few turns later, or
    /// never (handshake failed).
    void upgrade(QByteArray subprotocol, std::function<void(Connection &)> opened);
    /// Answers with a body that goes on (text/event-stream).
    void stream(HttpResponse head, std::function<void(Connection &)> opened);

    [[nodiscard]] ConnectionId connection() const { return m_connection; }
    [[nodiscard]] bool isOpen() const { return m_target != nullptr; }

private:
    Target *take() { return std::exchange(m_target, nullptr); }
    Target *m_target = nullptr;
    ConnectionId m_connection = 0;
};

/// The server's use of net: one instance per gateway loop, called on that loop only, never blocking.
class Handler
{
public:
    virtual ~Handler() = default;
    /// Limit of the body for this head (method, path, headers are set; body is empty).
    virtual BodyRule bodyRule(const HttpRequest &head) = 0;
    /// `isUpgrade`: a well-formed RFC 6455 handshake, version 13, header lines short enough to be handed
    /// over.
    virtual void handle(HttpRequest request, bool isUpgrade, Responder responder) = 0;
    /// The words of an answer that net gives by itself (400, 408, 413, 431, 501, 503 …): problem+json comes
    /// from api, headers that belong to the status alone (Retry-After) from net. `head`: of the refused
    /// request; without headers where it was not read whole.
    virtual HttpResponse refusal(const Refusal &why, const HttpRequest &head) = 0;
};
} // namespace belfry::net
