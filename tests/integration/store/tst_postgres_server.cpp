#include "counted_way.h"
#include "first_schema.h"
#include "postgres_test.h"
#include "store/postgres/pg_row_io.h"
#include "support/wait_until.h"

#include <mutex>

namespace belfry::store {
using model::ErrorCode;
using model::Text;

namespace {
model::Result<ports::SubmitResult> submit(RunningStore &store, const Text &title)
{
    StoreDriver &driver = store.driver();
    return driver.submit(driver.submitOf({"a"}, StoreDriver::content(title)));
}

struct Listener final : ports::CommitListener
{
    void committed(std::shared_ptr<const ports::CommittedBatch> batch) override
    {
        const std::lock_guard lock(mutex);
        for (const ports::Committed &entry : *batch)
            heard.push_back("committed " + entry.user.text);
    }
    void doubted(const std::vector<model::UserId> &users) override
    {
        const std::lock_guard lock(mutex);
        for (const model::UserId &user : users)
            heard.push_back("doubted " + user.text);
    }
    std::vector<Text> all()
    {
        const std::lock_guard lock(mutex);
        return heard;
    }

    std::mutex mutex;
    std::vector<Text> heard;
};

/// What PostgreSQL alone has: a server that goes away, its schema, its settings, its way to say things.
class TestPostgresServer : public PostgresTest
{
    Q_OBJECT

private Q_SLOTS:
    void auditIsAppendOnly();
    void lostConnectionsComeBack();
    void aLostAnswerToACommitIsTold();
    void serverGoesAwayAndComesBack();
    void remarksAreLogged();
    void refusesWithoutTheMigration();
    void firstSchemaIsMigrated();
    void renewsTheEpoch();
    void warnsOfWeakSettings();
    void tellsNoPassword_data();
    void tellsNoPassword();
};

void TestPostgresServer::auditIsAppendOnly()
{
    StoreOptions options;
    options.url = m_database->url();
    QVERIFY(migrate(options));
    PgConnection owner(parsePgUrl(m_database->url()).value());
    QVERIFY(owner.open());
    // One of the year before last, one of now.
    QVERIFY(owner.exec("INSERT INTO audit (at, actor, action, done) VALUES (1, 'a', 'old', 1),"
                       " ((extract(epoch FROM now()) * 1000000)::bigint, 'a', 'new', 1)"));
    QVERIFY(!owner.exec("UPDATE audit SET detail = 'x' WHERE action = 'old'"));
    QVERIFY(!owner.exec("DELETE FROM audit WHERE action = 'new'"));
    QVERIFY(!owner.exec("TRUNCATE audit"));
    QVERIFY(owner.exec("DELETE FROM audit WHERE action = 'old'"));
}

void TestPostgresServer::lostConnectionsComeBack()
{
    RunningStore store(m_database->url(), m_clock);
    StoreDriver &driver = store.driver();
    QVERIFY(submit(store, "before"));
    QVERIFY(m_database->dropConnections());
    // Nothing had begun on the lost connections: the next write and read make new ones without a word.
    QVERIFY(submit(store, "after"));
    QCOMPARE(driver.titles("a"), (std::vector<Text>{"after", "before"}));
    QVERIFY(store->health().ok);
}

void TestPostgresServer::aLostAnswerToACommitIsTold()
{
    CountedWay way(m_database->url());
    Listener listener;
    RunningStore store(way.url(), m_clock, &listener);
    StoreDriver &driver = store.driver();
    QVERIFY(submit(store, "before"));
    way.breakAfter("COMMIT");
    const auto refused = submit(store, "in doubt");
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Unavailable);
    // It was done, and nobody who looks at commits has heard of it.
    QCOMPARE(listener.all(), (std::vector<Text>{"committed a"}));
    QVERIFY(test::waitUntil([&] { return store->health().ok; }));
    QVERIFY(test::waitUntil([&] { return listener.all().size() == 2; }));
    QCOMPARE(listener.all().back(), Text("doubted a"));
    QVERIFY(test::waitUntil([&] { return driver.log("a").has_value(); }));
    QCOMPARE(driver.titles("a"), (std::vector<Text>{"in doubt", "before"}));
    QVERIFY(submit(store, "after"));
    QCOMPARE(listener.all().size(), 3);
}

void TestPostgresServer::serverGoesAwayAndComesBack()
{
    test::PgServer server;
    QVERIFY2(server.isValid(), qPrintable(server.error()));
    RunningStore store(server.url(), m_clock);
    StoreDriver &driver = store.driver();
    QVERIFY(submit(store, "before"));

    QVERIFY2(server.goAway(), qPrintable(server.error()));
    const auto refused = submit(store, "lost");
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Unavailable);
    QVERIFY(refused.error().retryAfter);
    QVERIFY(!store->health().ok);
    QVERIFY(store->health().detail.contains("127.0.0.1"));

