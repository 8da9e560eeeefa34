#include "channels/webhook_worker.h"

#include "channels/webhook_message.h"
#include "domain/retry.h"
#include "runtime/log.h"

#include <algorithm>

namespace belfry::channels {
using domain::AttemptVerdict;
using model::Instant;
using model::Result;
using ports::DeliveryOutcome;
using ports::DeliveryState;
using ports::DueDelivery;

namespace {
/// The longest sleep: how late a clock that was set, or another server's work, may be noticed.
constexpr model::Duration longestSleep = std::chrono::seconds(1);
constexpr std::chrono::seconds storePause{1};

/// Nothing is left to be said: why.
std::optional<std::pair<DeliveryState, model::Text>> overBefore(const model::Notification &item, Instant now)
{
    if (item.state == model::State::Recalled)
        return std::pair{DeliveryState::Suppressed, model::Text("recalled")};
    if (item.state == model::State::Expired || (item.expiresAt && *item.expiresAt <= now))
        return std::pair{DeliveryState::Expired, model::Text("expired")};
    return std::nullopt;
}

model::Text outcomeText(const HttpReply &reply)
{
    return reply.status > 0 ? "HTTP " + QByteArray::number(reply.status) : reply.problem;
}

void die(DeliveryOutcome &outcome, model::Text reason)
{
    outcome.state = DeliveryState::Dead;
    outcome.reason = std::move(reason);
}

void retryOrDie(DeliveryOutcome &outcome, int made, double jitter, const HttpReply &reply, Instant now)
{
    const auto pause = domain::retryDelay(made, jitter, reply.retryAfter);
    if (!pause)
        return die(outcome, "retries_exhausted");
    outcome.state = DeliveryState::Retrying;
    outcome.reason = reply.status > 0 ? "http_" + QByteArray::number(reply.status) : "no_answer";
    outcome.nextAt = now + *pause;
}

DeliveryOutcome outcomeOf(const DueDelivery &delivery, const HttpReply &reply, double jitter, Instant now)
{
    DeliveryOutcome outcome;
    outcome.id = delivery.id;
    outcome.lease = delivery.lease;
    outcome.attempt = {now, outcomeText(reply)};
    if (reply.blocked) {
        die(outcome, "address_not_allowed");
        return outcome;
    }
    switch (domain::judgeAttempt(reply.status)) {
    case AttemptVerdict::Sent:
        break;
    case AttemptVerdict::Retry:
        retryOrDie(outcome, delivery.attempts + 1, jitter, reply, now);
        break;
    case AttemptVerdict::Final:
        die(outcome, "http_" + QByteArray::number(reply.status));
        break;
    case AttemptVerdict::Gone:
        die(outcome, "http_410");
        outcome.disable = "it answered 410 Gone";
        break;
    }
    return outcome;
}
} // namespace

class WebhookWorker::State : public std::enable_shared_from_this<State>
{
public:
    State(runtime::Loop &home, ports::Store &store, HttpSender &sender, const runtime::Clock &clock,
          Random random, ChannelProbe &probe)
        : m_home(home)
        , m_store(store)
        , m_sender(sender)
        , m_clock(clock)
        , m_random(std::move(random))
        , m_probe(probe)
    {
    }

    /// A reply that does nothing once this is gone.
    template<typename Then>
    auto then(Then next)
    {
        return [weak = weak_from_this(), next](auto value) {
            if (const auto self = weak.lock())
                next(*self, std::move(value));
        };
    }

    void start()
    {
        m_running = true;
        if (!m_store.isExclusive())
            return claim();
        // What the process before this one had under way is nobody's now.
        m_claiming = true;
        m_store.webhooks().releaseDeliveries(m_home, m_clock.now(),
                                             then([](State &self, model::VoidResult done) {
                                                 self.m_claiming = false;
                                                 return done ? self.claim() : self.failed(done.error());
                                             }));
    }

    void stop() { m_running = false; }
    void onDisabled(std::function<void()> listener) { m_disabled = std::move(listener); }

    void claim()
    {
        if (!m_running)
            return;
        const int room = maxUnderWay - m_probeUnderWay;
        if (m_claiming || room <= 0) {
            m_again = true;
            return;
        }
        m_claiming = true;
        m_again = false;
        m_nextLook = m_clock.steady() + longestSleep;
        ports::DeliveryClaim wish{room, maxPerWebhook, m_underWay, lease};
        m_store.webhooks().claimDeliveries(
            m_home, std::move(wish), m_clock.now(),
            then([](State &self, Result<ports::DueDeliveries> due) { self.claimed(std::move(due)); }));
    }

private:
    void claimed(Result<ports::DueDeliveries> due)
    {
        m_claiming = false;
        if (!m_running)
            return;
        if (!due)
            return failed(due.error());
        if (std::exchange(m_failing, false))
            qCInfo(lcChannels) << "webhooks go on";
        m_next = due->next;
        for (DueDelivery &delivery : due->items)
            send(std::move(delivery));
        if (m_again)
            return claim();
        arm();
    }

    void send(DueDelivery delivery)
    {
        const Instant now = m_clock.now();
        if (const auto over = overBefore(delivery.item, now)) {
            DeliveryOutcome outcome;
            outcome.id = delivery.id;
            outcome.lease = delivery.lease;
            outcome.state = over->first;
            outcome.reason = over->second;
            m_probe.expired.add(over->first == DeliveryState::Expired ? 1 : 0);
            return note(std::move(outcome));
        }
        count(delivery.webhook.id, 1);
        m_probe.attempts.add();
        HttpPost post = webhookPost(delivery, now);
        m_sender.post(std::move(post), [weak = weak_from_this(), delivery = std::move(delivery),
                                        from = m_clock.steady()](const HttpReply &reply) {
            if (const auto self = weak.lock())
                self->answered(delivery, from, reply);
        });
    }

