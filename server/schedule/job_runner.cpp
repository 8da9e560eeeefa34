#include "schedule/job_runner.h"

#include "domain/decide.h"
#include "runtime/log.h"

namespace belfry::schedule {
using model::Result;

namespace {
constexpr std::chrono::milliseconds retryStoreAfter{1'000};

/// Runs on the writer lane.
ports::Recipient decideFor(const model::UserId &user, const model::Preferences &own,
                           const model::Content &content, const service::WebhookBook &webhooks,
                           model::Instant now)
{
    domain::InboxDecision decision = domain::decideInbox(user, own, content);
    return {user,
            model::Uuid::makeV7(now),
            decision.inApp,
            decision.toast,
            decision.reason,
            std::move(decision.rule),
            webhooks.ways(user, own, content)};
}
} // namespace

class JobRunner::State : public std::enable_shared_from_this<State>
{
public:
    State(runtime::Loop &control, ports::Store &store, DueQueue &due, const service::WebhookBook &webhooks,
          const runtime::Clock &clock, ScheduleProbe &probe)
        : m_control(control)
        , m_store(store)
        , m_due(due)
        , m_webhooks(webhooks)
        , m_clock(clock)
        , m_probe(probe)
    {
    }

    void start()
    {
        m_running = true;
        step();
    }

    void stop() { m_running = false; }

    void wake()
    {
        m_again = true;
        step();
    }

    /// Any thread.
    void postWake()
    {
        m_control.post([weak = weak_from_this()] {
            if (const auto self = weak.lock())
                self->wake();
        });
    }

private:
    void step()
    {
        if (!m_running || m_busy)
            return;
        m_busy = true;
        m_again = false;
        const model::Instant now = m_clock.now();
        m_store.directory().stepJob(
            m_control, stepSize,
            [now, &webhooks = m_webhooks](const model::UserId &user, const model::Preferences &own,
                                          const model::Content &content) {
                return decideFor(user, own, content, webhooks, now);
            },
            now,
            [weak = weak_from_this()](Result<int> written) {
                if (const auto self = weak.lock())
                    self->stepped(std::move(written));
            });
    }

    void stepped(Result<int> written)
    {
        m_busy = false;
        if (!written)
            return failed(written.error());
        if (std::exchange(m_failing, false))
            qCInfo(lcSchedule) << "broadcasts go on";
        if (*written > 0) {
            m_probe.jobSteps.add();
            m_probe.jobRecipients.add(static_cast<std::uint64_t>(*written));
            m_due.dueAt(m_clock.now());
        }
        if (*written > 0 || m_again)
            return step();
        // Another node may have died in the middle of a job.
        if (!m_store.isExclusive())
            later();
    }

    void failed(const model::Error &error)
    {
        m_probe.failures.add();
        if (!std::exchange(m_failing, true))
            qCWarning(lcSchedule) << "broadcasts wait for the store:" << error.detail;
        later();
    }

    void later()
    {
        if (!m_running || std::exchange(m_armed, true))
            return;
        m_control.after(retryStoreAfter, [weak = weak_from_this()] {
            const auto self = weak.lock();
            if (!self)
                return;
            self->m_armed = false;
            self->step();
        });
    }

    runtime::Loop &m_control;
    ports::Store &m_store;
    DueQueue &m_due;
    const service::WebhookBook &m_webhooks;
    const runtime::Clock &m_clock;
    ScheduleProbe &m_probe;
    bool m_running = false;
    bool m_busy = false;
    bool m_again = false;
    bool m_failing = false;
    bool m_armed = false;
};

JobRunner::JobRunner(runtime::Loop &control, ports::Store &store, DueQueue &due,
                     const service::WebhookBook &webhooks, const runtime::Clock &clock, ScheduleProbe &probe)
    : d(std::make_shared<State>(control, store, due, webhooks, clock, probe))
{
}

JobRunner::~JobRunner()
{
    d->stop();
}

void JobRunner::start()
{
    d->start();
}

void JobRunner::stop()
{
    d->stop();
}

void JobRunner::jobAdded()
{
    d->postWake();
}
} // namespace belfry::schedule
