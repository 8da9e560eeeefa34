#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace belfry::net {
/// Unique in the process, never used twice. After a hop between threads a connection is found again by this.
using ConnectionId = quint64;

/// What happens on a long-lived connection. Called on the connection's loop.
class ConnectionEvents
{
public:
    virtual ~ConnectionEvents() = default;
    /// A complete text message, valid UTF-8, within the limit (WebSocket only).
    virtual void onText(QByteArrayView text) = 0;
    virtual void onBinary(qsizetype size) = 0;
    virtual void onPong(QByteArrayView payload) = 0;
    /// All that waited is with the kernel again; called only after waitingBytes() was seen above zero.
    virtual void onDrained() = 0;
    /// The last call: the connection is gone (by either side). The Connection dies after it.
    virtual void onClosed() = 0;
};

/// A WebSocket or a stream of Server-Sent Events, as the gateway sees it: another transport can stand behind
/// it. Lives on one loop; owned by server/net; valid until onClosed() has returned.
class Connection
{
public:
    enum class Kind { WebSocket, EventStream };

    virtual ~Connection() = default;
    [[nodiscard]] virtual ConnectionId id() const = 0;
    [[nodiscard]] virtual Kind kind() const = 0;

    /// Must be set in the same turn in which the connection was handed over; not owned.
    virtual void setEvents(ConnectionEvents *events) = 0;

    /// Queues bytes that are framed already: whole WebSocket frames (protocol's prepared frames), or
    /// event-stream text. Everything queued in one turn of the loop goes out in one sendmsg at the end of the
    /// turn; bytes are shared, not copied. More than the limit waiting (semantics 18): closed with 4008 at
    /// the end of the turn.
    virtual void send(const QByteArray &framed) = 0;
    /// The same, but these bytes never count as too slow, however many they are: for one portion of what is
    /// sent at the pace of the reader, the next only after onDrained() (decisions H79).
    virtual void sendPatiently(const QByteArray &framed) = 0;
    /// WebSocket only; a control frame of its own.
    virtual void ping(QByteArrayView payload) = 0;
    /// Sends what is queued, then the close frame with code and reason (event stream: ends the response).
    /// onClosed() follows, at the latest after the close time-out. Idempotent.
    virtual void close(quint16 code, const QByteArray &reason) = 0;

    /// Bytes that the kernel has not taken yet, this turn's included.
    [[nodiscard]] virtual qint64 waitingBytes() const = 0;
};
} // namespace belfry::net
