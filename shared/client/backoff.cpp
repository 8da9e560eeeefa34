#include "client/backoff.h"

#include <algorithm>

namespace belfry::client {
std::chrono::milliseconds Backoff::lost(model::Instant now)
{
    constexpr int mostDoublings = 6; // 0.5 s · 2^6 is past the last window
    if (m_connectedAt && now - *m_connectedAt >= stableAfter)
        m_tries = 0;
    m_connectedAt.reset();
    const auto window = std::min(firstWindow * (1 << std::min(m_tries, mostDoublings)), lastWindow);
    ++m_tries;
    return std::chrono::milliseconds(static_cast<qint64>(m_random() * static_cast<double>(window.count())));
}
} // namespace belfry::client
