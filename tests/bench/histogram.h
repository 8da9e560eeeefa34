#pragma once

#include <array>
#include <cstdint>

namespace belfry::bench {
/// Counts durations in logarithmic buckets: every octave has 128 linear steps, so a value read back is at
/// most 0.8 % above the recorded one (the layout of HdrHistogram). 60 KiB, no allocation, a record costs two
/// increments.
class Histogram
{
public:
    /// Nanoseconds, or any other unsigned number below 2^63. Negative ones count as 0.
    void record(std::int64_t value);
    void merge(const Histogram &other);
    void clear();

    [[nodiscard]] std::uint64_t count() const { return m_count; }
    /// The smallest recorded-as value that at least `quantile` (0…1) of all values do not exceed; 0 when
    /// empty.
    [[nodiscard]] std::int64_t quantile(double quantile) const;
    /// Exact.
    [[nodiscard]] std::int64_t max() const { return m_max; }
    [[nodiscard]] double mean() const;

private:
    static constexpr int stepBits = 7;
    static constexpr int octaves = 64 - stepBits;
    [[nodiscard]] static std::size_t bucketOf(std::uint64_t value);
    [[nodiscard]] static std::int64_t upperEdge(std::size_t bucket);

    std::array<std::uint64_t, std::size_t{octaves + 1} << stepBits> m_buckets{};
    std::uint64_t m_count = 0;
    double m_sum = 0;
    std::int64_t m_max = 0;
};
} // namespace belfry::bench
