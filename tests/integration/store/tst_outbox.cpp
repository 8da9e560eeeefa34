// The outbox as somebody else's relay finds it, in both databases.
#include "bus/outbox_encoder.h"
#include "store_driver.h"
#include "support/outbox_table.h"
#include "support/pg_server.h"

#include <QTemporaryDir>
#include <QTest>
#include <thread>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace belfry::store {
namespace {
class TestOutbox : public QObject
{
    Q_OBJECT

private:
    runtime::FakeClock m_clock;
    bus::OutboxEncoder m_encoder;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<test::PgDatabase> m_database;
    StoreOptions m_options;

    static void bothDatabases()
    {
        QTest::addColumn<bool>("onPostgres");
        QTest::newRow("SQLite") << false;
        QTest::newRow("PostgreSQL") << true;
    }

    [[nodiscard]] std::unique_ptr<ports::Store> opened() const
    {
        auto store = openStore(m_options, m_clock);
        store->setOutboxEncoder(&m_encoder);
        if (const auto started = store->start(); !started)
            qFatal("not started: %s", started.error().detail.constData());
        return store;
    }

private Q_SLOTS:
    void init();
    void rowsSayWhatTheLogSays_data() { bothDatabases(); }
    void rowsSayWhatTheLogSays();
    void publishedOnesGoAtOnce_data() { bothDatabases(); }
    void publishedOnesGoAtOnce();
    void twoWritersKeepTheOrderOfAUser();
};

void TestOutbox::init()
{
    m_clock.set({1'700'000'000'000'000});
    m_options = {};
    m_database.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    const auto *row = QTest::currentDataTag();
    if (row && QByteArrayView(row) == "SQLite") {
        m_options.dataDir = m_folder->path();
        m_options.url = "sqlite://" + m_folder->path().toUtf8() + "/belfry.db";
        return;
    }
    m_database = std::make_unique<test::PgDatabase>();
    QVERIFY2(m_database->isValid(), qPrintable(m_database->error()));
    m_options.url = m_database->url();
}

void TestOutbox::rowsSayWhatTheLogSays()
{
    const auto store = opened();
    StoreDriver s(*store, m_clock);
    auto traced = s.submitOf({"ada"}, StoreDriver::content("one \xe2\x98\x83 \"\\"));
    traced.traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    const model::Notification item = s.submit(traced)->items.front().item;
    s.send("ben", "two");
    s.apply("ada", model::OpSet::Read, item.id);
    QVERIFY(s.recall(item.id));
    const std::vector<test::OutboxEntry> rows = test::readOutbox(m_options.url);
    QCOMPARE(rows.size(), 4);
    const QStringList keys{rows[0].key, rows[1].key, rows[2].key, rows[3].key};
    QCOMPARE(keys, (QStringList{u"ada"_s, u"ben"_s, u"ada"_s, u"ada"_s}));
    const QStringList types{rows[0].type, rows[1].type, rows[2].type, rows[3].type};
    QCOMPARE(types, (QStringList{u"belfry.notification.created"_s, u"belfry.notification.created"_s,
                                 u"belfry.notification.state"_s, u"belfry.notification.recalled"_s}));
    const std::array<qint64, 4> seqs{1, 1, 2, 3};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const test::OutboxEntry &row = rows[i];
        QCOMPARE(row.stream, u"notifications"_s);
        QCOMPARE(row.payload[u"id"_s].toString(), row.id);
        QCOMPARE(row.payload[u"type"_s].toString(), row.type);
        QCOMPARE(row.payload[u"subject"_s].toString(), row.key);
        QCOMPARE(row.payload[u"data"_s][u"change"_s][u"seq"_s].toInteger(), seqs[i]);
        QVERIFY(!row.isPublished);
    }
    QCOMPARE(rows[0].traceparent.toLatin1(), traced.traceparent);
    QVERIFY(rows[3].traceparent.isEmpty());
    QCOMPARE(rows[0].payload[u"data"_s][u"change"_s][u"item"_s][u"title"_s].toString(), u"one \u2603 \"\\"_s);
    QCOMPARE(rows[0].payload[u"data"_s][u"counts"_s][u"unread"_s].toInteger(), 1);
    QCOMPARE(rows[3].payload[u"data"_s][u"counts"_s][u"unread"_s].toInteger(), 0);
    store->stop();
}

void TestOutbox::publishedOnesGoAtOnce()
{
    const auto store = opened();
    StoreDriver s(*store, m_clock);
    for (const char *title : {"one", "two", "three"})
        s.send("ada", title);
    test::publish(m_options.url, test::readOutbox(m_options.url)[1].id, m_clock.now().us);
    QCOMPARE(s.backlogs().outbox.depth, 2);
    ports::SweepStep step;
    step.now = s.now();
    QCOMPARE(s.sweep(step)->removed, 1);
    const auto rows = test::readOutbox(m_options.url);
    QCOMPARE(rows.size(), 2);
    QCOMPARE(rows[0].payload[u"data"_s][u"change"_s][u"seq"_s].toInteger(), 1);
    QCOMPARE(rows[1].payload[u"data"_s][u"change"_s][u"seq"_s].toInteger(), 3);
    // A number that was given is not given again, so that no relay takes a new row for one that it knows.
    test::publish(m_options.url, rows[0].id, m_clock.now().us);
    test::publish(m_options.url, rows[1].id, m_clock.now().us);
    QCOMPARE(s.sweep(step)->removed, 2);
    s.send("ada", "four");
    QCOMPARE(test::readOutbox(m_options.url).front().position, 4);
    store->stop();
}

void TestOutbox::twoWritersKeepTheOrderOfAUser()
{
    constexpr int each = 60;
    const auto first = opened();
    const auto second = opened();
    const auto write = [this](ports::Store &store) {
        StoreDriver s(store, m_clock);
        for (int i = 0; i < each; ++i)
            s.send(i % 2 == 0 ? "ada" : "ben", model::Text::number(i));
    };
    std::thread other(write, std::ref(*second));
    write(*first);
    other.join();
    QHash<QString, qint64> seqs;
    for (const test::OutboxEntry &row : test::readOutbox(m_options.url))
        QCOMPARE(row.payload[u"data"_s][u"change"_s][u"seq"_s].toInteger(), ++seqs[row.key]);
    QCOMPARE(seqs.value(u"ada"_s), each);
    QCOMPARE(seqs.value(u"ben"_s), each);
    first->stop();
    second->stop();
}
} // namespace
} // namespace belfry::store

QTEST_GUILESS_MAIN(belfry::store::TestOutbox)
#include "tst_outbox.moc"
