#pragma once

#include "net/gathering_socket.h"
#include "net/live_connection.h"
#include "net/transport.h"

#include <QPointer>
#include <QSocketNotifier>
#include <functional>
#include <memory>

class QWebSocket;

namespace belfry::net {
/// A WebSocket over Qt's framing: QWebSocket reads, answers pings and judges frames; everything that is
/// written goes through one queue straight to the descriptor, or to the transport that has it. Limits of
/// QWebSocket 6.4, named in README.md: unmasked client frames are taken, permessage-deflate is not offered.
class WebSocketConnection final : public LiveConnection, private GatheringSocketOwner, private TransportEvents
{
public:
    using Opened = std::function<void(Connection &)>;

    /// `early`: what the client sent behind its handshake.
    WebSocketConnection(LoopContext &context, ConnectionId id, OutQueue out, QByteArray early, Opened opened);
    ~WebSocketConnection() override;

    /// Takes the descriptor over; null when that fails. `handshake`: what QWebSocketServer shall read.
    [[nodiscard]] GatheringSocket *adopt(int fd, QByteArray handshake);
    /// The same behind a transport that keeps its descriptor (TLS).
    [[nodiscard]] GatheringSocket *adopt(std::unique_ptr<Transport> transport, QByteArray handshake);
    /// The handshake is done; `socket` is ours from here on.
    void attach(std::unique_ptr<QWebSocket> socket);

    [[nodiscard]] GatheringSocket *socket() const { return m_tcp; }
    [[nodiscard]] Kind kind() const override { return Kind::WebSocket; }
    void send(const QByteArray &framed) override;
    void ping(QByteArrayView payload) override;
    void close(quint16 code, const QByteArray &reason) override;
    [[nodiscard]] qint64 waitingBytes() const override;
    void abort() override;
    void flush() override;

private:
    class DescriptorSink final : public Sink
    {
    public:
        qint64 write(const iovec *parts, int count) override { return writeToDescriptor(fd, parts, count); }
        int fd = -1;
    };

    void onSocketWrites(QByteArrayView bytes) override;
    void onSocketCloses() override;
    void onText(const QString &text);
    void onReadable() override;
    void onWritable() override;
    void watchWrite(bool on);
    void onBlocked();
    void onFlushed();

    OutQueue m_out;
    DescriptorSink m_sink;
    std::unique_ptr<Transport> m_transport; ///< null: m_sink
    mutable bool m_wantsDrained = false;
    bool m_finished = false;
    Opened m_opened;
    QByteArray m_early;
    QPointer<GatheringSocket> m_tcp; ///< QWebSocketServer deletes it when the handshake fails
    std::unique_ptr<QWebSocket> m_socket;
    std::unique_ptr<QSocketNotifier> m_writable; ///< only once the kernel's buffer was full
};
} // namespace belfry::net
