#include "schedule/eraser.h"

namespace belfry::schedule {
Eraser::Eraser(runtime::Loop &control, ports::Store &store, service::WebhookBook &webhooks,
               const runtime::Clock &clock, ScheduleProbe &probe)
    : m_steps(
          control, store, probe, "erasures",
          [&control, &store, &clock](runtime::Reply<model::Result<ports::ErasureStep>> reply) {
              store.people().stepErasure(control, stepSize, clock.now(), std::move(reply));
          },
          [&control, &webhooks](const ports::ErasureStep &step) {
              if (step.webhooksChanged)
                  webhooks.refresh(control);
              return step.worked;
          })
{
}
} // namespace belfry::schedule