    void answered(const DueDelivery &delivery, runtime::SteadyTime from, const HttpReply &reply)
    {
        count(delivery.webhook.id, -1);
        const auto took = std::chrono::duration_cast<model::Duration>(m_clock.steady() - from);
        m_probe.attemptTime.observe(static_cast<std::uint64_t>(took.count()));
        DeliveryOutcome outcome = outcomeOf(delivery, reply, m_random(), m_clock.now());
        m_probe.sent.add(outcome.state == DeliveryState::Sent ? 1 : 0);
        m_probe.retried.add(outcome.state == DeliveryState::Retrying ? 1 : 0);
        m_probe.dead.add(outcome.state == DeliveryState::Dead ? 1 : 0);
        m_probe.blocked.add(reply.blocked ? 1 : 0);
        if (!outcome.disable.isEmpty()) {
            m_probe.disabled.add();
            qCWarning(lcChannels) << "webhook" << delivery.webhook.id.toText()
                                  << "is disabled:" << outcome.disable;
        } else if (outcome.state == DeliveryState::Dead) {
            qCWarning(lcChannels) << "delivery" << delivery.id.toText()
                                  << "is a dead letter:" << outcome.reason;
        }
        note(std::move(outcome));
    }

    void count(const ports::WebhookId &webhook, int change)
    {
        m_probeUnderWay += change;
        m_probe.underWay.set(m_probeUnderWay);
        if ((m_underWay[webhook] += change) <= 0)
            m_underWay.erase(webhook);
    }

    /// All of one turn go to the store together.
    void note(DeliveryOutcome outcome)
    {
        if (!m_running)
            return;
        m_outcomes.push_back(std::move(outcome));
        if (!std::exchange(m_settlePosted, true))
            m_home.atTurnEnd([weak = weak_from_this()] {
                if (const auto self = weak.lock())
                    self->settle();
            });
    }

    void settle()
    {
        m_settlePosted = false;
        if (!m_running || m_outcomes.empty())
            return;
        auto batch = std::exchange(m_outcomes, {});
        m_store.webhooks().settleDeliveries(
            m_home, batch, m_clock.now(),
            then([batch](State &self, const model::VoidResult &done) { self.settled(batch, done); }));
    }

    void settled(const std::vector<DeliveryOutcome> &batch, const model::VoidResult &done)
    {
        if (!m_running)
            return;
        if (done) {
            const auto disables = [](const DeliveryOutcome &outcome) { return !outcome.disable.isEmpty(); };
            if (m_disabled && std::any_of(batch.begin(), batch.end(), disables))
                m_disabled();
            return claim(); // their lanes go on
        }
        m_outcomes.insert(m_outcomes.begin(), batch.begin(), batch.end());
        failed(done.error());
    }

    void failed(const model::Error &error)
    {
        m_probe.failures.add();
        if (!std::exchange(m_failing, true))
            qCWarning(lcChannels) << "webhooks wait for the store:" << error.detail;
        m_again = true;
        after(storePause);
    }

    /// Sleeps until something falls due, but never for long.
    void arm()
    {
        const model::Duration sleep = m_next ? std::min(*m_next - m_clock.now(), longestSleep) : longestSleep;
        after(std::max(std::chrono::ceil<std::chrono::milliseconds>(sleep), std::chrono::milliseconds(1)));
    }

    void after(std::chrono::milliseconds pause)
    {
        const auto wake = std::chrono::steady_clock::now() + pause;
        if (m_armed && *m_armed <= wake)
            return;
        m_armed = wake;
        m_home.after(pause, [weak = weak_from_this(), wake] {
            const auto self = weak.lock();
            if (!self || self->m_armed != wake)
                return;
            self->m_armed.reset();
            self->look();
        });
    }

    void look()
    {
        if (!m_running)
            return;
        if (!m_outcomes.empty())
            return settle();
        const bool due = m_next && *m_next <= m_clock.now();
        const bool others = !m_store.isExclusive() && m_clock.steady() >= m_nextLook;
        if (due || others || m_again)
            return claim();
        arm();
    }

    runtime::Loop &m_home;
    ports::Store &m_store;
    HttpSender &m_sender;
    const runtime::Clock &m_clock;
    Random m_random;
    ChannelProbe &m_probe;
    std::function<void()> m_disabled;
    bool m_running = false;
    bool m_claiming = false;
    bool m_again = false; ///< asked for while it was not possible
    bool m_failing = false;
    bool m_settlePosted = false;
    int m_probeUnderWay = 0;
    std::map<ports::WebhookId, int> m_underWay;
    std::vector<DeliveryOutcome> m_outcomes; ///< not yet told to the store
    model::MaybeInstant m_next;
    runtime::SteadyTime m_nextLook;
    std::optional<std::chrono::steady_clock::time_point> m_armed;
};

WebhookWorker::WebhookWorker(runtime::Loop &home, ports::Store &store, HttpSender &sender,
                             const runtime::Clock &clock, Random random, ChannelProbe &probe)
    : d(std::make_shared<State>(home, store, sender, clock, std::move(random), probe))
{
}

WebhookWorker::~WebhookWorker()
{
    d->stop();
}

void WebhookWorker::onDisabled(std::function<void()> listener)
{
    d->onDisabled(std::move(listener));
}

void WebhookWorker::start()
{
    d->start();
}

void WebhookWorker::stop()
{
    d->stop();
}

void WebhookWorker::wake()
{
    d->claim();
}
} // namespace belfry::channels
