#include "fake_connection.h"

#include <QtEndian>
#include <atomic>

namespace belfry::test {
namespace {
std::atomic<net::ConnectionId> lastId{0};

/// The payload of one whole unmasked text frame; `framed` loses it.
QByteArray takeFrame(QByteArray &framed)
{
    if (framed.size() < 2 || static_cast<quint8>(framed[0]) != 0x81)
        qFatal("not a whole text frame");
    qsizetype at = 2;
    qsizetype size = static_cast<quint8>(framed[1]);
    if (size == 126) {
        size = qFromBigEndian<quint16>(framed.constData() + 2);
        at = 4;
    } else if (size == 127) {
        size = static_cast<qsizetype>(qFromBigEndian<quint64>(framed.constData() + 2));
        at = 10;
    }
    const QByteArray payload = framed.mid(at, size);
    framed.remove(0, at + size);
    return payload;
}
} // namespace

FakeConnection::FakeConnection(Kind kind)
    : m_id(++lastId)
    , m_kind(kind)
{
}

FakeConnection::~FakeConnection()
{
    hangUp();
}

void FakeConnection::send(const QByteArray &framed)
{
    if (closeCode)
        qFatal("something was sent after close()");
    ++sends;
    if (onSend)
        onSend(framed);
    m_waiting.append(framed);
    m_waitingBytes += framed.size();
    mostWaiting = std::max(mostWaiting, m_waitingBytes);
}

void FakeConnection::ping(QByteArrayView payload)
{
    pings.append(payload.toByteArray());
}

void FakeConnection::close(quint16 code, const QByteArray &)
{
    if (closeCode)
        return;
    blocked = false;
    flush();
    closeCode = code;
    if (closesAtOnce)
        finishClose();
}

qint64 FakeConnection::waitingBytes() const
{
    m_wantsDrained |= m_waitingBytes > 0;
    return m_waitingBytes;
}

bool FakeConnection::flush()
{
    if (blocked || m_waiting.isEmpty())
        return false;
    for (const QByteArray &framed : std::exchange(m_waiting, {}))
        deliver(framed);
    m_waitingBytes = 0;
    if (std::exchange(m_wantsDrained, false) && m_events)
        m_events->onDrained();
    return true;
}

bool FakeConnection::finishClose()
{
    if (!closeCode || m_events == nullptr)
        return false;
    std::exchange(m_events, nullptr)->onClosed();
    return true;
}

void FakeConnection::deliver(const QByteArray &framed)
{
    if (m_kind == Kind::EventStream) {
        stream += framed;
        return;
    }
    QByteArray rest = framed;
    while (!rest.isEmpty()) {
        payloads.append(takeFrame(rest));
        if (auto message = protocol::parseServerMessage(payloads.last()))
            messages.push_back(*message);
    }
}

void FakeConnection::say(const QByteArray &text)
{
    if (m_events && !closeCode)
        m_events->onText(text);
}

void FakeConnection::pong(const QByteArray &payload)
{
    if (m_events && !closeCode)
        m_events->onPong(payload);
}

void FakeConnection::sayBinary(qsizetype size)
{
    if (m_events && !closeCode)
        m_events->onBinary(size);
}

void FakeConnection::hangUp()
{
    if (m_events)
        std::exchange(m_events, nullptr)->onClosed();
}

QList<QByteArray> FakeConnection::names() const
{
    QList<QByteArray> names;
    for (const protocol::ServerMessage &message : messages)
        names.append(protocol::messageName(message).toByteArray());
    return names;
}

void FakeConnection::forget()
{
    messages.clear();
    payloads.clear();
    stream.clear();
    pings.clear();
}
} // namespace belfry::test
