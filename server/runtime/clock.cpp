#include "runtime/clock.h"

namespace belfry::runtime {
model::Instant SystemClock::now() const
{
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::microseconds>(since).count()};
}

SteadyTime SystemClock::steady() const
{
    return std::chrono::steady_clock::now();
}
} // namespace belfry::runtime
