#pragma once

#include "ports/store.h"
#include "runtime/clock.h"
#include "runtime/loop.h"
#include "service/preference_source.h"
#include "service/webhook_book.h"

#include <atomic>

namespace belfry::schedule {
/// Counts of what fell due.
struct ScheduleProbe
{
    runtime::Counter released, expired, unsnoozed, failures;
    runtime::Counter jobSteps, jobRecipients;
    runtime::Gauge dueLag; ///< microseconds between due and settled, of the last batch
    runtime::Counter retentionRemoved, retentionFailures;
    runtime::Gauge deliveriesWaiting, deadLetters, broadcastsWaiting; ///< BacklogWatch
    runtime::Gauge retentionLag; ///< microseconds since nothing was left that is over its time
};

/// Does what time asks for: ends of snoozes, expiry, release of what was scheduled (decided anew at release,
/// H36). The store holds what is due, so that a restart loses nothing; this keeps only the time of the
/// earliest. Exact to a second, also over jumps of the clock. Made, started and stopped on the control loop.
class DueQueue
{
public:
    DueQueue(runtime::Loop &control, ports::Store &store, service::PreferenceSource &preferences,
             const service::WebhookBook &webhooks, const runtime::Clock &clock, ScheduleProbe &probe);
    ~DueQueue();

    void start();
    /// Nothing more is settled after this; what is under way at the store ends there. Idempotent.
    void stop();

    /// Something falls due then. Any thread; costs a comparison when something else is due before.
    void dueAt(model::Instant at);
    /// Looks through a commit for due times. Writer lane.
    void committed(const ports::CommittedBatch &batch);

private:
    class State;
    std::shared_ptr<State> d;
};
} // namespace belfry::schedule
