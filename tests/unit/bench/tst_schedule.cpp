#include "bench/schedule.h"

#include <QTest>

using namespace belfry::bench;
using namespace std::chrono_literals;

class ScheduleTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void dueTimesDependOnTheNumberAlone();
    void whatWasMissedIsStillDueAtItsOwnTime();
    void oddRatesDoNotDrift();
};

void ScheduleTest::dueTimesDependOnTheNumberAlone()
{
    const Moment start{1h};
    Schedule schedule(start, 2000);
    QVERIFY(schedule.isDue(start));
    QVERIFY(!schedule.isDue(start - 1ns));
    QVERIFY(schedule.take() == start);
    QVERIFY(!schedule.isDue(start + 499us));
    QVERIFY(schedule.isDue(start + 500us));
    QVERIFY(schedule.at(2000) == start + 1s);
}

// A server that stands still for a second must show a second of latency for what was due then: the operations
// are neither left out nor moved to a later time.
void ScheduleTest::whatWasMissedIsStillDueAtItsOwnTime()
{
    const Moment start{1h};
    Schedule schedule(start, 1000);
    schedule.take();
    const Moment late = start + 1s;
    int due = 0;
    while (schedule.isDue(late)) {
        const Moment scheduled = schedule.take();
        ++due;
        QVERIFY(scheduled == start + due * 1ms);
    }
    QCOMPARE(due, 1000);
    QVERIFY(schedule.nextDue() == start + 1001ms);
    QCOMPARE(schedule.taken(), 1001U);
}

void ScheduleTest::oddRatesDoNotDrift()
{
    const Moment start{1h};
    const Schedule schedule(start, 3);
    const Span off = schedule.at(3'000'000) - (start + 1'000'000s);
    QVERIFY(std::abs(off.count()) <= 1000);
}

QTEST_APPLESS_MAIN(ScheduleTest)
#include "tst_schedule.moc"
