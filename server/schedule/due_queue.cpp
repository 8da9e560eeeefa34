#include "schedule/due_queue.h"

#include "domain/decide.h"
#include "runtime/log.h"

#include <limits>

namespace belfry::schedule {
using model::Instant;
using model::Result;
using ports::DueItem;
using ports::DueKind;
using ports::Settle;

namespace {
constexpr qint64 never = std::numeric_limits<qint64>::max();
constexpr int batchSize = 500;
/// The longest sleep: how late a jump of the wall clock, or another node's due time, may be noticed.
constexpr model::Duration longestSleep = std::chrono::seconds(1);
constexpr model::Duration retryAfter = std::chrono::seconds(1);

/// When this log entry makes something fall due; never: not at all.
qint64 dueTimeOf(const model::Change &change)
{
    if (const auto *item = std::get_if<model::Notification>(&change.what)) {
        const qint64 end = item->expiresAt ? item->expiresAt->us : never;
        const qint64 wake = item->engagement.snoozedUntil ? item->engagement.snoozedUntil->us : never;
        return std::min(end, wake);
    }
    if (const auto *state = std::get_if<model::StateChange>(&change.what))
        return state->op.until ? state->op.until->us : never;
    return never;
}
} // namespace

class DueQueue::State : public std::enable_shared_from_this<State>
{
public:
    State(runtime::Loop &control, ports::Store &store, service::PreferenceSource &preferences,
          const service::WebhookBook &webhooks, const runtime::Clock &clock, ScheduleProbe &probe)
        : m_control(control)
        , m_store(store)
        , m_preferences(preferences)
        , m_webhooks(webhooks)
        , m_clock(clock)
        , m_probe(probe)
    {
    }

    void start()
    {
        m_running = true;
        m_next = 0; // what fell due while nobody ran
        tick();
    }

    void stop() { m_running = false; }

    /// Any thread.
    void dueAt(qint64 at)
    {
        qint64 next = m_next.load(std::memory_order_relaxed);
        while (at < next) {
            if (m_next.compare_exchange_weak(next, at)) {
                m_control.post([weak = weak_from_this()] {
                    if (const auto self = weak.lock())
                        self->tick();
                });
                return;
            }
        }
    }

private:
    void tick()
    {
        if (!m_running || m_busy)
            return;
        const Instant now = m_clock.now();
        const bool looked = m_store.isExclusive() || m_clock.steady() < m_nextLook;
        if (looked && now.us < m_next)
            return arm(now);
        m_busy = true;
        m_next = never; // what is heard from here on counts; the answer brings the rest
        m_nextLook = m_clock.steady() + longestSleep;
        m_store.inbox().due(m_control, now, batchSize,
                            [weak = weak_from_this(), now](Result<ports::DueBatch> batch) {
                                if (const auto self = weak.lock())
                                    self->take(now, std::move(batch));
                            });
    }

    void take(Instant now, Result<ports::DueBatch> batch)
    {
        if (!m_running)
            return;
        if (!batch)
            return failed(batch.error());
        if (batch->next)
            lower(batch->next->us);
        if (batch->items.empty())
            return rest();
        decide(now, std::move(*batch));
    }

    void decide(Instant now, ports::DueBatch batch)
    {
        std::vector<model::UserId> users;
        for (const DueItem &item : batch.items) {
            if (item.kind == DueKind::Release)
                users.push_back(item.item.user);
        }
        m_preferences.get(m_control, users,
                          [weak = weak_from_this(), now,
                           batch = std::move(batch)](service::PreferenceSource::Documents documents) {
                              const auto self = weak.lock();
                              if (!self || !self->m_running)
                                  return;
                              if (!documents)
                                  return self->failed(documents.error());
                              self->settle(now, batch, *documents);
                          });
    }

    void settle(Instant now, const ports::DueBatch &batch, const std::vector<service::Document> &documents)
    {
        const std::vector<DueItem> &items = batch.items;
        std::vector<Settle> settles;
        settles.reserve(items.size());
        auto document = documents.begin();
        for (const DueItem &due : items) {
            Settle one{due.kind, due.item.id, due.item.user, {}};
            if (due.kind == DueKind::Release)
                one.decision = decisionFor(due.item, **document++);
            settles.push_back(std::move(one));
        }
        const qint64 lag = (now - items.front().at).count();
        m_store.inbox().settle(
            m_control, std::move(settles), now,
            [weak = weak_from_this(), items, lag, more = batch.hasMore](Result<int> settled) {
                if (const auto self = weak.lock())
                    self->settled(items, std::move(settled), lag, more);
            });
    }

