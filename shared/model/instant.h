#pragma once

#include <QHashFunctions>
#include <QtGlobal>
#include <chrono>
#include <compare>
#include <optional>

namespace belfry::model {
using Duration = std::chrono::microseconds;

/// A point in time: microseconds since 1970-01-01T00:00:00Z, without leap seconds (decisions H88). Never a
/// local time.
struct Instant
{
    qint64 us = 0;

    friend auto operator<=>(const Instant &, const Instant &) = default;
    friend Instant operator+(Instant at, Duration by) { return {at.us + by.count()}; }
    friend Instant operator-(Instant at, Duration by) { return {at.us - by.count()}; }
    friend Duration operator-(Instant a, Instant b) { return Duration(a.us - b.us); }
};

using MaybeInstant = std::optional<Instant>;

inline constexpr Duration days(qint64 n)
{
    return std::chrono::hours(24 * n);
}
} // namespace belfry::model
