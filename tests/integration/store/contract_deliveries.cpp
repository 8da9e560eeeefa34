#include "store_contract.h"

using namespace std::chrono_literals;

namespace belfry::store {
using model::Notification;
using model::Result;
using model::Text;
using model::VoidResult;
using ports::DeliveryOutcome;
using ports::DeliveryState;
using ports::DueDeliveries;
using ports::Webhook;
using ports::WebhookId;

namespace {
WebhookId registerWebhook(StoreDriver &s)
{
    Webhook webhook;
    webhook.createdAt = webhook.updatedAt = s.now();
    webhook.id = WebhookId::makeV7(s.now());
    webhook.url = "https://app.example";
    webhook.secret = "whsec_c2VjcmV0";
    const auto added = s.await<VoidResult>(
        [&](auto &home, auto reply) { s.webhooks().addWebhook(home, webhook, std::move(reply)); });
    if (!added)
        qFatal("refused: %s", added.error().detail.constData());
    return webhook.id;
}

ports::Submit submitBy(StoreDriver &s, const Text &user, const WebhookId &hook, const Text &collapse = {},
                       model::SuppressReason reason = model::SuppressReason::None)
{
    model::Content content = StoreDriver::content("to " + user);
    content.collapseKey = collapse;
    ports::Submit submit = s.submitOf({user}, content);
    submit.recipients.front().ways = {{hook, reason, "category:general"}};
    return submit;
}

Notification sendTo(StoreDriver &s, const Text &user, const WebhookId &hook, const Text &collapse = {})
{
    const auto sent = s.submit(submitBy(s, user, hook, collapse));
    if (!sent)
        qFatal("refused: %s", sent.error().detail.constData());
    return sent->items.front().item;
}

DueDeliveries claim(StoreDriver &s, ports::DeliveryClaim wish = {100, 100, {}, 60s})
{
    return s
        .await<Result<DueDeliveries>>([&](auto &home, auto reply) {
            s.webhooks().claimDeliveries(home, wish, s.now(), std::move(reply));
        })
        .value();
}

DeliveryOutcome outcomeFor(const ports::DueDelivery &due, DeliveryState state, const Text &reason = {})
{
    DeliveryOutcome outcome;
    outcome.id = due.id;
    outcome.lease = due.lease;
    outcome.state = state;
    outcome.reason = reason;
    return outcome;
}

void settleWith(StoreDriver &s, std::vector<DeliveryOutcome> outcomes)
{
    const auto done = s.await<VoidResult>([&](auto &home, auto reply) {
        s.webhooks().settleDeliveries(home, std::move(outcomes), s.now(), std::move(reply));
    });
    if (!done)
        qFatal("refused: %s", done.error().detail.constData());
}

std::vector<ports::Delivery> deliveriesOf(StoreDriver &s, const model::NotificationId &id)
{
    auto timeline = s.await<Result<ports::Timeline>>([&](auto &home, auto reply) {
                         s.inbox().timeline(home, id, std::move(reply));
                     }).value();
    std::erase_if(timeline.deliveries,
                  [](const ports::Delivery &one) { return one.channel != model::Channel::Webhook; });
    return timeline.deliveries;
}

void patchTitle(StoreDriver &s, const model::NotificationId &id)
{
    ports::Patch patch;
    patch.id = id;
    patch.title = "changed";
    if (!s.patch(patch))
        qFatal("not patched");
}

void turn(StoreDriver &s, const WebhookId &hook, bool on)
{
    ports::WebhookChange change;
    change.id = hook;
    change.enabled = on;
    const auto changed = s.await<Result<Webhook>>(
        [&](auto &home, auto reply) { s.webhooks().changeWebhook(home, change, s.now(), std::move(reply)); });
    if (!changed)
        qFatal("not changed");
}
} // namespace

void StoreContract::deliversWhatWasDecided()
{
    const WebhookId hook = registerWebhook(s());
    const Notification item = sendTo(s(), "a", hook);
    const auto refused = s().submit(submitBy(s(), "b", hook, {}, model::SuppressReason::Preference));
    const Notification plain = s().send("a", "without");

    const DueDeliveries due = claim(s());
    QCOMPARE(due.items.size(), 1);
    QCOMPARE(due.items[0].item, s().item(item.id).value());
    QCOMPARE(due.items[0].webhook.id, hook);
    QCOMPARE(due.items[0].attempts, 0);
    QCOMPARE(due.next, model::MaybeInstant(s().now() + 60s)); // the end of the lease
    QCOMPARE(deliveriesOf(s(), item.id).front().state, Text("sending"));

    DeliveryOutcome sent = outcomeFor(due.items[0], DeliveryState::Sent);
    sent.attempt = {s().now(), "HTTP 200 \"ok\""};
    settleWith(s(), {sent});
    const auto deliveries = deliveriesOf(s(), item.id);
    QCOMPARE(deliveries.size(), 1);
    QCOMPARE(deliveries[0].id, due.items[0].id.toText());
    QCOMPARE(deliveries[0].endpoint, hook.toText());
    QCOMPARE(deliveries[0].state, Text("sent"));
    QCOMPARE(deliveries[0].rule, Text("category:general"));
    QCOMPARE(deliveries[0].attempts, (std::vector<ports::Attempt>{{s().now(), "HTTP 200 \"ok\""}}));

    const auto suppressed = deliveriesOf(s(), refused->items.front().item.id);
    QCOMPARE(suppressed.size(), 1);
    QCOMPARE(suppressed[0].state, Text("suppressed"));
    QCOMPARE(suppressed[0].reason, Text("preference"));
    QVERIFY(deliveriesOf(s(), plain.id).empty());
    QVERIFY(claim(s()).items.empty() && !claim(s()).next);
}

void StoreContract::retriesWhenItIsTime()
{
    const WebhookId hook = registerWebhook(s());
    const Notification item = sendTo(s(), "a", hook);
    DeliveryOutcome again = outcomeFor(claim(s()).items.at(0), DeliveryState::Retrying, "http_503");
    again.attempt = {s().now(), "HTTP 503"};
    again.nextAt = s().now() + 5s;
    settleWith(s(), {again});
    const ports::Delivery waits = deliveriesOf(s(), item.id).front();
    QCOMPARE(waits.state, Text("retrying"));
    QCOMPARE(waits.reason, Text("http_503"));
    QCOMPARE(waits.nextAt, again.nextAt);
    const DueDeliveries early = claim(s());
    QVERIFY(early.items.empty());
    QCOMPARE(early.next, again.nextAt);
    m_clock.advance(5s);
    const DueDeliveries due = claim(s());
    QCOMPARE(due.items.size(), 1);
    QCOMPARE(due.items[0].id, again.id);
    QCOMPARE(due.items[0].attempts, 1);
}

void StoreContract::leasesEnd()
{
    const WebhookId hook = registerWebhook(s());
    (void)sendTo(s(), "a", hook);
    const ports::DueDelivery first = claim(s()).items.at(0);
    m_clock.advance(59s);
    QVERIFY(claim(s()).items.empty());
    m_clock.advance(1s);
    const ports::DueDelivery second = claim(s()).items.at(0);
    QCOMPARE(second.id, first.id);
    QVERIFY(second.lease != first.lease);
    settleWith(s(), {outcomeFor(first, DeliveryState::Dead, "late")}); // of a taking that is over
    settleWith(s(), {outcomeFor(second, DeliveryState::Sent)});
    QCOMPARE(deliveriesOf(s(), second.item.id).front().state, Text("sent"));

    (void)sendTo(s(), "a", hook);
    QCOMPARE(claim(s()).items.size(), 1);
    const auto released = s().await<VoidResult>(
        [&](auto &home, auto reply) { s().webhooks().releaseDeliveries(home, s().now(), std::move(reply)); });
    QVERIFY(released);
    QCOMPARE(claim(s()).items.size(), 1);
}

void StoreContract::lanesGoInOrder()
{
    const WebhookId one = registerWebhook(s());
    const WebhookId two = registerWebhook(s());
    const Notification first = sendTo(s(), "a", one);
    const Notification second = sendTo(s(), "a", one);
    (void)sendTo(s(), "b", one);
    (void)sendTo(s(), "a", two);
    const DueDeliveries due = claim(s());
    QCOMPARE(due.items.size(), 3); // not the second of the lane
    QVERIFY(claim(s()).items.empty());
    for (const ports::DueDelivery &taken : due.items) {
        DeliveryOutcome outcome = outcomeFor(taken, DeliveryState::Retrying, "http_500");
        outcome.nextAt = s().now() + 1h;
        settleWith(s(), {outcome});
    }
    const DueDeliveries rest = claim(s()); // what waits for its next try holds nothing back
    QCOMPARE(rest.items.size(), 1);
    QCOMPARE(rest.items[0].item.id, second.id);
    QVERIFY(first.id != second.id);
}

void StoreContract::claimsNoMoreThanAskedFor()
{
    const WebhookId one = registerWebhook(s());
    const WebhookId two = registerWebhook(s());
    for (const char *user : {"a", "b", "c"}) {
        (void)sendTo(s(), user, one);
        (void)sendTo(s(), user, two);
    }
    QCOMPARE(claim(s(), {100, 3, {{one, 3}, {two, 2}}, 60s}).items.size(), 1);
    QCOMPARE(claim(s(), {2, 3, {}, 60s}).items.size(), 2);
    QCOMPARE(claim(s(), {100, 3, {}, 60s}).items.size(), 3);
}

void StoreContract::deliveriesFollowTheNotification()
{
    const WebhookId hook = registerWebhook(s());
    const Notification recalled = sendTo(s(), "a", hook);
    QVERIFY(s().recall(recalled.id));
    QCOMPARE(deliveriesOf(s(), recalled.id).front().state, Text("suppressed"));
    QCOMPARE(deliveriesOf(s(), recalled.id).front().reason, Text("recalled"));

    const Notification patched = sendTo(s(), "b", hook);
    const auto taken = claim(s()).items;
    QCOMPARE(taken.size(), 1);
    settleWith(s(), {outcomeFor(taken[0], DeliveryState::Sent)});
    patchTitle(s(), patched.id);
    const auto again = claim(s()).items;
    QCOMPARE(again.size(), 1);
    QCOMPARE(again[0].id, taken[0].id);
    QCOMPARE(again[0].item.revision, 2);
    QCOMPARE(again[0].item.content.title, Text("changed"));

    ports::Submit brief = submitBy(s(), "c", hook);
    brief.expiresAt = s().now() + 1s;
    const auto expiring = s().submit(brief);
    m_clock.advance(2s);
    QCOMPARE(s().settleAll(), 1);
    QCOMPARE(deliveriesOf(s(), expiring->items.front().item.id).front().state, Text("expired"));
}

void StoreContract::collapseSupersedesDeliveries()
{
    const WebhookId one = registerWebhook(s());
    const WebhookId two = registerWebhook(s());
    const Notification first = sendTo(s(), "a", one, "key");
    const Notification second = sendTo(s(), "a", two, "key");
    QCOMPARE(second.id, first.id);
    auto deliveries = deliveriesOf(s(), first.id);
    QCOMPARE(deliveries.size(), 2);
    QCOMPARE(deliveries[0].reason, Text("superseded"));
    QCOMPARE(deliveries[1].state, Text("pending"));
    (void)sendTo(s(), "a", one, "key"); // one row for each way
    deliveries = deliveriesOf(s(), first.id);
    QCOMPARE(deliveries.size(), 2);
    QCOMPARE(deliveries[0].state, Text("pending"));
    QCOMPARE(deliveries[1].reason, Text("superseded"));
    QCOMPARE(claim(s()).items.at(0).item.revision, 3);
}

void StoreContract::scheduledOnesGoOutAtTheirRelease()
{
    const WebhookId hook = registerWebhook(s());
    const auto held = s().submit(s().later("a", StoreDriver::content("later"), 1h));
    const Notification item = held->items.front().item;
    QVERIFY(claim(s()).items.empty());
    m_clock.advance(1h);
    ports::Settle release{ports::DueKind::Release, item.id, item.user, {}};
    release.decision.user = item.user;
    release.decision.id = item.id;
    release.decision.ways = {{hook, {}, "server_default"}};
    QCOMPARE(s().settle({release}), 1);
    QCOMPARE(claim(s()).items.size(), 1);
}

void StoreContract::whatWaitsEndsWithItsWebhook()
{
    const WebhookId hook = registerWebhook(s());
    const Notification first = sendTo(s(), "a", hook);
    const Notification second = sendTo(s(), "a", hook);
    DeliveryOutcome gone = outcomeFor(claim(s()).items.at(0), DeliveryState::Dead, "http_410");
    gone.disable = "it answered 410 Gone";
    settleWith(s(), {gone});
    QCOMPARE(deliveriesOf(s(), first.id).front().reason, Text("http_410"));
    QCOMPARE(deliveriesOf(s(), second.id).front().state, Text("dead"));
    QCOMPARE(deliveriesOf(s(), second.id).front().reason, Text("webhook_disabled"));
    // Decided by somebody who has not heard of it.
    QVERIFY(deliveriesOf(s(), sendTo(s(), "a", hook).id).empty());
    patchTitle(s(), first.id);
    QCOMPARE(deliveriesOf(s(), first.id).front().reason, Text("http_410"));
    QVERIFY(claim(s()).items.empty());

    const WebhookId other = registerWebhook(s());
    const Notification third = sendTo(s(), "b", other);
    const auto removed = s().await<VoidResult>([&](auto &home, auto reply) {
        s().webhooks().removeWebhook(home, other, s().now(), std::move(reply));
    });
    QVERIFY(removed);
    QCOMPARE(deliveriesOf(s(), third.id).front().reason, Text("webhook_removed"));
    QVERIFY(deliveriesOf(s(), sendTo(s(), "b", other).id).empty());
    QVERIFY(claim(s()).items.empty());
}

void StoreContract::whatWaitsGoesOnWithItsWebhook()
{
    const WebhookId hook = registerWebhook(s());
    const Notification sent = sendTo(s(), "a", hook);
    settleWith(s(), {outcomeFor(claim(s()).items.at(0), DeliveryState::Sent)});
    const Notification waiting = sendTo(s(), "a", hook);
    turn(s(), hook, false);
    QVERIFY(deliveriesOf(s(), sendTo(s(), "a", hook).id).empty());
    patchTitle(s(), sent.id);
    patchTitle(s(), waiting.id);
    QCOMPARE(deliveriesOf(s(), sent.id).front().state, Text("sent"));
    QVERIFY(claim(s()).items.empty());

    turn(s(), hook, true);
    const auto due = claim(s()).items;
    QCOMPARE(due.size(), 1);
    QCOMPARE(due[0].item.id, waiting.id);
    QCOMPARE(due[0].item.revision, 2);
}

namespace {
ports::DeliveryPage pageOf(StoreDriver &s, const ports::DeliveryFilter &filter, qint64 before = 0,
                           int limit = 100)
{
    return s
        .await<Result<ports::DeliveryPage>>([&](auto &home, auto reply) {
            s.webhooks().deliveries(home, filter, before, limit, std::move(reply));
        })
        .value();
}

int redrive(StoreDriver &s, std::vector<ports::DeliveryId> ids, const ports::DeliveryFilter &filter = {},
            int limit = 100)
{
    return s
        .await<Result<int>>([&](auto &home, auto reply) {
            s.webhooks().redrive(home, std::move(ids), filter, limit, s.now(), std::move(reply));
        })
        .value();
}

/// Everything that is due dies.
void killAll(StoreDriver &s)
{
    for (const ports::DueDelivery &due : claim(s).items) {
        DeliveryOutcome dead = outcomeFor(due, DeliveryState::Dead, "http_404");
        dead.attempt = {s.now(), "HTTP 404"};
        settleWith(s, {dead});
    }
}
} // namespace

void StoreContract::browsesDeliveries()
{
    const WebhookId one = registerWebhook(s());
    const WebhookId two = registerWebhook(s());
    const Notification first = sendTo(s(), "a", one);
    killAll(s());
    const Notification second = sendTo(s(), "b", one);
    const Notification third = sendTo(s(), "a", two);
    const auto all = pageOf(s(), {});
    QCOMPARE(all.items.size(), 3);
    QCOMPARE(all.next, 0);
    QCOMPARE(all.items[0].notification, third.id);
    QCOMPARE(all.items[0].state, DeliveryState::Pending);
    QCOMPARE(all.items[0].nextAt, model::MaybeInstant(s().now()));
    QCOMPARE(all.items[2].notification, first.id);
    QCOMPARE(all.items[2].user.text, Text("a"));
    QCOMPARE(all.items[2].webhook, one);
    QCOMPARE(all.items[2].reason, Text("http_404"));
    QCOMPARE(all.items[2].rule, Text("category:general"));
    QCOMPARE(all.items[2].attempts.size(), 1);

    QCOMPARE(pageOf(s(), {DeliveryState::Dead, {}, {}, {}}).items.size(), 1);
    QCOMPARE(pageOf(s(), {DeliveryState::Pending, {"a"}, {}, {}}).items.size(), 1);
    QCOMPARE(pageOf(s(), {{}, {"a"}, {}, {}}).items.size(), 2);
    QCOMPARE(pageOf(s(), {{}, {"nobody"}, {}, {}}).items.size(), 0);
    QCOMPARE(pageOf(s(), {{}, {}, second.id, {}}).items.size(), 1);
    QCOMPARE(pageOf(s(), {{}, {}, {}, one}).items.size(), 2);
    QCOMPARE(pageOf(s(), {{}, {"a"}, {}, one}).items.size(), 1);

    const auto newest = pageOf(s(), {}, 0, 2);
    QCOMPARE(newest.items.size(), 2);
    QVERIFY(newest.next > 0);
    const auto rest = pageOf(s(), {}, newest.next, 2);
    QCOMPARE(rest.items.size(), 1);
    QCOMPARE(rest.next, 0);
}

void StoreContract::redrivesDeadLetters()
{
    const WebhookId one = registerWebhook(s());
    const WebhookId two = registerWebhook(s());
    const Notification first = sendTo(s(), "a", one);
    (void)sendTo(s(), "b", one);
    (void)sendTo(s(), "a", two);
    killAll(s());
    const ports::DeliveryId id = pageOf(s(), {{}, {}, first.id, {}}).items.at(0).id;
    QCOMPARE(redrive(s(), {id, model::Uuid::makeV7(s().now())}), 1);
    QCOMPARE(redrive(s(), {id}), 0); // it is none any more
    const auto due = claim(s()).items;
    QCOMPARE(due.size(), 1);
    QCOMPARE(due[0].id, id);
    QCOMPARE(due[0].attempts, 0);
    settleWith(s(), {outcomeFor(due[0], DeliveryState::Dead, "http_404")});
    QCOMPARE(deliveriesOf(s(), first.id).front().attempts.size(), 1); // what was tried is not forgotten

    QCOMPARE(redrive(s(), {}, {{}, {}, {}, one}, 1), 1);
    QCOMPARE(redrive(s(), {}, {{}, {"a"}, {}, {}}), 2);
    QCOMPARE(redrive(s(), {}, {}), 0);

    killAll(s());
    turn(s(), two, false);
    QCOMPARE(redrive(s(), {}, {}), 2); // not those of the one that is off
}
} // namespace belfry::store
