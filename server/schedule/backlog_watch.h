#pragma once

#include "ports/store.h"
#include "schedule/due_queue.h"

#include <memory>

namespace belfry::schedule {
/// Counts every 10 s what waits in the store, for /metrics: deliveries, dead letters, broadcasts; each up to
/// ports::countedBacklog, so that looking costs the same however much that is. Made, started and stopped on
/// the control loop.
class BacklogWatch
{
public:
    BacklogWatch(runtime::Loop &control, ports::Store &store, ScheduleProbe &probe);
    ~BacklogWatch();

    void start();
    /// No look begins after this. Idempotent.
    void stop();

    static constexpr std::chrono::milliseconds every{10'000};

private:
    class State;
    std::shared_ptr<State> d;
};
} // namespace belfry::schedule
