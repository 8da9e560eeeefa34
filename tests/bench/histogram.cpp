#include "bench/histogram.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace belfry::bench {
void Histogram::record(std::int64_t value)
{
    value = std::max<std::int64_t>(value, 0);
    ++m_buckets[bucketOf(static_cast<std::uint64_t>(value))];
    ++m_count;
    m_sum += static_cast<double>(value);
    m_max = std::max(m_max, value);
}

void Histogram::merge(const Histogram &other)
{
    for (std::size_t i = 0; i < m_buckets.size(); ++i)
        m_buckets[i] += other.m_buckets[i];
    m_count += other.m_count;
    m_sum += other.m_sum;
    m_max = std::max(m_max, other.m_max);
}

void Histogram::clear()
{
    *this = Histogram();
}

std::int64_t Histogram::quantile(double quantile) const
{
    if (m_count == 0)
        return 0;
    const double wanted = std::ceil(std::clamp(quantile, 0.0, 1.0) * static_cast<double>(m_count));
    const auto rank = std::max<std::uint64_t>(1, static_cast<std::uint64_t>(wanted));
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < m_buckets.size(); ++i) {
        seen += m_buckets[i];
        if (seen >= rank)
            return std::min(upperEdge(i), m_max);
    }
    return m_max;
}

double Histogram::mean() const
{
    return m_count == 0 ? 0 : m_sum / static_cast<double>(m_count);
}

// Values below 128 have a bucket each; above, the leading one bit chooses the octave and the seven bits after
// it the step.
std::size_t Histogram::bucketOf(std::uint64_t value)
{
    if (value < (1U << stepBits))
        return value;
    const int octave = std::bit_width(value) - 1 - stepBits;
    const std::uint64_t step = (value >> octave) & ((1U << stepBits) - 1);
    return (static_cast<std::size_t>(octave + 1) << stepBits) + step;
}

std::int64_t Histogram::upperEdge(std::size_t bucket)
{
    const std::size_t row = bucket >> stepBits;
    if (row == 0)
        return static_cast<std::int64_t>(bucket);
    const int octave = static_cast<int>(row) - 1;
    const std::uint64_t step = bucket & ((1U << stepBits) - 1);
    const std::uint64_t lower = ((std::uint64_t{1} << stepBits) + step) << octave;
    return static_cast<std::int64_t>(lower + (std::uint64_t{1} << octave) - 1);
}
} // namespace belfry::bench
