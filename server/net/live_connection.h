#pragma once

#include "net/loop_context.h"
#include "net/out_queue.h"

#include <utility>

namespace belfry::net {
/// What a WebSocket and an event stream have in common: events, the queue of the turn, the cut for slow ones.
class LiveConnection : public Connection, public Flushable
{
public:
    LiveConnection(LoopContext &context, ConnectionId id)
        : m_context(context)
        , m_id(id)
    {
    }
    ~LiveConnection() override { m_context.forget(*this); }
    LiveConnection(const LiveConnection &) = delete;
    LiveConnection &operator=(const LiveConnection &) = delete;

    [[nodiscard]] ConnectionId id() const final { return m_id; }
    void setEvents(ConnectionEvents *events) final { m_events = events; }
    void sendPatiently(const QByteArray &framed) final
    {
        m_patientBytes += framed.size();
        send(framed);
    }

    /// Ends it now, without another word; onClosed() comes at the end of the turn.
    virtual void abort() = 0;
    [[nodiscard]] bool isDead() const { return m_dead; }
    /// The loop's last call before it destroys the connection.
    void announceClosed()
    {
        if (ConnectionEvents *events = std::exchange(m_events, nullptr))
            events->onClosed();
    }

protected:
    /// So much waits that the peer is too slow (semantics 18).
    [[nodiscard]] bool isTooSlow(qint64 waiting) const
    {
        return waiting - m_patientBytes > m_context.limits.waitingBytes;
    }
    /// Nothing waits any more.
    void noteFlushed() { m_patientBytes = 0; }

    LoopContext &m_context;
    ConnectionEvents *m_events = nullptr;
    const ConnectionId m_id;
    bool m_dead = false;
    bool m_closing = false;

private:
    qint64 m_patientBytes = 0; ///< of sendPatiently(), since all had gone out
};
} // namespace belfry::net
