#include "net/loop_context.h"

#include <algorithm>

namespace belfry::net {
namespace {
/// A flush may make others write; without a bound two of them could keep each other and the loop busy.
constexpr int flushRounds = 16;
} // namespace

LoopContext::LoopContext(const Limits &limitsOfServer, NetProbe &probeOfServer)
    : limits(limitsOfServer)
    , probe(probeOfServer)
    , m_readBuffer(std::make_unique<char[]>(readBufferSize))
{
}

void LoopContext::flushLater(Flushable &item)
{
    if (item.m_queued)
        return;
    item.m_queued = true;
    m_unflushed.push_back(&item);
}

void LoopContext::forget(Flushable &item)
{
    if (item.m_queued)
        std::erase(m_unflushed, &item);
}

void LoopContext::flushAll()
{
    for (int round = 0; round < flushRounds && !m_unflushed.empty(); ++round) {
        m_flushing.swap(m_unflushed);
        for (Flushable *item : m_flushing) {
            item->m_queued = false;
            item->flush();
        }
        m_flushing.clear();
    }
}

std::vector<ConnectionId> LoopContext::takeOverdue(qint64 now)
{
    std::vector<ConnectionId> overdue;
    while (!m_closing.empty() && m_closing.front().first <= now) {
        overdue.push_back(m_closing.front().second);
        m_closing.pop_front();
    }
    return overdue;
}

qint64 LoopContext::nowMs()
{
    return std::chrono::steady_clock::now().time_since_epoch() / std::chrono::milliseconds(1);
}
} // namespace belfry::net
