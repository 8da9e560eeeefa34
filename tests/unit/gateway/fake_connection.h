#pragma once

#include "net/connection.h"
#include "protocol/server_messages.h"

#include <functional>
#include <optional>

namespace belfry::test {
/// A connection whose kernel the test plays: what is sent waits until flush(), and for good while it is
/// blocked.
class FakeConnection final : public net::Connection
{
public:
    explicit FakeConnection(Kind kind);
    ~FakeConnection() override;

    net::ConnectionId id() const override { return m_id; }
    Kind kind() const override { return m_kind; }
    void setEvents(net::ConnectionEvents *events) override { m_events = events; }
    void send(const QByteArray &framed) override;
    void sendPatiently(const QByteArray &framed) override { send(framed); }
    void ping(QByteArrayView payload) override;
    void close(quint16 code, const QByteArray &reason) override;
    qint64 waitingBytes() const override;

    // The kernel
    /// The turn ends; true when something went out.
    bool flush();
    bool blocked = false;
    /// The answer to close(): onClosed(). True when there was something to answer.
    bool finishClose();
    bool closesAtOnce = false; ///< onClosed() within close()
    qint64 mostWaiting = 0;

    // The peer
    void say(const QByteArray &text);
    void pong(const QByteArray &payload = {});
    void sayBinary(qsizetype size);
    void hangUp();
    [[nodiscard]] bool isOpen() const { return m_events != nullptr && !closeCode; }

    // What reached the peer
    std::vector<protocol::ServerMessage> messages; ///< of belfry.v1
    QList<QByteArray> payloads;                    ///< bare, of every text frame
    QByteArray stream;                             ///< of an event stream
    QList<QByteArray> pings;
    std::optional<quint16> closeCode;
    int sends = 0;
    std::function<void(const QByteArray &)> onSend;

    [[nodiscard]] QList<QByteArray> names() const;
    template<typename T>
    [[nodiscard]] std::vector<T> all() const
    {
        std::vector<T> found;
        for (const protocol::ServerMessage &message : messages) {
            if (const auto *m = std::get_if<T>(&message))
                found.push_back(*m);
        }
        return found;
    }
    void forget();

private:
    void deliver(const QByteArray &framed);

    const net::ConnectionId m_id;
    const Kind m_kind;
    net::ConnectionEvents *m_events = nullptr;
    QList<QByteArray> m_waiting;
    qint64 m_waitingBytes = 0;
    mutable bool m_wantsDrained = false;
};
} // namespace belfry::test
