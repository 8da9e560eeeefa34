#pragma once

#include "schedule/due_queue.h"
#include "service/category_book.h"

namespace belfry::schedule {
struct RetentionSettings
{
    ports::Keeping keeping{};
    /// Between two looks for short-lived records; how late a jump of the wall clock may be noticed.
    std::chrono::milliseconds lookEvery{10'000};
};

/// Removes what was kept long enough (semantics 20): records every few seconds, logs and notifications every
/// hour. Each step is short, and after it the store has the time that the step took to itself, or nineteen
/// times that while others write. Made, started and stopped on the control loop.
class RetentionRunner
{
public:
    /// `categories` may have times of their own.
    RetentionRunner(runtime::Loop &control, ports::Store &store, const service::CategoryBook &categories,
                    RetentionSettings settings, const runtime::Clock &clock, ScheduleProbe &probe);
    ~RetentionRunner();

    void start();
    /// No step begins after this. Idempotent.
    void stop();

    static constexpr std::chrono::hours sweepEvery{1};

private:
    class State;
    std::shared_ptr<State> d;
};
} // namespace belfry::schedule
