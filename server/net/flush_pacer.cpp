#include "net/flush_pacer.h"

#include <algorithm>

namespace belfry::net {
qint64 FlushPacer::putOffUntil(std::size_t connections, qint64 now) const
{
    return connections >= manyConnections && now < m_notBefore ? m_notBefore : 0;
}

void FlushPacer::flushed(std::size_t connections, qint64 begin, qint64 end)
{
    if (connections >= manyConnections)
        m_notBefore = end + std::min(end - begin, longestPause);
}
} // namespace belfry::net
