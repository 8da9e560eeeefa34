#include "runtime/loop_lag.h"

#include <algorithm>

namespace belfry::runtime {
namespace {
using Clock = std::chrono::steady_clock;

void lookAgain(Loop &loop, Histogram &lag, std::chrono::milliseconds period)
{
    const Clock::time_point due = Clock::now() + period;
    loop.after(period, [&loop, &lag, period, due] {
        const auto late = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - due).count();
        lag.observe(static_cast<std::uint64_t>(std::max<std::int64_t>(late, 0)));
        lookAgain(loop, lag, period);
    });
}
} // namespace

void watchLag(Loop &loop, Histogram &lag, std::chrono::milliseconds period)
{
    loop.post([&loop, &lag, period] { lookAgain(loop, lag, period); });
}
} // namespace belfry::runtime
