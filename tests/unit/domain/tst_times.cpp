#include "domain/times.h"

#include <QTest>

using namespace belfry;
using domain::WishedTimes;
using model::Instant;
using model::MaybeInstant;
using std::chrono::hours;
using std::chrono::seconds;

namespace {
constexpr Instant now{1'700'000'000'000'000};

struct Expected
{
    MaybeInstant scheduledFor;
    MaybeInstant expiresAt;
    bool liveOnly = false;
};
} // namespace
Q_DECLARE_METATYPE(WishedTimes)
Q_DECLARE_METATYPE(Expected)

class TestTimes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void resolves_data();
    void resolves();
    void refuses_data();
    void refuses();
};

void TestTimes::resolves_data()
{
    QTest::addColumn<WishedTimes>("wish");
    QTest::addColumn<Expected>("expected");
    const Instant later = now + hours(2);
    QTest::newRow("30 days by default") << WishedTimes{} << Expected{{}, now + model::days(30)};
    QTest::newRow("ttl") << WishedTimes{{}, seconds(60), {}} << Expected{{}, now + seconds(60)};
    QTest::newRow("expires_at") << WishedTimes{{}, {}, later} << Expected{{}, later};
    QTest::newRow("the earlier end counts")
        << WishedTimes{{}, seconds(60), later} << Expected{{}, now + seconds(60)};
    QTest::newRow("ttl 0 is live only") << WishedTimes{{}, seconds(0), {}} << Expected{{}, now, true};
    QTest::newRow("ttl counts from due (H36)")
        << WishedTimes{later, seconds(60), {}} << Expected{later, later + seconds(60)};
    QTest::newRow("default counts from due")
        << WishedTimes{later, {}, {}} << Expected{later, later + model::days(30)};
    QTest::newRow("scheduled in the past is now")
        << WishedTimes{now - hours(1), seconds(60), {}} << Expected{{}, now + seconds(60)};
    QTest::newRow("scheduled now is now") << WishedTimes{now, {}, {}} << Expected{{}, now + model::days(30)};
    const Instant year = now + model::days(366);
    QTest::newRow("a year ahead") << WishedTimes{year, {}, {}} << Expected{year, year + model::days(30)};
}

void TestTimes::resolves()
{
    QFETCH(WishedTimes, wish);
    QFETCH(Expected, expected);
    const auto times = domain::resolveTimes(wish, now);
    QVERIFY(times);
    QVERIFY(times->scheduledFor == expected.scheduledFor);
    QVERIFY(times->expiresAt == expected.expiresAt);
    QCOMPARE(times->liveOnly, expected.liveOnly);
}

void TestTimes::refuses_data()
{
    QTest::addColumn<WishedTimes>("wish");
    QTest::addColumn<QByteArray>("pointer");
    const Instant later = now + hours(2);
    QTest::newRow("negative ttl") << WishedTimes{{}, seconds(-1), {}} << QByteArray("/ttl");
    QTest::newRow("absurd ttl") << WishedTimes{{}, domain::ttlLimit + seconds(1), {}} << QByteArray("/ttl");
    QTest::newRow("ttl 0 scheduled") << WishedTimes{later, seconds(0), {}} << QByteArray("/ttl");
    QTest::newRow("over a year ahead")
        << WishedTimes{now + model::days(366) + seconds(1), {}, {}} << QByteArray("/scheduled_for");
    QTest::newRow("ends before it is due")
        << WishedTimes{later, {}, later - seconds(1)} << QByteArray("/expires_at");
    QTest::newRow("ends when it is due") << WishedTimes{later, {}, later} << QByteArray("/expires_at");
    QTest::newRow("ended") << WishedTimes{{}, {}, now} << QByteArray("/expires_at");
}

void TestTimes::refuses()
{
    QFETCH(WishedTimes, wish);
    QFETCH(QByteArray, pointer);
    const auto times = domain::resolveTimes(wish, now);
    QVERIFY(!times);
    QCOMPARE(times.error().code, model::ErrorCode::Invalid);
    QCOMPARE(times.error().fields.value(0).pointer, pointer);
}

QTEST_GUILESS_MAIN(TestTimes)
#include "tst_times.moc"
