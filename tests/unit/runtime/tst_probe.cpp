#include "runtime/clock.h"
#include "runtime/probe.h"

#include <QTest>
#include <chrono>

using namespace belfry;
using runtime::Histogram;

class TstProbe : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void counterAndGauge();
    void histogramBuckets_data();
    void histogramBuckets();
    void histogramSums();
    void systemClockIsUtcMicroseconds();
    void fakeClockStandsStill();
};

void TstProbe::counterAndGauge()
{
    runtime::Counter counter;
    counter.add();
    counter.add(41);
    QCOMPARE(counter.value(), std::uint64_t(42));
    runtime::Gauge gauge;
    gauge.set(5);
    gauge.add(-7);
    QCOMPARE(gauge.value(), std::int64_t(-2));
}

void TstProbe::histogramBuckets_data()
{
    QTest::addColumn<quint64>("microseconds");
    QTest::addColumn<int>("bucket"); // holds (2^(i−1), 2^i]
    QTest::newRow("0") << quint64(0) << 0;
    QTest::newRow("1") << quint64(1) << 0;
    QTest::newRow("2") << quint64(2) << 1;
    QTest::newRow("3") << quint64(3) << 2;
    QTest::newRow("4") << quint64(4) << 2;
    QTest::newRow("5") << quint64(5) << 3;
    QTest::newRow("1,000") << quint64(1000) << 10;
    QTest::newRow("1,024") << quint64(1024) << 10;
    QTest::newRow("1,025") << quint64(1025) << 11;
    QTest::newRow("the last bound") << (quint64(1) << 25) << 25;
    QTest::newRow("past it") << (quint64(1) << 25) + 1 << 26;
    QTest::newRow("an hour") << quint64(3'600'000'000) << 26;
    QTest::newRow("the largest") << ~quint64(0) << 26;
}

void TstProbe::histogramBuckets()
{
    QFETCH(quint64, microseconds);
    QFETCH(int, bucket);
    Histogram histogram;
    histogram.observe(microseconds);
    for (int i = 0; i < Histogram::buckets; ++i)
        QCOMPARE(histogram.count(i), std::uint64_t(i == bucket ? 1 : 0));
}

void TstProbe::histogramSums()
{
    Histogram histogram;
    for (const std::uint64_t value : {1, 10, 100})
        histogram.observe(value);
    QCOMPARE(histogram.sum(), std::uint64_t(111));
}

void TstProbe::systemClockIsUtcMicroseconds()
{
    const qint64 before = QDateTime::currentMSecsSinceEpoch();
    const qint64 now = runtime::SystemClock().now().us / 1000;
    const qint64 after = QDateTime::currentMSecsSinceEpoch();
    QVERIFY(before <= now && now <= after);
}

void TstProbe::fakeClockStandsStill()
{
    runtime::FakeClock clock({1'000});
    QCOMPARE(clock.now(), model::Instant{1'000});
    clock.advance(std::chrono::milliseconds(2));
    QCOMPARE(clock.now(), model::Instant{3'000});
    const runtime::SteadyTime steady = clock.steady();
    clock.set({7});
    QCOMPARE(clock.now(), model::Instant{7});
    QVERIFY(clock.steady() == steady);
    clock.advance(std::chrono::milliseconds(1));
    QVERIFY(clock.steady() - steady == std::chrono::milliseconds(1));
}

QTEST_GUILESS_MAIN(TstProbe)
#include "tst_probe.moc"
