#include "net/web_socket_connection.h"

#include <QWebSocket>
#include <sys/socket.h>

namespace belfry::net {
namespace {
constexpr quint16 tooSlow = 4008;
/// Of a control frame (RFC 6455 section 5.5).
constexpr qsizetype controlPayload = 125;

QByteArray pingFrame(QByteArrayView payload)
{
    const QByteArrayView kept = payload.first(std::min(payload.size(), controlPayload));
    QByteArray frame;
    frame.reserve(2 + kept.size());
    frame.append('\x89').append(static_cast<char>(kept.size())).append(kept);
    return frame;
}

/// The longest whole characters that fit behind the two bytes of the code.
QString closeReason(const QByteArray &reason)
{
    qsizetype size = std::min<qsizetype>(reason.size(), controlPayload - 2);
    while (size > 0 && size < reason.size() && (reason[size] & 0xc0) == 0x80)
        --size;
    return QString::fromUtf8(reason.constData(), size);
}
} // namespace

WebSocketConnection::WebSocketConnection(LoopContext &context, ConnectionId id, OutQueue out,
                                         QByteArray early, Opened opened)
    : LiveConnection(context, id)
    , m_out(std::move(out))
    , m_opened(std::move(opened))
    , m_early(std::move(early))
{
    m_context.probe.webSockets.add(1);
}

WebSocketConnection::~WebSocketConnection()
{
    m_context.probe.webSockets.add(-1);
    m_dead = true; // what QWebSocket says while it dies is for nobody
    m_writable.reset();
    m_transport.reset();
    m_socket.reset();
    delete m_tcp.data();
}

GatheringSocket *WebSocketConnection::adopt(int fd, QByteArray handshake)
{
    m_sink.fd = fd;
    m_tcp = new GatheringSocket(*this);
    if (!m_tcp->adopt(fd, std::move(handshake))) {
        abort();
        return nullptr;
    }
    QObject::connect(m_tcp, &QTcpSocket::disconnected, m_tcp, [this] { abort(); });
    return m_tcp;
}

GatheringSocket *WebSocketConnection::adopt(std::unique_ptr<Transport> transport, QByteArray handshake)
{
    m_transport = std::move(transport);
    m_transport->setEvents(this);
    m_tcp = new GatheringSocket(*this);
    m_tcp->adoptFed(std::move(handshake));
    return m_tcp;
}

void WebSocketConnection::attach(std::unique_ptr<QWebSocket> socket)
{
    m_socket = std::move(socket);
    if (m_dead)
        return;
    const auto limit = static_cast<quint64>(m_context.limits.messageBytes);
    m_socket->setMaxAllowedIncomingFrameSize(limit);
    m_socket->setMaxAllowedIncomingMessageSize(limit);
    QWebSocket *const context = m_socket.get();
    QObject::connect(context, &QWebSocket::textMessageReceived, context,
                     [this](const QString &text) { onText(text); });
    QObject::connect(context, &QWebSocket::binaryMessageReceived, context, [this](const QByteArray &data) {
        m_context.probe.framesIn.add();
        if (m_events && !m_closing)
            m_events->onBinary(data.size());
    });
    QObject::connect(context, &QWebSocket::pong, context, [this](quint64, const QByteArray &payload) {
        if (m_events && !m_closing)
            m_events->onPong(payload);
    });
    m_context.probe.upgrades.add();
    std::exchange(m_opened, {})(*this);
    m_tcp->release(std::exchange(m_early, {}));
    if (m_transport && !m_dead)
        m_transport->watchRead(true);
}

/// Only behind a transport: a plain socket reads by itself.
void WebSocketConnection::onReadable()
{
    if (m_dead)
        return;
    char *const buffer = m_context.readBuffer();
    const qint64 n = m_transport->read(buffer, LoopContext::readBufferSize);
    if (n == Sink::wouldBlock)
        return;
    if (n <= 0)
        return abort();
    m_tcp->feed(QByteArrayView(buffer, n));
}

void WebSocketConnection::onText(const QString &text)
{
    m_context.probe.framesIn.add();
    if (m_events && !m_closing)
        m_events->onText(text.toUtf8());
}

void WebSocketConnection::send(const QByteArray &framed)
{
    if (m_dead || m_closing)
        return;
    m_out.append(framed);
    m_context.flushGathered(*this);
}

void WebSocketConnection::ping(QByteArrayView payload)
{
    send(pingFrame(payload));
}

void WebSocketConnection::close(quint16 code, const QByteArray &reason)
{
    if (m_dead || m_closing)
        return;
    if (!m_socket)
        return abort();
    m_socket->close(static_cast<QWebSocketProtocol::CloseCode>(code), closeReason(reason));
}

qint64 WebSocketConnection::waitingBytes() const
{
    m_wantsDrained |= m_out.waiting() > 0;
    return m_out.waiting();
}

void WebSocketConnection::abort()
{
    if (m_dead)
        return;
    m_dead = true;
    if (m_writable)
        m_writable->setEnabled(false);
    if (m_transport) {
        m_transport->watchRead(false);
        m_transport->watchWrite(false);
    }
    m_context.bury(m_id);
}

void WebSocketConnection::onSocketWrites(QByteArrayView bytes)
{
    if (m_dead || m_closing)
        return;
    m_out.append(bytes.toByteArray());
    m_context.flushLater(*this);
}

/// QWebSocket has written its close frame, or the server found the handshake bad. From here on nothing is
/// understood any more; the descriptor stays open until the peer has read the frame and closes, or the time
/// is up: closing with bytes unread would send a reset, which can overtake the frame.
void WebSocketConnection::onSocketCloses()
{
    if (m_dead || m_closing)
        return;
    m_closing = true;
    if (m_socket)
        QObject::disconnect(m_tcp, &QIODevice::readyRead, m_socket.get(), nullptr);
    m_tcp->discardInput();
    QObject::connect(m_tcp, &QIODevice::readyRead, m_tcp, [this] { m_tcp->discardInput(); });
    m_context.watchClosing(m_id);
    m_context.flushLater(*this);
}

void WebSocketConnection::flush()
{
    if (m_dead)
        return;
    quint64 calls = 0;
    const qint64 before = m_out.waiting();
    const OutQueue::Flushed flushed =
        m_out.flush(m_transport ? static_cast<Sink &>(*m_transport) : m_sink, calls);
    m_context.probe.sendCalls.add(calls);
    m_context.probe.bytesOut.add(static_cast<std::uint64_t>(before - m_out.waiting()));
    switch (flushed) {
    case OutQueue::Flushed::Failed:
        return abort();
    case OutQueue::Flushed::Blocked:
        return onBlocked();
    case OutQueue::Flushed::All:
        return onFlushed();
    }
}

void WebSocketConnection::watchWrite(bool on)
{
    if (m_transport)
        return m_transport->watchWrite(on);
    if (!m_writable) {
        m_writable = std::make_unique<QSocketNotifier>(m_sink.fd, QSocketNotifier::Write);
        QObject::connect(m_writable.get(), &QSocketNotifier::activated, m_writable.get(),
                         [this] { onWritable(); });
    }
    m_writable->setEnabled(on);
}

void WebSocketConnection::onBlocked()
{
    m_wantsDrained = true;
    watchWrite(true);
    if (!isTooSlow(m_out.waiting()) || m_closing)
        return;
    // What it has missed it gets by resuming; the close frame follows what is on the wire.
    m_context.probe.slowCut.add();
    m_out.dropUnstarted();
    close(tooSlow, QByteArrayLiteral("too slow"));
}

void WebSocketConnection::onFlushed()
{
    noteFlushed();
    if (m_closing) {
        if (std::exchange(m_finished, true))
            return;
        if (m_transport)
            m_transport->finishWriting();
        else
            ::shutdown(m_sink.fd, SHUT_WR);
        return;
    }
    if (std::exchange(m_wantsDrained, false) && m_events)
        m_events->onDrained();
}

void WebSocketConnection::onWritable()
{
    watchWrite(false);
    flush();
}
} // namespace belfry::net