    QVERIFY2(server.comeBack(), qPrintable(server.error()));
    QVERIFY(test::waitUntil([&] { return store->health().ok; }));
    QVERIFY(submit(store, "after"));
    QVERIFY(
        test::waitUntil([&] { return driver.log("a").has_value(); })); // the readers come back on their own
    QCOMPARE(driver.titles("a"), (std::vector<Text>{"after", "before"}));
}

void TestPostgresServer::remarksAreLogged()
{
    PgConnection connection(parsePgUrl(m_database->url()).value());
    QVERIFY(connection.open());
    QTest::ignoreMessage(QtWarningMsg, "PostgreSQL remarks: WARNING:  mind the gap");
    QVERIFY(
        connection.exec("DO $$ BEGIN RAISE NOTICE 'of no interest'; RAISE WARNING 'mind the gap'; END $$"));
}

void TestPostgresServer::refusesWithoutTheMigration()
{
    StoreOptions options;
    options.url = m_database->url();
    options.migrate = false;
    const auto store = openStore(options, m_clock);
    const auto started = store->start();
    QVERIFY(!started);
    QCOMPARE(started.error().code, ErrorCode::Conflict);
    QVERIFY(started.error().detail.contains("belfryd migrate"));

    const auto report = migrate(options);
    QVERIFY(report);
    QCOMPARE(report->from, 0);
    QVERIFY(report->to > 0);
    QCOMPARE(migrate(options)->from, report->to);
}

void TestPostgresServer::firstSchemaIsMigrated()
{
    PgConnection owner(parsePgUrl(m_database->url()).value());
    QVERIFY(owner.open());
    const auto made = owner.exec(FirstSchema::sql("postgresql"));
    QVERIFY2(made, made ? "" : made.error().detail.constData());
    owner.close();
    m_clock.set(FirstSchema::stoppedAt);
    RunningStore store(m_database->url(), m_clock);
    FirstSchema::check(store.driver());
}

void TestPostgresServer::renewsTheEpoch()
{
    StoreOptions options;
    options.url = m_database->url();
    QVERIFY(migrate(options));
    const auto first = newEpoch(options);
    const auto second = newEpoch(options);
    QVERIFY(first && second);
    QVERIFY(*first != *second);
    RunningStore store(m_database->url(), m_clock);
    QCOMPARE(store->directory().epoch().text, second->text);
}

void TestPostgresServer::warnsOfWeakSettings()
{
    test::PgServer server(test::PgServer::Mode::Fast);
    QVERIFY2(server.isValid(), qPrintable(server.error()));
    for (const char *setting : {"fsync", "full_page_writes"})
        QTest::ignoreMessage(QtWarningMsg,
                             QRegularExpression(QLatin1String(setting) + QLatin1String("=off")));
    const RunningStore store(server.url(), m_clock);
}

void TestPostgresServer::tellsNoPassword_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::newRow("nobody there") << QByteArray("postgresql://someone:hidden@127.0.0.1:1/none");
    QTest::newRow("unknown option") << QByteArray("postgresql://someone:hidden@127.0.0.1:1/none?x=1");
    QTest::newRow("no database") << QByteArray("postgresql://someone:hidden@127.0.0.1:1/");
    QTest::newRow("no URL") << QByteArray("postgresql://someone:hidden@[127/none");
}

void TestPostgresServer::tellsNoPassword()
{
    QFETCH(const QByteArray, url);
    StoreOptions options;
    options.url = url;
    const auto store = openStore(options, m_clock);
    const auto started = store->start();
    QVERIFY(!started);
    QVERIFY(!started.error().detail.contains("hidden"));
    QVERIFY(!started.error().detail.isEmpty());
}
} // namespace
} // namespace belfry::store

QTEST_GUILESS_MAIN(belfry::store::TestPostgresServer)
#include "tst_postgres_server.moc"
