#include "first_schema.h"
#include "store/postgres/pg_row_io.h"
#include "store_contract.h"
#include "support/pg_server.h"
#include "support/wait_until.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>
#include <thread>

namespace belfry::store {
using model::ErrorCode;
using model::Text;

namespace {
/// A way to a server that counts the bytes which come back on it. On a thread of its own, for those who wait
/// for an answer on theirs.
class CountedWay
{
public:
    explicit CountedWay(const QByteArray &url)
        : m_url(QString::fromUtf8(url))
    {
        const auto port = static_cast<quint16>(m_url.port());
        m_thread = std::thread([this, port] { run(port); });
        m_isListening.acquire();
    }
    ~CountedWay()
    {
        QMetaObject::invokeMethod(m_loop, &QEventLoop::quit, Qt::QueuedConnection);
        m_thread.join();
    }
    CountedWay(const CountedWay &) = delete;
    CountedWay &operator=(const CountedWay &) = delete;

    [[nodiscard]] QByteArray url() const { return m_url.toEncoded(); }
    /// Since the last time.
    [[nodiscard]] qint64 take() { return m_bytes.exchange(0); }

private:
    void run(quint16 port)
    {
        QEventLoop loop;
        m_loop = &loop;
        QTcpServer listener;
        QObject::connect(&listener, &QTcpServer::newConnection, &listener, [this, &listener, port] {
            while (QTcpSocket *near = listener.nextPendingConnection())
                join(near, port);
        });
        if (!listener.listen(QHostAddress::LocalHost))
            qFatal("no port: %s", qPrintable(listener.errorString()));
        m_url.setPort(listener.serverPort());
        m_isListening.release();
        loop.exec();
    }

    void join(QTcpSocket *near, quint16 port)
    {
        auto *far = new QTcpSocket(near);
        near->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        QObject::connect(far, &QTcpSocket::connected, far,
                         [far] { far->setSocketOption(QAbstractSocket::LowDelayOption, 1); });
        QObject::connect(near, &QTcpSocket::readyRead, far, [near, far] { far->write(near->readAll()); });
        QObject::connect(far, &QTcpSocket::readyRead, near, [this, near, far] {
            const QByteArray bytes = far->readAll();
            m_bytes += bytes.size();
            near->write(bytes);
        });
        QObject::connect(far, &QTcpSocket::disconnected, near, [near] { near->disconnectFromHost(); });
        QObject::connect(near, &QTcpSocket::disconnected, near, &QObject::deleteLater);
        far->connectToHost(QHostAddress::LocalHost, port);
    }