    void settled(const std::vector<DueItem> &items, Result<int> settled, qint64 lag, bool more)
    {
        if (!m_running)
            return;
        if (!settled)
            return failed(settled.error());
        m_probe.dueLag.set(lag);
        count(items);
        // Nothing of a batch was ours to settle: another node is at it, so it is left alone for a while.
        if (*settled == 0)
            lower((m_clock.now() + retryAfter).us);
        else if (more)
            lower(0);
        rest();
    }

    [[nodiscard]] ports::Recipient decisionFor(const model::Notification &item,
                                               const model::Preferences &own) const
    {
        domain::InboxDecision decision = domain::decideInbox(
            item.user, own, item.content, m_webhooks.categories().rulesOf(item.content.type));
        return {item.user,
                item.id,
                decision.inApp,
                decision.toast,
                decision.reason,
                std::move(decision.rule),
                m_webhooks.ways(item.user, own, item.content)};
    }

    void count(const std::vector<DueItem> &items)
    {
        for (const DueItem &item : items) {
            runtime::Counter &counter = item.kind == DueKind::Release  ? m_probe.released
                                        : item.kind == DueKind::Expire ? m_probe.expired
                                                                       : m_probe.unsnoozed;
            counter.add();
        }
    }

    void rest()
    {
        if (std::exchange(m_failing, false))
            qCInfo(lcSchedule) << "the due queue goes on";
        m_busy = false;
        tick();
    }

    void failed(const model::Error &error)
    {
        m_probe.failures.add();
        if (!std::exchange(m_failing, true))
            qCWarning(lcSchedule) << "the due queue waits for the store:" << error.detail;
        m_busy = false;
        m_next = (m_clock.now() + retryAfter).us;
        m_nextLook = m_clock.steady() + retryAfter;
        arm(m_clock.now());
    }

    void lower(qint64 at)
    {
        qint64 next = m_next.load();
        while (at < next && !m_next.compare_exchange_weak(next, at)) {
        }
    }

    /// Sleeps until the next due time, but never for long. An earlier timer that runs already is enough.
    void arm(Instant now)
    {
        const qint64 sleep = std::min<qint64>(m_next - now.us, longestSleep.count());
        const auto wake = std::chrono::steady_clock::now() + model::Duration(sleep);
        if (m_armed && *m_armed <= wake)
            return;
        m_armed = wake;
        const auto delay = std::chrono::ceil<std::chrono::milliseconds>(model::Duration(sleep));
        m_control.after(delay, [weak = weak_from_this(), wake] {
            const auto self = weak.lock();
            if (!self)
                return;
            if (self->m_armed == wake)
                self->m_armed.reset();
            self->tick();
        });
    }

    runtime::Loop &m_control;
    ports::Store &m_store;
    service::PreferenceSource &m_preferences;
    const service::WebhookBook &m_webhooks;
    const runtime::Clock &m_clock;
    ScheduleProbe &m_probe;
    bool m_running = false;
    bool m_busy = false;
    bool m_failing = false;
    std::atomic<qint64> m_next{never};
    runtime::SteadyTime m_nextLook; ///< only where others write too
    std::optional<std::chrono::steady_clock::time_point> m_armed;
};

DueQueue::DueQueue(runtime::Loop &control, ports::Store &store, service::PreferenceSource &preferences,
                   const service::WebhookBook &webhooks, const runtime::Clock &clock, ScheduleProbe &probe)
    : d(std::make_shared<State>(control, store, preferences, webhooks, clock, probe))
{
}

DueQueue::~DueQueue()
{
    d->stop();
}

void DueQueue::start()
{
    d->start();
}

void DueQueue::stop()
{
    d->stop();
}

void DueQueue::dueAt(Instant at)
{
    d->dueAt(at.us);
}

void DueQueue::committed(const ports::CommittedBatch &batch)
{
    qint64 earliest = never;
    for (const ports::Committed &entry : batch)
        earliest = std::min(earliest, dueTimeOf(entry.change));
    d->dueAt(earliest);
}
} // namespace belfry::schedule
