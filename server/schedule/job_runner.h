#pragma once

#include "schedule/step_loop.h"

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

    void start() { m_steps.start(); }
    /// No step begins after this. Idempotent.
    void stop() { m_steps.stop(); }
    /// A job was accepted. Any thread.
    void jobAdded() { m_steps.wake(); }

    static constexpr int stepSize = 500;

private:
    StepLoop<int> m_steps;
};
} // namespace belfry::schedule
