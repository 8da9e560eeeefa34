#pragma once

#include "model/instant.h"

#include <atomic>
#include <chrono>

namespace belfry::runtime {
/// A point of the steady clock, for what waits, repeats or fills up: it never goes back and never jumps.
using SteadyTime = std::chrono::steady_clock::time_point;

/// Where time comes from; everything that decides takes a time as a value or asks this. Any thread.
class Clock
{
public:
    virtual ~Clock() = default;
    /// What is stored, shown or told to others. May be set, an hour back too.
    [[nodiscard]] virtual model::Instant now() const = 0;
    /// Only differences of it mean something, and only within this process.
    [[nodiscard]] virtual SteadyTime steady() const = 0;
};

class SystemClock final : public Clock
{
public:
    [[nodiscard]] model::Instant now() const override;
    [[nodiscard]] SteadyTime steady() const override;
};

/// Stands still until it is told otherwise: time passes for both, but only the wall clock can be set.
class FakeClock final : public Clock
{
public:
    explicit FakeClock(model::Instant start = {1'700'000'000'000'000})
        : m_us(start.us)
    {
    }
    [[nodiscard]] model::Instant now() const override { return {m_us.load()}; }
    [[nodiscard]] SteadyTime steady() const override
    {
        return SteadyTime(model::Duration(m_steadyUs.load()));
    }
    void advance(model::Duration by)
    {
        m_us += by.count();
        m_steadyUs += by.count();
    }
    void set(model::Instant at) { m_us = at.us; }

private:
    std::atomic<qint64> m_us;
    std::atomic<qint64> m_steadyUs{0};
};
} // namespace belfry::runtime
