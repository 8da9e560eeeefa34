#include "store_contract.h"

using namespace std::chrono_literals;

namespace belfry::store {
using model::ErrorCode;
using model::Notification;
using model::OpSet;
using model::Result;
using model::Text;
using model::VoidResult;
using ports::ListState;

namespace {
/// A step back from the limit, and over it.
constexpr auto aWhile = 7h;

bool isThere(StoreDriver &s, const Notification &item)
{
    return bool(s.item(item.id));
}

/// Days pass, and what falls due meanwhile is settled.
void pass(StoreDriver &s, int days)
{
    s.clock().advance(model::days(days));
    s.settleAll();
}

ports::Keeping keepingLogs(int days)
{
    ports::Keeping keeping;
    keeping.log = model::days(days);
    return keeping;
}

ports::Webhook webhookForRetention(StoreDriver &s)
{
    ports::Webhook webhook;
    webhook.id = ports::WebhookId::makeV7(s.now());
    webhook.url = "https://app.example";
    webhook.secret = "whsec_c2VjcmV0";
    webhook.createdAt = webhook.updatedAt = s.now();
    const auto added = s.await<VoidResult>(
        [&](auto &home, auto reply) { s.webhooks().addWebhook(home, webhook, std::move(reply)); });
    if (!added)
        qFatal("refused");
    return webhook;
}

/// Sent, with one delivery that ends so at once.
Notification delivered(StoreDriver &s, const ports::WebhookId &webhook, ports::DeliveryState state)
{
    auto wanted = s.submitOf({"ada"}, StoreDriver::content("out"));
    wanted.recipients.front().ways = {{webhook, {}, "server_default"}};
    const auto sent = s.submit(wanted);
    const auto due = s.await<Result<ports::DueDeliveries>>([&](auto &home, auto reply) {
        s.webhooks().claimDeliveries(home, {5, 5, {}, 1min}, s.now(), std::move(reply));
    });
    ports::DeliveryOutcome outcome;
    outcome.id = due->items.front().id;
    outcome.lease = due->items.front().lease;
    outcome.state = state;
    const auto settled = s.await<VoidResult>([&](auto &home, auto reply) {
        s.webhooks().settleDeliveries(home, {outcome}, s.now(), std::move(reply));
    });
    if (!settled)
        qFatal("not settled");
    return sent->items.front().item;
}
} // namespace

void StoreContract::removesWhatIsOld()
{
    const Notification old = s().send("ada", "old");
    const Notification recalled = s().send("ada", "recalled");
    QVERIFY(s().recall(recalled.id));
    const Notification archived = s().send("ada", "archived");
    s().apply("ada", OpSet::Archive, archived.id);
    pass(s(), 31); // they expire
    const Notification young = s().send("ada", "young");
    m_clock.advance(model::days(59));
    s().sweepAll();
    QVERIFY(isThere(s(), old) && isThere(s(), archived)); // 90 days to the microsecond
    m_clock.advance(1us);
    QVERIFY(s().sweepAll() >= 3);
    QVERIFY(!isThere(s(), old) && !isThere(s(), recalled) && !isThere(s(), archived));
    QVERIFY(isThere(s(), young));
    s().settleAll();
    QCOMPARE(s().list("ada", ListState::Archived).items.size(), 0);
    QCOMPARE(s().sweepAll(), 0);
    checkWhole("ada");
    const model::Seq next = s().state("ada").head + 1;
    QCOMPARE(s().send("ada", "next").seq, next);
}

void StoreContract::keepsWhatStillStands()
{
    auto lasting = s().submitOf({"ada"}, StoreDriver::content("stands"));
    lasting.expiresAt = s().now() + model::days(400);
    const Notification stands = s().submit(lasting)->items.front().item;
    const Notification later =
        s().submit(s().later("ada", StoreDriver::content("later"), model::days(300)))->items.front().item;
    pass(s(), 200);
    s().sweepAll();
    QVERIFY(isThere(s(), stands) && isThere(s(), later));
    QCOMPARE(s().state("ada").counts.unread, 1);
    QCOMPARE(s().titles("ada"), std::vector<Text>{"stands"});
    checkWhole("ada");
    pass(s(), 150); // the later one came, and expired an hour later
    s().sweepAll();
    QVERIFY(isThere(s(), later)); // 50 days ago
    pass(s(), 60);
    s().sweepAll();
    QVERIFY(!isThere(s(), stands) && !isThere(s(), later));
    checkWhole("ada");
}

void StoreContract::removesWhatWasDeleted()
{
    const Notification gone = s().send("ada", "gone");
    const Notification undone = s().send("ada", "undone");
    s().apply("ada", OpSet::Delete, gone.id);
    s().apply("ada", OpSet::Delete, undone.id);
    m_clock.advance(model::days(29));
    s().apply("ada", OpSet::Undo, undone.id);
    s().sweepAll();
    QVERIFY(isThere(s(), gone));
    m_clock.advance(model::days(1) + 1us);
    s().sweepAll();
    QVERIFY(!isThere(s(), gone));
    QVERIFY(isThere(s(), undone));
    QCOMPARE(s().titles("ada"), std::vector<Text>{"undone"});
    // What is not there any more can't be undone either: nobody's, as far as the op can tell.
    QCOMPARE(s().ops("ada", {s().op(OpSet::Undo, QList{gone.id})}).error().code, ErrorCode::NotFound);
    checkWhole("ada");
}

void StoreContract::keepsWhatIsNamed()
{
    const ports::Webhook webhook = webhookForRetention(s());
    const Notification sent = delivered(s(), webhook.id, ports::DeliveryState::Sent);
    const Notification dead = delivered(s(), webhook.id, ports::DeliveryState::Dead);
    // Made 85 days ago, and given another content under a new dedupe key just now.
    auto first = s().submitOf({"ada"}, StoreDriver::content("first"));
    auto content = StoreDriver::content("first");
    content.collapseKey = "c";
    content.dedupeKey = "one";
    first.content = std::make_shared<const model::Content>(content);
    first.expiresAt = s().now() + model::days(400);
    const Notification collapsed = s().submit(first)->items.front().item;
    pass(s(), 85);
    content.dedupeKey = "two";
    auto second = s().submitOf({"ada"}, content);
    QCOMPARE(s().submit(second)->items.front().item.id, collapsed.id);
    s().apply("ada", OpSet::Delete, collapsed.id);
    ports::Keeping keeping;
    keeping.deleted = model::days(5);
    keeping.deadLetters = model::days(95);
    pass(s(), 6);
    s().sweepAll(keeping);
    QVERIFY(!isThere(s(), sent)); // its delivery went first
    QVERIFY(isThere(s(), dead));
    QVERIFY(isThere(s(), collapsed));
    pass(s(), 5);
    s().sweepAll(keeping);
    QVERIFY(!isThere(s(), dead) && !isThere(s(), collapsed));
    checkWhole("ada");
}

void StoreContract::theLogBeginsLater()
{
    const Notification item = s().send("ada", "one");
    s().apply("ada", OpSet::Read, item.id);
    s().send("ben", "one");
    m_clock.advance(model::days(20));
    s().send("ada", "two");
    m_clock.advance(model::days(10) + aWhile);
    s().sweepAll();
    QCOMPARE(s().state("ada").floor, 3);
    QCOMPARE(s().state("ada").head, 3);
    QCOMPARE(s().log("ada", 1).error().code, ErrorCode::LogReset);
    QCOMPARE(s().log("ada", 2)->changes.size(), 1); // floor − 1 is still fine (H80)
    // Nothing is left of that log; who was there to the end goes on.
    QCOMPARE(s().state("ben").floor, 2);
    QCOMPARE(s().log("ben", 0).error().code, ErrorCode::LogReset);
    QCOMPARE(s().log("ben", 1)->changes.size(), 0);
    QCOMPARE(s().send("ben", "two").seq, 2);
    QCOMPARE(s().log("ben", 1)->changes.size(), 1);
    // A log that has begun later changes nothing of the lists.
    QCOMPARE(s().titles("ada"), (std::vector<Text>{"two", "one"}));
    checkWhole("ada");
    checkWhole("ben");
}

void StoreContract::placesStayInTheLog()
{
    const Notification first = s().send("ada", "first");
    const Notification second = s().send("ada", "second");
    s().apply("ada", OpSet::Delete, first.id);
    pass(s(), 31);
    QVERIFY(s().sweepAll(keepingLogs(365)) > 0);
    QVERIFY(!isThere(s(), first));
    const auto log = s().log("ada");
    QCOMPARE(log->state.floor, 1);
    QVERIFY(std::get<model::Gone>(log->changes[0].what).id == first.id);
    QCOMPARE(log->changes[0].kind, model::ChangeKind::Created);
    QVERIFY(std::get<Notification>(log->changes[1].what).id == second.id);
    checkWhole("ada");
}

void StoreContract::sweepsInSteps()
{
    std::vector<Text> users;
    for (int i = 0; i < 7; ++i)
        users.push_back("user" + QByteArray::number(i));
    for (int i = 0; i < 5; ++i)
        QVERIFY(s().submit(s().submitOf(users, StoreDriver::content("x"))));
    s().apply("user3", OpSet::Read, s().list("user3").items.front().id);
    pass(s(), 31);
    while (s().settleAll() > 0) {
    }
    pass(s(), 60);
    ports::SweepStep step;
    step.shelf = ports::Shelf::Notifications;
    step.limit = 4;
    const auto swept = s().sweep(step);
    QCOMPARE(swept->removed, 4);
    QVERIFY(!swept->done);
    for (const Text &user : users)
        checkWhole(user);
    s().sweepAll({}, 4);
    for (const Text &user : users) {
        checkWhole(user);
        QCOMPARE(s().list(user, ListState::All).items.size(), 0);
        const ports::LogState state = s().state(user);
        QVERIFY(state.floor == state.head + 1 && state.counts == model::Counts{});
    }
}

void StoreContract::searchForgetsWhatIsRemoved()
{
    const Notification item = s().send("ada", "needle");
    s().apply("ada", OpSet::Delete, item.id);
    pass(s(), 31);
    const Notification other = s().send("ada", "other needle");
    s().sweepAll();
    QCOMPARE(s().search("ada", "needle"), std::vector<Text>{"other needle"});
    // The last one there is, so that whatever numbers rows begins anew.
    s().apply("ada", OpSet::Delete, other.id);
    pass(s(), 31);
    s().sweepAll();
    QVERIFY(!isThere(s(), item) && !isThere(s(), other));
    s().send("ada", "third needle");
    QCOMPARE(s().search("ada", "needle"), std::vector<Text>{"third needle"});
}

void StoreContract::removesRecords()
{
    auto submit = s().submitOf({"ada"}, StoreDriver::content("x"));
    submit.idempotency = ports::IdempotencyKey{"key:1", "k", QByteArray(32, 'h')};
    submit.render = [](const auto &) { return ports::StoredAnswer{201, "text/plain", "made"}; };
    QVERIFY(s().submit(submit));
    ports::AuditEntry entry;
    entry.at = s().now(); // in 2023: the database's own clock lets it go
    entry.actor = "user:1";
    entry.action = "login";
    QVERIFY(s().await<VoidResult>(
        [&](auto &home, auto reply) { s().sessions().note(home, entry, std::move(reply)); }));
    const ports::Webhook webhook = webhookForRetention(s());
    delivered(s(), webhook.id, ports::DeliveryState::Sent);
    delivered(s(), webhook.id, ports::DeliveryState::Dead);
    const auto deliveries = [this] {
        return s()
            .await<Result<ports::DeliveryPage>>([&](auto &home, auto reply) {
                s().webhooks().deliveries(home, {}, 0, 100, std::move(reply));
            })
            ->items.size();
    };
    ports::SweepStep step;
    QCOMPARE(s().sweep(step)->removed, 0);
    m_clock.advance(model::days(1) + 1us);
    QCOMPARE(s().sweep(step)->removed, 1); // the answer
    QCOMPARE(deliveries(), 2u);
    m_clock.advance(model::days(29));
    QCOMPARE(s().sweep(step)->removed, 1);
    QCOMPARE(deliveries(), 1u);
    m_clock.advance(model::days(60));
    QCOMPARE(s().sweep(step)->removed, 1);
    QCOMPARE(deliveries(), 0u);
    m_clock.advance(model::days(276) + 1us);
    QCOMPARE(s().sweep(step)->removed, 1); // the audit log
    QVERIFY(s().sweep(step)->done);
}

void StoreContract::keepsForEver()
{
    const Notification item = s().send("ada", "x");
    s().apply("ada", OpSet::Delete, item.id);
    pass(s(), 3'000);
    const ports::Keeping forEver{std::nullopt, {},           std::nullopt, std::nullopt,
                                 std::nullopt, std::nullopt, std::nullopt};
    QCOMPARE(s().sweepAll(forEver), 1); // the op's id
    QVERIFY(isThere(s(), item));
    QCOMPARE(s().state("ada").floor, 1);
    checkWhole("ada");
}
} // namespace belfry::store
