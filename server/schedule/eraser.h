#pragma once

#include "schedule/step_loop.h"
#include "service/webhook_book.h"

namespace belfry::schedule {
/// Forgets users who are to be erased (semantics 20, H62), at most `stepSize` rows a step. What is to be done
/// is in the store: after a restart it goes on. Made, started and stopped on the control loop.
class Eraser
{
public:
    Eraser(runtime::Loop &control, ports::Store &store, service::WebhookBook &webhooks,
           const runtime::Clock &clock, ScheduleProbe &probe);

    void start() { m_steps.start(); }
    /// No step begins after this. Idempotent.
    void stop() { m_steps.stop(); }
    /// Somebody is to be erased. Any thread.
    void asked() { m_steps.wake(); }

    static constexpr int stepSize = 50;

private:
    StepLoop<ports::ErasureStep> m_steps;
};
} // namespace belfry::schedule
