#pragma once

#include "model/instant.h"

#include <atomic>

namespace belfry::runtime {
/// Where time comes from; everything that decides takes an Instant as a value or asks this. Any thread.
class Clock
{
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual model::Instant now() const = 0;
};

class SystemClock final : public Clock
{
public:
    [[nodiscard]] model::Instant now() const override;
};

/// Stands still until it is told otherwise.
class FakeClock final : public Clock
{
public:
    explicit FakeClock(model::Instant start = {1'700'000'000'000'000})
        : m_us(start.us)
    {
    }
    [[nodiscard]] model::Instant now() const override { return {m_us.load()}; }
    void advance(model::Duration by) { m_us += by.count(); }
    void set(model::Instant at) { m_us = at.us; }

private:
    std::atomic<qint64> m_us;
};
} // namespace belfry::runtime
