#pragma once

#include "runtime/clock.h"

#include <QByteArray>
#include <atomic>
#include <cstdint>

namespace belfry::runtime {
/// How many lines of `belfry.trace` may be written: who sends a traceparent decides which, so somebody else
/// has to decide how many (decisions H115). What goes beyond is left out and counted. Any thread.
class TraceBudget
{
public:
    TraceBudget(int perSecond, int atOnce);

    /// Takes one line, if one is left.
    [[nodiscard]] bool take(SteadyTime now);
    [[nodiscard]] std::uint64_t leftOut() const { return m_leftOut.load(std::memory_order_relaxed); }

private:
    const std::int64_t m_step;  ///< ns that a line costs
    const std::int64_t m_depth; ///< ns that may be owed
    std::atomic<std::int64_t> m_paidUntil{0};
    std::atomic<std::uint64_t> m_leftOut{0};
};

/// The same trace, which need not be recorded any further (isSampled()).
[[nodiscard]] QByteArray unsampled(QByteArray traceparent);

/// The one of this process's log: 100 lines a second, 1,000 at once.
[[nodiscard]] bool mayTrace();
[[nodiscard]] std::uint64_t tracesLeftOut();
} // namespace belfry::runtime
