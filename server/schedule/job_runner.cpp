#include "schedule/job_runner.h"

#include "domain/decide.h"

namespace belfry::schedule {
using model::Result;

namespace {
/// Runs on the writer lane.
ports::Recipient decideFor(const model::UserId &user, const model::Preferences &own,
                           const model::Content &content, const service::WebhookBook &webhooks,
                           model::Instant now)
{
    domain::InboxDecision decision =
        domain::decideInbox(user, own, content, webhooks.categories().rulesOf(content.type));
    return {user,
            model::Uuid::makeV7(now),
            decision.inApp,
            decision.toast,
            decision.reason,
            std::move(decision.rule),
            webhooks.ways(user, own, content)};
}
} // namespace

JobRunner::JobRunner(runtime::Loop &control, ports::Store &store, DueQueue &due,
                     const service::WebhookBook &webhooks, const runtime::Clock &clock, ScheduleProbe &probe)
    : m_steps(
          control, store, probe, "broadcasts",
          [&control, &store, &webhooks, &clock](runtime::Reply<Result<int>> reply) {
              const model::Instant now = clock.now();
              store.directory().stepJob(
                  control, stepSize,
                  [now, &webhooks](const model::UserId &user, const model::Preferences &own,
                                   const model::Content &content) {
                      return decideFor(user, own, content, webhooks, now);
                  },
                  now, std::move(reply));
          },
          [&due, &clock, &probe](int written) {
              if (written > 0) {
                  probe.jobSteps.add();
                  probe.jobRecipients.add(static_cast<std::uint64_t>(written));
                  due.dueAt(clock.now());
              }
              return written > 0;
          })
{
}
} // namespace belfry::schedule
