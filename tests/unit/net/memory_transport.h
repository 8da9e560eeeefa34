#pragma once

#include "net/transport.h"

#include <QByteArray>

namespace belfry::net::test {
/// What a MemoryTransport shares with its test: it outlives the transport.
struct MemoryWire
{
    QByteArray incoming;
    QByteArray outgoing;
    bool peerEnded = false; ///< after `incoming` comes the end of the stream
    bool finished = false;  ///< finishWriting() was called
    bool watchesRead = false;
    bool watchesWrite = false;
    qint64 room = 1 << 30; ///< bytes that the peer takes before it blocks
    TransportEvents *events = nullptr;
};

/// A connection without a kernel.
class MemoryTransport final : public Transport
{
public:
    explicit MemoryTransport(MemoryWire &wire)
        : m_wire(wire)
    {
    }

    void setEvents(TransportEvents *events) override { m_wire.events = events; }
    qint64 read(char *to, qint64 size) override
    {
        if (m_wire.incoming.isEmpty())
            return m_wire.peerEnded ? 0 : wouldBlock;
        const qint64 n = std::min<qint64>(size, m_wire.incoming.size());
        std::copy_n(m_wire.incoming.constData(), n, to);
        m_wire.incoming.remove(0, n);
        return n;
    }
    qint64 write(const iovec *parts, int count) override
    {
        qint64 taken = 0;
        for (int i = 0; i < count && m_wire.room > 0; ++i) {
            const qint64 n = std::min<qint64>(m_wire.room, static_cast<qint64>(parts[i].iov_len));
            m_wire.outgoing.append(static_cast<const char *>(parts[i].iov_base), n);
            m_wire.room -= n;
            taken += n;
        }
        return taken > 0 ? taken : wouldBlock;
    }
    void watchRead(bool on) override { m_wire.watchesRead = on; }
    void watchWrite(bool on) override { m_wire.watchesWrite = on; }
    void finishWriting() override { m_wire.finished = true; }
    int release() override { return -1; }

private:
    MemoryWire &m_wire;
};
} // namespace belfry::net::test
