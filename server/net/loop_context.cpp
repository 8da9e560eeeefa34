#include "net/loop_context.h"

#include <algorithm>

namespace belfry::net {
namespace {
/// A flush may make others write; without a bound two of them could keep each other and the loop busy.
constexpr int flushRounds = 16;
constexpr qint64 nsPerMs = 1'000'000;

qint64 nowNs()
{
    return std::chrono::steady_clock::now().time_since_epoch() / std::chrono::nanoseconds(1);
}
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
    if (item.m_gathered)
        std::erase(m_gathered, &item);
}

void LoopContext::flushGathered(Flushable &item)
{
    if (item.m_gathered)
        return;
    item.m_gathered = true;
    m_gathered.push_back(&item);
}

void LoopContext::flushEach(std::vector<Flushable *> &items, bool Flushable::*mark)
{
    m_flushing.swap(items);
    for (Flushable *item : m_flushing) {
        item->*mark = false;
        item->flush();
    }
    m_flushing.clear();
}

void LoopContext::flushAll()
{
    for (int round = 0; round < flushRounds && hasUnflushed(); ++round) {
        flushEach(m_unflushed, &Flushable::m_queued);
        const qint64 begin = nowNs();
        const std::size_t count = m_gathered.size();
        if (count == 0 || m_pacer.putOffUntil(count, begin) != 0)
            continue;
        flushEach(m_gathered, &Flushable::m_gathered);
        m_pacer.flushed(count, begin, nowNs());
    }
}

bool LoopContext::hasUnflushed() const
{
    return !m_unflushed.empty() ||
           (!m_gathered.empty() && m_pacer.putOffUntil(m_gathered.size(), nowNs()) == 0);
}

std::optional<int> LoopContext::gatheredDueMs() const
{
    if (m_gathered.empty())
        return std::nullopt;
    const qint64 now = nowNs();
    const qint64 until = m_pacer.putOffUntil(m_gathered.size(), now);
    return until == 0 ? 0 : static_cast<int>((until - now + nsPerMs - 1) / nsPerMs);
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
