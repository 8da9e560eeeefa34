#include "net/event_stream.h"

#include "net/http_writer.h"

namespace belfry::net {
namespace {
/// Nothing that a client says on a stream means anything; a bit of it is forgiven.
constexpr qint64 discardFromClientAtMost = 64 * 1024;
const QByteArray lineEnd = QByteArrayLiteral("\r\n");
const QByteArray lastChunk = QByteArrayLiteral("0\r\n\r\n");
} // namespace

EventStream::EventStream(LoopContext &context, ConnectionId id, std::unique_ptr<Transport> transport,
                         OutQueue out, QByteArray head, bool chunked)
    : LiveConnection(context, id)
    , m_transport(std::move(transport))
    , m_out(std::move(out))
    , m_chunked(chunked)
{
    m_context.probe.eventStreams.add(1);
    m_transport->setEvents(this);
    m_transport->watchRead(true);
    m_out.append(head);
    m_context.flushLater(*this);
}

EventStream::~EventStream()
{
    m_context.probe.eventStreams.add(-1);
}

void EventStream::send(const QByteArray &framed)
{
    if (m_dead || m_closing || framed.isEmpty())
        return;
    m_turn.push_back(framed);
    m_turnBytes += framed.size();
    m_context.flushGathered(*this);
}

void EventStream::close(quint16, const QByteArray &)
{
    if (m_dead || m_closing)
        return;
    wrapTurn();
    m_closing = true;
    if (m_chunked)
        m_out.append(lastChunk);
    m_context.watchClosing(m_id);
    m_context.flushLater(*this);
}

qint64 EventStream::waitingBytes() const
{
    const qint64 waiting = m_out.waiting() + m_turnBytes;
    m_wantsDrained |= waiting > 0;
    return waiting;
}

void EventStream::abort()
{
    if (m_dead)
        return;
    m_dead = true;
    m_transport->watchRead(false);
    m_transport->watchWrite(false);
    m_context.bury(m_id);
}

void EventStream::wrapTurn()
{
    if (m_turnBytes == 0)
        return;
    if (m_chunked)
        m_out.append(chunkLine(m_turnBytes));
    for (const QByteArray &bytes : m_turn)
        m_out.append(bytes);
    if (m_chunked)
        m_out.append(lineEnd);
    m_turn.clear();
    m_turnBytes = 0;
}

void EventStream::flush()
{
    if (m_dead)
        return;
    wrapTurn();
    quint64 calls = 0;
    const qint64 before = m_out.waiting();
    const OutQueue::Flushed flushed = m_out.flush(*m_transport, calls);
    m_context.probe.sendCalls.add(calls);
    m_context.probe.bytesOut.add(static_cast<std::uint64_t>(before - m_out.waiting()));
    switch (flushed) {
    case OutQueue::Flushed::Failed:
        return abort();
    case OutQueue::Flushed::Blocked:
        if (isTooSlow(m_out.waiting()) && !m_closing) {
            // There is no close code here: the client sees a stream that breaks off, and resumes.
            m_context.probe.slowCut.add();
            return abort();
        }
        m_wantsDrained = true;
        m_transport->watchWrite(true);
        return;
    case OutQueue::Flushed::All:
        return finishIfFlushed();
    }
}

void EventStream::finishIfFlushed()
{
    noteFlushed();
    if (m_closing) {
        if (!std::exchange(m_finished, true))
            m_transport->finishWriting();
        return;
    }
    if (std::exchange(m_wantsDrained, false) && m_events)
        m_events->onDrained();
}

void EventStream::onReadable()
{
    if (m_dead)
        return;
    const qint64 n = m_transport->read(m_context.readBuffer(), LoopContext::readBufferSize);
    if (n == Sink::wouldBlock)
        return;
    m_discarded += n;
    if (n <= 0 || m_discarded > discardFromClientAtMost)
        abort();
}

void EventStream::onWritable()
{
    if (m_dead)
        return;
    m_transport->watchWrite(false);
    flush();
}
} // namespace belfry::net