    QUrl m_url;
    QEventLoop *m_loop = nullptr;
    std::atomic<qint64> m_bytes{0};
    std::binary_semaphore m_isListening{0};
    std::thread m_thread;
};

/// What PostgreSQL alone has: other writers beside one, and a server that goes away.
class TestPostgres : public QObject
{
    Q_OBJECT

private:
    runtime::FakeClock m_clock{{1'700'000'000'000'000}};

    [[nodiscard]] std::unique_ptr<ports::Store> opened(const QByteArray &url)
    {
        StoreOptions options;
        options.url = url;
        auto store = openStore(options, m_clock);
        const auto started = store->start();
        if (!started)
            qFatal("not started: %s", started.error().detail.constData());
        return store;
    }

    [[nodiscard]] static model::Result<ports::SubmitResult> submit(StoreDriver &driver, const Text &title)
    {
        return driver.submit(driver.submitOf({"a"}, driver.content(title)));
    }

private Q_SLOTS:
    void readsNoMoreThanAPage();
    void twoWritersLeaveNoHole();
    void twoServersTakeADeliveryOnce();
    void aDeliveryIsNotRenewedWhileItsWebhookEnds();
    void oneAnswerForTwoServers();
    void numbersAreGivenOnce();
    void anEmailIsTakenOnce();
    void aDeadlockIsRepeated();
    void auditIsAppendOnly();
    void lostConnectionsComeBack();
    void serverGoesAwayAndComesBack();
    void remarksAreLogged();
    void refusesWithoutTheMigration();
    void firstSchemaIsMigrated();
    void renewsTheEpoch();
    void warnsOfWeakSettings();
    void tellsNoPassword_data();
    void tellsNoPassword();
};

void TestPostgres::readsNoMoreThanAPage()
{
    test::PgDatabase database;
    QVERIFY2(database.isValid(), qPrintable(database.error()));
    CountedWay way(database.url());
    const auto store = opened(way.url());
    StoreDriver driver(*store, m_clock);
    // What comes first in either direction is light: few rows are read whatever they weigh. Of the heavy
    // ones, 7.5 MB, a page takes 16.
    constexpr int heavy = 30;
    constexpr int light = PgPage::few;
    model::Content content = StoreDriver::content("any");
    const auto add = [&](int count, bool isPatched) {
        for (int i = 0; i < count; ++i) {
            ports::Patch patch;
            patch.id = driver.send("a", content).id;
            patch.progress = 0.5;
            if (isPatched)
                QVERIFY(driver.patch(patch));
        }
    };
    const auto schedule = [&](int count, std::chrono::minutes in) {
        for (int i = 0; i < count; ++i)
            QVERIFY(driver.submit(driver.later("a", content, in)));
    };
    add(light, true);
    schedule(light, std::chrono::minutes(1));
    content.data = "{\"x\":\"" + QByteArray(250'000, 'y') + "\"}";
    schedule(heavy, std::chrono::minutes(2));
    add(heavy, true);
    content.data = "{}";
    add(light, false);
    ports::InboxQuery query;
    query.user.text = "a";
    query.limit = 500;
    ports::InboxQuery found = query;
    found.search = "any";
    ports::InboxQuery scheduled = query;
    scheduled.state = ports::ListState::Scheduled;
    const auto events = [&driver](const Text &user) {
        model::EventFilter filter;
        filter.user.text = user;
        filter.type = "nothing";
        const auto page = driver.await<model::Result<ports::EventPage>>([&](auto &home, auto reply) {
            driver.operations().events(home, filter, {}, 100, std::move(reply));
        });
        return page && page->next;
    };
    const std::pair<const char *, std::function<bool()>> reads[] = {
        {"list", [&] { return driver.list(query).nextBefore > 0; }},
        {"search", [&] { return driver.list(found).nextBefore > 0; }},
        {"scheduled", [&] { return driver.list(scheduled).nextAfter.has_value(); }},
        {"log", [&] { return driver.log("a")->changes.size() == 2 * light + 16; }},
        {"events of all", [&] { return events({}); }},
        {"events of one", [&] { return events("a"); }},
    };
    for (const auto &[name, read] : reads) {
        static_cast<void>(way.take());
        QVERIFY2(read(), name);
        const qint64 bytes = way.take();
        const int times = QByteArrayView(name) == "log" ? 2 : 1; // the new ones and the changed ones
        QVERIFY2(bytes > times * 4'000'000 && bytes < times * 4'500'000,
                 (Text(name) + ' ' + Text::number(bytes)).constData());
    }
    scheduled.search = "nothing";
    QVERIFY(driver.list(scheduled).items.empty());
    scheduled.search = "any";
    scheduled.offset = light + heavy - 5; // in another portion
    QCOMPARE(driver.list(scheduled).items.size(), 5);

    m_clock.advance(std::chrono::hours(1));
    static_cast<void>(way.take());
    QVERIFY(driver.due().items.size() < light + 20);
    QVERIFY(way.take() < 5'000'000);
    store->stop();
}

void TestPostgres::twoWritersLeaveNoHole()
{
    test::PgDatabase database;
    QVERIFY2(database.isValid(), qPrintable(database.error()));
    const auto first = opened(database.url());
    const auto second = opened(database.url());
    QVERIFY(!first->isExclusive());
    StoreDriver one(*first, m_clock);
    StoreDriver two(*second, m_clock);
    // Both write to the same users, each in another order: unsorted locks would meet as a deadlock.
    std::vector<Text> users;
    for (int i = 0; i < 20; ++i)
        users.push_back("user-" + Text::number(i));
    const std::vector<Text> backwards(users.rbegin(), users.rend());
    constexpr model::Seq rounds = 50;
    model::Seq answered = 0;
    int refused = 0;
    QEventLoop loop;
    for (int round = 0; round < rounds; ++round) {
        for (StoreDriver *driver : {&one, &two}) {
            auto wanted = driver->submitOf(driver == &one ? users : backwards, driver->content("hello"));
            driver->inbox().submit(driver->home(), std::move(wanted), [&](const auto &answer) {
                refused += answer ? 0 : 1;
                if (++answered == 2 * rounds)
                    loop.quit();
            });
        }
    }
    QTimer::singleShot(30'000, &loop, [&loop] { loop.quit(); });
    loop.exec();
    QCOMPARE(answered, 2 * rounds);
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
    first->stop();
    second->stop();
}

void TestPostgres::twoServersTakeADeliveryOnce()
{
    test::PgDatabase database;
    QVERIFY2(database.isValid(), qPrintable(database.error()));
    const auto first = opened(database.url());
    const auto second = opened(database.url());
    StoreDriver one(*first, m_clock);
    StoreDriver two(*second, m_clock);
    ports::Webhook webhook;
    webhook.id = ports::WebhookId::makeV7(m_clock.now());
    webhook.url = "https://app.example";
    webhook.createdAt = m_clock.now();
    QVERIFY(one.await<model::VoidResult>(
        [&](auto &home, auto reply) { one.webhooks().addWebhook(home, webhook, std::move(reply)); }));
    constexpr int users = 60;
    for (int i = 0; i < users; ++i) {
        auto wanted = one.submitOf({"user-" + Text::number(i)}, StoreDriver::content("hello"));
        wanted.recipients.front().ways = {{webhook.id, {}, "server_default"}};
        QVERIFY(one.submit(wanted));
    }
    std::vector<model::Text> taken;
    int open = 0;
    QEventLoop loop;
    for (int round = 0; round < users / 5; ++round) {
        for (StoreDriver *driver : {&one, &two}) {
            ++open;
            driver->webhooks().claimDeliveries(driver->home(), {5, 100, {}, std::chrono::minutes(1)},
                                               m_clock.now(), [&](const auto &due) {
                                                   for (const ports::DueDelivery &delivery : due->items)
                                                       taken.push_back(delivery.id.toText());
                                                   if (--open == 0)
                                                       loop.quit();
                                               });
        }
    }
    QTimer::singleShot(30'000, &loop, [&loop] { loop.quit(); });
    loop.exec();
    QCOMPARE(open, 0);
    std::sort(taken.begin(), taken.end());
    QVERIFY(std::adjacent_find(taken.begin(), taken.end()) == taken.end());
    QCOMPARE(static_cast<int>(taken.size()), users);
    first->stop();
    second->stop();
}

void TestPostgres::aDeliveryIsNotRenewedWhileItsWebhookEnds()
{
    test::PgDatabase database;
    QVERIFY2(database.isValid(), qPrintable(database.error()));
    const auto store = opened(database.url());
    StoreDriver driver(*store, m_clock);
    ports::Webhook webhook;
    webhook.id = ports::WebhookId::makeV7(m_clock.now());
    webhook.url = "https://app.example";
    webhook.createdAt = m_clock.now();
    QVERIFY(driver.await<model::VoidResult>(
        [&](auto &home, auto reply) { driver.webhooks().addWebhook(home, webhook, std::move(reply)); }));
    auto wanted = driver.submitOf({"a"}, StoreDriver::content("hello"));
    wanted.recipients.front().ways = {{webhook.id, {}, "server_default"}};
    ports::Patch patch;
    patch.id = driver.submit(wanted)->items.front().item.id;
    patch.title = "changed";

    PgConnection other(parsePgUrl(database.url()).value());
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
    store->stop();
}

void TestPostgres::oneAnswerForTwoServers()
{
    test::PgDatabase database;
    QVERIFY2(database.isValid(), qPrintable(database.error()));
    const auto first = opened(database.url());
    const auto second = opened(database.url());
    StoreDriver one(*first, m_clock);
    StoreDriver two(*second, m_clock);
    model::Seq answered = 0;
    model::Seq replayed = 0;
    int refused = 0;
    constexpr model::Seq rounds = 30;
    QEventLoop loop;
    for (int round = 0; round < rounds; ++round) {
        for (StoreDriver *driver : {&one, &two}) {
            // Different users, so that no lock of a user keeps the two apart.
            auto wanted = driver->submitOf({driver == &one ? "a" : "b"}, driver->content("once"));
            wanted.idempotency = ports::IdempotencyKey{"scope", "key-" + Text::number(round), "hash"};
            wanted.render = [](const auto &) { return ports::StoredAnswer{201, "text/plain", "made"}; };
            driver->inbox().submit(driver->home(), std::move(wanted), [&](const auto &answer) {
                refused += answer ? 0 : 1;
                replayed += answer && answer->replayed ? 1 : 0;
                if (++answered == 2 * rounds)
                    loop.quit();
            });
        }
    }
    QTimer::singleShot(30'000, &loop, [&loop] { loop.quit(); });
    loop.exec();
    QCOMPARE(answered, 2 * rounds);
    QCOMPARE(refused, 0);
    QCOMPARE(replayed, rounds);
    QCOMPARE(one.state("a").head + one.state("b").head, rounds);
    first->stop();
    second->stop();
}

void TestPostgres::numbersAreGivenOnce()
{
    test::PgDatabase database;
    QVERIFY2(database.isValid(), qPrintable(database.error()));
    const auto first = opened(database.url());
    const auto second = opened(database.url());
    StoreDriver one(*first, m_clock);
    StoreDriver two(*second, m_clock);
    std::vector<Text> ids;
    QEventLoop loop;
    constexpr int rounds = 20;
    for (int round = 0; round < rounds; ++round) {
        for (StoreDriver *driver : {&one, &two}) {
            ports::UserRecord record;
            record.name = "name";
            record.createdAt = m_clock.now();
            driver->directory().createUser(driver->home(), record, [&](const auto &answer) {
                ids.push_back(answer ? answer->id.text : answer.error().detail);
                if (ids.size() == 2 * rounds)
                    loop.quit();
            });
        }
    }
    QTimer::singleShot(30'000, &loop, [&loop] { loop.quit(); });
    loop.exec();
    std::sort(ids.begin(), ids.end(), [](const Text &a, const Text &b) { return a.toInt() < b.toInt(); });
    QCOMPARE(ids.size(), std::size_t(2 * rounds));
    for (int i = 0; i < 2 * rounds; ++i)
        QCOMPARE(ids.at(static_cast<std::size_t>(i)), Text::number(i + 1));
    first->stop();
    second->stop();
}

void TestPostgres::anEmailIsTakenOnce()
{
    test::PgDatabase database;
    QVERIFY2(database.isValid(), qPrintable(database.error()));
    const auto first = opened(database.url());
    const auto second = opened(database.url());
    StoreDriver one(*first, m_clock);
    StoreDriver two(*second, m_clock);
    constexpr int rounds = 30;
    int made = 0;
    int conflicts = 0;
    int answered = 0;
    QEventLoop loop;
    for (int round = 0; round < rounds; ++round) {
        for (StoreDriver *driver : {&one, &two}) {
            ports::UserRecord record;
            record.name = "name";
            record.email = Text::number(round) + "@example.org";
            record.createdAt = m_clock.now();
            driver->directory().createUser(driver->home(), record, [&](const auto &answer) {
                made += answer ? 1 : 0;
                conflicts += !answer && answer.error().code == ErrorCode::Conflict ? 1 : 0;
                if (++answered == 2 * rounds)
                    loop.quit();
            });
        }
    }
    QTimer::singleShot(30'000, &loop, [&loop] { loop.quit(); });
    loop.exec();
    QCOMPARE(answered, 2 * rounds);
    QCOMPARE(made, rounds);
    QCOMPARE(conflicts, rounds);
    first->stop();
    second->stop();
}

void TestPostgres::aDeadlockIsRepeated()
{
    test::PgDatabase database;
    QVERIFY2(database.isValid(), qPrintable(database.error()));
    const auto store = opened(database.url());
    StoreDriver driver(*store, m_clock);
    // PostgreSQL ends the first transaction as it ends a deadlock; a sequence remembers that through the
    // rollback.
    PgConnection owner(parsePgUrl(database.url()).value());
    QVERIFY(owner.open());
    QVERIFY(owner.exec("CREATE SEQUENCE races;"
                       "CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN"
                       " IF nextval('races') = 1 THEN"
                       " RAISE EXCEPTION 'deadlock detected' USING ERRCODE = '40P01'; END IF;"
                       " RETURN NULL; END$$;"
                       "CREATE TRIGGER lose BEFORE INSERT ON notifications EXECUTE FUNCTION lose()"));
    owner.close();
    const auto answer = submit(driver, "once");
    QVERIFY2(answer, answer ? "" : answer.error().detail.constData());
    QCOMPARE(driver.titles("a"), (std::vector<Text>{"once"}));
    QCOMPARE(store->probe().rowRetries.value(), std::uint64_t(0)); // the batch as a whole
    QVERIFY(store->health().ok);
    store->stop();
}

void TestPostgres::auditIsAppendOnly()
{
    test::PgDatabase database;
    QVERIFY2(database.isValid(), qPrintable(database.error()));
    opened(database.url())->stop();
    PgConnection owner(parsePgUrl(database.url()).value());
    QVERIFY(owner.open());
    // One of the year before last, one of now.
    QVERIFY(owner.exec("INSERT INTO audit (at, actor, action, done) VALUES (1, 'a', 'old', 1),"
                       " ((extract(epoch FROM now()) * 1000000)::bigint, 'a', 'new', 1)"));
    QVERIFY(!owner.exec("UPDATE audit SET detail = 'x' WHERE action = 'old'"));
    QVERIFY(!owner.exec("DELETE FROM audit WHERE action = 'new'"));
    QVERIFY(!owner.exec("TRUNCATE audit"));
    QVERIFY(owner.exec("DELETE FROM audit WHERE action = 'old'"));
}

void TestPostgres::lostConnectionsComeBack()
{
    test::PgDatabase database;
    QVERIFY2(database.isValid(), qPrintable(database.error()));
    const auto store = opened(database.url());
    StoreDriver driver(*store, m_clock);
    QVERIFY(submit(driver, "before"));
    QVERIFY(database.dropConnections());
    // Nothing had begun on the lost connections: the next write and read make new ones without a word.
    QVERIFY(submit(driver, "after"));
    QCOMPARE(driver.titles("a"), (std::vector<Text>{"after", "before"}));
    QVERIFY(store->health().ok);
    store->stop();
}

void TestPostgres::serverGoesAwayAndComesBack()
{
    test::PgServer server;
    QVERIFY2(server.isValid(), qPrintable(server.error()));
    const auto store = opened(server.url());
    StoreDriver driver(*store, m_clock);
    QVERIFY(submit(driver, "before"));

    QVERIFY2(server.goAway(), qPrintable(server.error()));
    const auto refused = submit(driver, "lost");
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Unavailable);
    QVERIFY(refused.error().retryAfter);
    QVERIFY(!store->health().ok);
    QVERIFY(store->health().detail.contains("127.0.0.1"));

    QVERIFY2(server.comeBack(), qPrintable(server.error()));
    QVERIFY(test::waitUntil([&] { return store->health().ok; }));
    QVERIFY(submit(driver, "after"));
    QVERIFY(
        test::waitUntil([&] { return driver.log("a").has_value(); })); // the readers come back on their own
    QCOMPARE(driver.titles("a"), (std::vector<Text>{"after", "before"}));
    store->stop();
}

void TestPostgres::remarksAreLogged()
{
    test::PgDatabase database;
    QVERIFY2(database.isValid(), qPrintable(database.error()));
    PgConnection connection(parsePgUrl(database.url()).value());
    QVERIFY(connection.open());
    QTest::ignoreMessage(QtWarningMsg, "PostgreSQL remarks: WARNING:  mind the gap");
    QVERIFY(
        connection.exec("DO $$ BEGIN RAISE NOTICE 'of no interest'; RAISE WARNING 'mind the gap'; END $$"));
}

void TestPostgres::refusesWithoutTheMigration()
{
    test::PgDatabase database;
    QVERIFY2(database.isValid(), qPrintable(database.error()));
    StoreOptions options;
    options.url = database.url();
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

void TestPostgres::firstSchemaIsMigrated()
{
    test::PgDatabase database;
    QVERIFY2(database.isValid(), qPrintable(database.error()));
    PgConnection owner(parsePgUrl(database.url()).value());
    QVERIFY(owner.open());
    const auto made = owner.exec(FirstSchema::sql("postgresql"));
    QVERIFY2(made, made ? "" : made.error().detail.constData());
    owner.close();
    m_clock.set(FirstSchema::stoppedAt);
    const auto store = opened(database.url());
    StoreDriver driver(*store, m_clock);
    FirstSchema::check(driver);
    store->stop();
}

void TestPostgres::renewsTheEpoch()
{
    test::PgDatabase database;
    QVERIFY2(database.isValid(), qPrintable(database.error()));
    StoreOptions options;
    options.url = database.url();
    QVERIFY(migrate(options));
    const auto first = newEpoch(options);
    const auto second = newEpoch(options);
    QVERIFY(first && second);
    QVERIFY(*first != *second);
    const auto store = opened(database.url());
    QCOMPARE(store->directory().epoch().text, second->text);
    store->stop();
}

void TestPostgres::warnsOfWeakSettings()
{
    test::PgServer server(test::PgServer::Mode::Fast);
    QVERIFY2(server.isValid(), qPrintable(server.error()));
    for (const char *setting : {"fsync", "full_page_writes"})
        QTest::ignoreMessage(QtWarningMsg,
                             QRegularExpression(QLatin1String(setting) + QLatin1String("=off")));
    opened(server.url())->stop();
}

void TestPostgres::tellsNoPassword_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::newRow("nobody there") << QByteArray("postgresql://someone:hidden@127.0.0.1:1/none");
    QTest::newRow("unknown option") << QByteArray("postgresql://someone:hidden@127.0.0.1:1/none?x=1");
    QTest::newRow("no database") << QByteArray("postgresql://someone:hidden@127.0.0.1:1/");
    QTest::newRow("no URL") << QByteArray("postgresql://someone:hidden@[127/none");
}

void TestPostgres::tellsNoPassword()
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

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    belfry::test::PgDatabase database;
    belfry::store::StoreOptions options;
    options.url = database.url();
    // Migrated once, emptied for each test.
    const auto migrated = belfry::store::migrate(options);
    if (!database.isValid() || !migrated)
        qFatal("%s", database.isValid() ? migrated.error().detail.constData() : qPrintable(database.error()));
    belfry::store::StoreContract contract([&] {
        if (!database.clear())
            qFatal("the database was not emptied");
        return options;
    });
    belfry::store::TestPostgres postgres;
    const int promised = QTest::qExec(&contract, argc, argv);
    return promised + QTest::qExec(&postgres, argc, argv);
}

#include "tst_store_postgres.moc"
