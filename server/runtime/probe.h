#pragma once

#include <array>
#include <atomic>
#include <bit>
#include <cstdint>

namespace belfry::runtime {
/// A number that only grows. Any thread; relaxed, since it is only ever read for display.
class Counter
{
public:
    void add(std::uint64_t n = 1) { m_value.fetch_add(n, std::memory_order_relaxed); }
    [[nodiscard]] std::uint64_t value() const { return m_value.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> m_value{0};
};

/// A number that goes up and down.
class Gauge
{
public:
    void set(std::int64_t n) { m_value.store(n, std::memory_order_relaxed); }
    void add(std::int64_t n) { m_value.fetch_add(n, std::memory_order_relaxed); }
    [[nodiscard]] std::int64_t value() const { return m_value.load(std::memory_order_relaxed); }

private:
    std::atomic<std::int64_t> m_value{0};
};

/// Durations in buckets of powers of two microseconds: 1 µs … 2^25 µs (34 s), then the rest.
class Histogram
{
public:
    static constexpr int buckets = 27;

    void observe(std::uint64_t microseconds)
    {
        const int index = microseconds <= 1 ? 0 : std::bit_width(microseconds - 1);
        m_counts[static_cast<std::size_t>(index < buckets ? index : buckets - 1)].fetch_add(
            1, std::memory_order_relaxed);
        m_sum.fetch_add(microseconds, std::memory_order_relaxed);
    }
    /// Observations in bucket i, whose upper bound is 2^i µs; the last has none.
    [[nodiscard]] std::uint64_t count(int i) const
    {
        return m_counts[static_cast<std::size_t>(i)].load(std::memory_order_relaxed);
    }
    [[nodiscard]] std::uint64_t sum() const { return m_sum.load(std::memory_order_relaxed); }

private:
    std::array<std::atomic<std::uint64_t>, buckets> m_counts{};
    std::atomic<std::uint64_t> m_sum{0};
};
} // namespace belfry::runtime
