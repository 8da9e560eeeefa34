#pragma once

#include <chrono>
#include <cstdint>

namespace belfry::bench {
/// Every time of the bench is a point of the monotonic clock.
using Moment = std::chrono::steady_clock::time_point;
using Span = std::chrono::nanoseconds;

[[nodiscard]] inline Moment now()
{
    return std::chrono::steady_clock::now();
}

[[nodiscard]] inline Span fromSeconds(double seconds)
{
    return Span(static_cast<std::int64_t>(seconds * 1e9));
}

[[nodiscard]] inline double toSeconds(Span span)
{
    return static_cast<double>(span.count()) / 1e9;
}
} // namespace belfry::bench
