#include "net/out_queue.h"

#include <algorithm>
#include <array>

namespace belfry::net {
namespace {
constexpr std::size_t partsPerCall = 64;
/// A connection that once had a long queue does not keep its memory.
constexpr std::size_t keptCapacity = 32;
/// So many places of parts that are gone may stay, or as many as there are parts.
constexpr std::size_t keptGone = 64;
} // namespace

void OutQueue::append(const QByteArray &bytes)
{
    if (bytes.isEmpty())
        return;
    m_parts.push_back(bytes);
    m_waiting += bytes.size();
}

OutQueue::Flushed OutQueue::flush(Sink &sink, quint64 &calls)
{
    while (m_waiting > 0) {
        std::array<iovec, partsPerCall> vectors;
        const std::size_t count = std::min(m_parts.size() - m_first, partsPerCall);
        qint64 offered = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const QByteArray &part = m_parts[m_first + i];
            const qsizetype skip = i == 0 ? m_offset : 0;
            // sendmsg() only reads what iovec cannot name const.
            vectors[i] = {const_cast<char *>(part.constData()) + skip,
                          static_cast<std::size_t>(part.size() - skip)};
            offered += part.size() - skip;
        }
        ++calls;
        const qint64 taken = sink.write(vectors.data(), static_cast<int>(count));
        if (taken < 0)
            return taken == Sink::wouldBlock ? Flushed::Blocked : Flushed::Failed;
        take(taken);
        if (taken < offered)
            return Flushed::Blocked;
    }
    return Flushed::All;
}

void OutQueue::take(qint64 bytes)
{
    m_waiting -= bytes;
    if (m_waiting == 0) {
        clear();
        return;
    }
    while (bytes > 0) {
        QByteArray &part = m_parts[m_first];
        const qint64 left = part.size() - m_offset;
        if (bytes < left) {
            m_offset += static_cast<qsizetype>(bytes);
            break;
        }
        bytes -= left;
        m_offset = 0;
        part = QByteArray(); // its memory is free now, not when the whole queue has gone
        ++m_first;
    }
    dropGone();
}

/// A peer that is always a little behind never empties the queue: its places must not add up.
void OutQueue::dropGone()
{
    if (m_first < keptGone || m_first * 2 < m_parts.size())
        return;
    m_parts.erase(m_parts.begin(), m_parts.begin() + static_cast<std::ptrdiff_t>(m_first));
    m_first = 0;
}

void OutQueue::dropUnstarted()
{
    if (m_offset == 0) {
        clear();
        return;
    }
    const QByteArray begun = m_parts[m_first];
    m_parts.assign(1, begun);
    m_first = 0;
    m_waiting = begun.size() - m_offset;
}

void OutQueue::clear()
{
    m_parts.clear();
    if (m_parts.capacity() > keptCapacity)
        m_parts.shrink_to_fit();
    m_first = 0;
    m_offset = 0;
    m_waiting = 0;
}
} // namespace belfry::net
