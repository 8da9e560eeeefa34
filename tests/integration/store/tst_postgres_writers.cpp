#include "postgres_test.h"
#include "store/postgres/pg_row_io.h"
#include "support/wait_until.h"

namespace belfry::store {
using model::ErrorCode;
using model::Text;

namespace {
std::optional<ports::WebhookId> addWebhook(StoreDriver &driver)
{
    ports::Webhook webhook;
    webhook.id = ports::WebhookId::makeV7(driver.now());
    webhook.url = "https://app.example";
    webhook.createdAt = driver.now();
    const auto added = driver.await<model::VoidResult>(
        [&](auto &home, auto reply) { driver.webhooks().addWebhook(home, webhook, std::move(reply)); });
    return added ? std::optional(webhook.id) : std::nullopt;
}

/// Several servers that write to one database.
class TestPostgresWriters : public PostgresTest
{
    Q_OBJECT

private Q_SLOTS:
    void twoWritersLeaveNoHole();
    void twoServersTakeADeliveryOnce();
    void aDeliveryIsNotRenewedWhileItsWebhookEnds();
    void oneAnswerForTwoServers();
    void numbersAreGivenOnce();
    void anEmailIsTakenOnce();
    void aDeadlockIsRepeated();
};

void TestPostgresWriters::twoWritersLeaveNoHole()
{
    RunningStore first(m_database->url(), m_clock);
    RunningStore second(m_database->url(), m_clock);
    QVERIFY(!first->isExclusive());
    StoreDriver &one = first.driver();
    StoreDriver &two = second.driver();
    // Both write to the same users, each in another order: unsorted locks would meet as a deadlock.
    std::vector<Text> users;
    for (int i = 0; i < 20; ++i)
        users.push_back("user-" + Text::number(i));
    const std::vector<Text> backwards(users.rbegin(), users.rend());
    constexpr model::Seq rounds = 50;
    model::Seq answered = 0;
    int refused = 0;
    for (int round = 0; round < rounds; ++round) {
        for (StoreDriver *driver : {&one, &two}) {
            auto wanted = driver->submitOf(driver == &one ? users : backwards, driver->content("hello"));
            driver->inbox().submit(driver->home(), std::move(wanted), [&](const auto &answer) {
                refused += answer ? 0 : 1;
                ++answered;
            });
        }
    }
    QVERIFY(test::waitUntil([&] { return answered == 2 * rounds; }));
    QCOMPARE(refused, 0);
    QCOMPARE(first->probe().rowRetries.value(), std::uint64_t(0));
    QCOMPARE(second->probe().rowRetries.value(), std::uint64_t(0));
    for (const Text &user : users) {
        const auto page = one.log(user);
        QVERIFY(page);
        QCOMPARE(page->state.head, 2 * rounds);
        QCOMPARE(page->state.counts.unread, 2 * rounds);
        model::Seq next = 1;
        for (const model::Change &change : page->changes)
            QCOMPARE(change.seq, next++);
        QCOMPARE(next, 2 * rounds + 1);
    }
}

void TestPostgresWriters::twoServersTakeADeliveryOnce()
{
    RunningStore first(m_database->url(), m_clock);
    RunningStore second(m_database->url(), m_clock);
    StoreDriver &one = first.driver();
    StoreDriver &two = second.driver();
    const auto webhook = addWebhook(one);
    QVERIFY(webhook);
    constexpr int users = 60;
    for (int i = 0; i < users; ++i) {
        auto wanted = one.submitOf({"user-" + Text::number(i)}, StoreDriver::content("hello"));
        wanted.recipients.front().ways = {{*webhook, {}, "server_default"}};
        QVERIFY(one.submit(wanted));
    }
    std::vector<model::Text> taken;
    int open = 0;
    for (int round = 0; round < users / 5; ++round) {
        for (StoreDriver *driver : {&one, &two}) {
            ++open;
            driver->webhooks().claimDeliveries(driver->home(), {5, 100, {}, std::chrono::minutes(1)},
                                               m_clock.now(), [&](const auto &due) {
                                                   for (const ports::DueDelivery &delivery : due->items)
                                                       taken.push_back(delivery.id.toText());
                                                   --open;
                                               });
        }
    }
    QVERIFY(test::waitUntil([&] { return open == 0; }));
    std::sort(taken.begin(), taken.end());
    QVERIFY(std::adjacent_find(taken.begin(), taken.end()) == taken.end());
    QCOMPARE(static_cast<int>(taken.size()), users);
}

void TestPostgresWriters::aDeliveryIsNotRenewedWhileItsWebhookEnds()
{
    RunningStore store(m_database->url(), m_clock);
    StoreDriver &driver = store.driver();
    const auto webhook = addWebhook(driver);
    QVERIFY(webhook);
    auto wanted = driver.submitOf({"a"}, StoreDriver::content("hello"));
    wanted.recipients.front().ways = {{*webhook, {}, "server_default"}};
    ports::Patch patch;
    patch.id = driver.submit(wanted)->items.front().item.id;
    patch.title = "changed";

    PgConnection other(parsePgUrl(m_database->url()).value());
    QVERIFY(other.open());
    const auto number = [&other](const QByteArray &sql) {
        PgStatement statement(other, "number", sql);
        PgQuery query(statement);
        return query.next() ? query.number() : -1;
    };
    QVERIFY(other.exec("UPDATE deliveries SET state = 2, due_at = NULL")); // sent
    // What the answer 410 does on another server, up to its commit.
    QVERIFY(other.exec("BEGIN; UPDATE webhooks SET enabled = 0"));
    bool isPatched = false;
    driver.inbox().patch(driver.home(), patch, [&](const auto &item) { isPatched = item.has_value(); });
    const QByteArray waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'";
    QVERIFY(test::waitUntil([&] { return isPatched || number(waiting) > 0; }));
    QVERIFY(other.exec("COMMIT"));
    QTRY_VERIFY(isPatched);
    QCOMPARE(number("SELECT count(*) FROM deliveries WHERE due_at IS NOT NULL"), 0);
}

void TestPostgresWriters::oneAnswerForTwoServers()
{
    RunningStore first(m_database->url(), m_clock);
    RunningStore second(m_database->url(), m_clock);
    StoreDriver &one = first.driver();
    StoreDriver &two = second.driver();
    model::Seq answered = 0;
    model::Seq replayed = 0;
    int refused = 0;
    constexpr model::Seq rounds = 30;
    for (int round = 0; round < rounds; ++round) {
        for (StoreDriver *driver : {&one, &two}) {
            // Different users, so that no lock of a user keeps the two apart.
            auto wanted = driver->submitOf({driver == &one ? "a" : "b"}, driver->content("once"));
            wanted.idempotency = ports::IdempotencyKey{"scope", "key-" + Text::number(round), "hash"};
            wanted.render = [](const auto &) { return ports::StoredAnswer{201, "text/plain", "made"}; };
            driver->inbox().submit(driver->home(), std::move(wanted), [&](const auto &answer) {
                refused += answer ? 0 : 1;
                replayed += answer && answer->replayed ? 1 : 0;
                ++answered;
            });
        }
    }
    QVERIFY(test::waitUntil([&] { return answered == 2 * rounds; }));
    QCOMPARE(refused, 0);
    QCOMPARE(replayed, rounds);
    QCOMPARE(one.state("a").head + one.state("b").head, rounds);
}

void TestPostgresWriters::numbersAreGivenOnce()
{
    RunningStore first(m_database->url(), m_clock);
    RunningStore second(m_database->url(), m_clock);
    StoreDriver &one = first.driver();
    StoreDriver &two = second.driver();
    std::vector<Text> ids;
    constexpr int rounds = 20;
    for (int round = 0; round < rounds; ++round) {
        for (StoreDriver *driver : {&one, &two}) {
            ports::UserRecord record;
            record.name = "name";
            record.createdAt = m_clock.now();
            driver->directory().createUser(driver->home(), record, [&](const auto &answer) {
                ids.push_back(answer ? answer->id.text : answer.error().detail);
            });
        }
    }
    QVERIFY(test::waitUntil([&] { return ids.size() == std::size_t(2 * rounds); }));
    std::sort(ids.begin(), ids.end(), [](const Text &a, const Text &b) { return a.toInt() < b.toInt(); });
    for (int i = 0; i < 2 * rounds; ++i)
        QCOMPARE(ids.at(static_cast<std::size_t>(i)), Text::number(i + 1));
}

void TestPostgresWriters::anEmailIsTakenOnce()
{
    RunningStore first(m_database->url(), m_clock);
    RunningStore second(m_database->url(), m_clock);
    StoreDriver &one = first.driver();
    StoreDriver &two = second.driver();
    constexpr int rounds = 30;
    int made = 0;
    int conflicts = 0;
    int answered = 0;
    for (int round = 0; round < rounds; ++round) {
        for (StoreDriver *driver : {&one, &two}) {
            ports::UserRecord record;
            record.name = "name";
            record.email = Text::number(round) + "@example.org";
            record.createdAt = m_clock.now();
            driver->directory().createUser(driver->home(), record, [&](const auto &answer) {
                made += answer ? 1 : 0;
                conflicts += !answer && answer.error().code == ErrorCode::Conflict ? 1 : 0;
                ++answered;
            });
        }
    }
    QVERIFY(test::waitUntil([&] { return answered == 2 * rounds; }));
    QCOMPARE(made, rounds);
    QCOMPARE(conflicts, rounds);
}

void TestPostgresWriters::aDeadlockIsRepeated()
{
    RunningStore store(m_database->url(), m_clock);
    StoreDriver &driver = store.driver();
    // PostgreSQL ends the first transaction as it ends a deadlock; a sequence remembers that through the
    // rollback.
    PgConnection owner(parsePgUrl(m_database->url()).value());
    QVERIFY(owner.open());
    QVERIFY(owner.exec("CREATE SEQUENCE races;"
                       "CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN"
                       " IF nextval('races') = 1 THEN"
                       " RAISE EXCEPTION 'deadlock detected' USING ERRCODE = '40P01'; END IF;"
                       " RETURN NULL; END$$;"
                       "CREATE TRIGGER lose BEFORE INSERT ON notifications EXECUTE FUNCTION lose()"));
    owner.close();
    const auto answer = driver.submit(driver.submitOf({"a"}, StoreDriver::content("once")));
    QVERIFY2(answer, answer ? "" : answer.error().detail.constData());
    QCOMPARE(driver.titles("a"), (std::vector<Text>{"once"}));
    QCOMPARE(store->probe().rowRetries.value(), std::uint64_t(0)); // the batch as a whole
    QVERIFY(store->health().ok);
}
} // namespace
} // namespace belfry::store

QTEST_GUILESS_MAIN(belfry::store::TestPostgresWriters)
#include "tst_postgres_writers.moc"
