#pragma once

#include "bench/moment.h"

namespace belfry::bench {
/// When each operation of an open loop is due: fixed in advance by its number alone, so that a slow answer
/// never delays, and thereby hides, the ones that should have followed it (no "coordinated omission").
class Schedule
{
public:
    /// `rate` operations a second, the first one at `start`.
    Schedule(Moment start, double rate)
        : m_start(start)
        , m_period(1e9 / rate)
    {
    }

    /// Without accumulated rounding: the millionth is as exact as the first.
    [[nodiscard]] Moment at(std::uint64_t number) const
    {
        return m_start + Span(static_cast<std::int64_t>(static_cast<double>(number) * m_period));
    }

    [[nodiscard]] bool isDue(Moment moment) const { return moment >= at(m_next); }
    [[nodiscard]] Moment nextDue() const { return at(m_next); }
    /// Takes the next one; its latency counts from the answer, not from when it was really sent.
    Moment take() { return at(m_next++); }
    [[nodiscard]] std::uint64_t taken() const { return m_next; }

private:
    Moment m_start;
    double m_period;
    std::uint64_t m_next = 0;
};
} // namespace belfry::bench
