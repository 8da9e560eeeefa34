#include "runtime/trace_budget.h"

#include "runtime/log_context.h"

#include <algorithm>

namespace belfry::runtime {
namespace {
constexpr int linesPerSecond = 100;
constexpr int linesAtOnce = 1'000;
constexpr std::int64_t second = 1'000'000'000;

TraceBudget &ofThisProcess()
{
    static TraceBudget budget(linesPerSecond, linesAtOnce);
    return budget;
}
} // namespace

TraceBudget::TraceBudget(int perSecond, int atOnce)
    : m_step(second / perSecond)
    , m_depth(m_step * atOnce)
{
}

bool TraceBudget::take(SteadyTime now)
{
    const std::int64_t at =
        std::chrono::duration_cast<std::chrono::nanoseconds>(now.time_since_epoch()).count();
    std::int64_t paidUntil = m_paidUntil.load(std::memory_order_relaxed);
    for (;;) {
        const std::int64_t next = std::max(paidUntil, at) + m_step;
        if (next - at > m_depth) {
            m_leftOut.fetch_add(1, std::memory_order_relaxed);
            return false;
        }
        if (m_paidUntil.compare_exchange_weak(paidUntil, next, std::memory_order_relaxed))
            return true;
    }
}

QByteArray unsampled(QByteArray traceparent)
{
    if (isSampled(traceparent))
        traceparent.back() = '0';
    return traceparent;
}

bool mayTrace()
{
    return ofThisProcess().take(std::chrono::steady_clock::now());
}

std::uint64_t tracesLeftOut()
{
    return ofThisProcess().leftOut();
}
} // namespace belfry::runtime
