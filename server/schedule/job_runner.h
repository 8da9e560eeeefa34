#pragma once

#include "schedule/due_queue.h"

namespace belfry::schedule {
/// Writes out broadcasts and topic submits, at most 500 recipients a step: between two steps the writer lane
/// takes whatever else waits, so that a broadcast never blocks a single send (semantics 11). Jobs are
/// durable; after a restart the rest is written. Made, started and stopped on the control loop.
class JobRunner
{
public:
    /// `due` is asked to look after each step: a scheduled broadcast makes held rows, of which no log tells.
    JobRunner(runtime::Loop &control, ports::Store &store, DueQueue &due,
              const service::WebhookBook &webhooks, const runtime::Clock &clock, ScheduleProbe &probe);
    ~JobRunner();

    void start();
    /// No step begins after this. Idempotent.
    void stop();
    /// A job was accepted. Any thread.
    void jobAdded();

    static constexpr int stepSize = 500;

private:
    class State;
    std::shared_ptr<State> d;
};
} // namespace belfry::schedule
