#include "window/clock.h"

#include <QSignalSpy>
#include <QtTest>

namespace belfry::window {
class TestClock : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void knowsTheMinute();
    void ticksAsTheMinuteBegins();
    void ticksOnlyWhileSomethingIsShown();
};

void TestClock::knowsTheMinute()
{
    Clock clock([] { return model::Instant{1'700'000'017'500'000}; });
    QCOMPARE(clock.minute().toMSecsSinceEpoch(), 1'699'999'980'000);
}

void TestClock::ticksAsTheMinuteBegins()
{
    qint64 ms = 1'700'000'039'990; // 10 ms before a full minute
    Clock clock([&ms] { return model::Instant{ms * 1000}; });
    QSignalSpy spy(&clock, &Clock::minuteChanged);
    clock.setTicking(true);
    ms += 12;
    QVERIFY(spy.wait(5'000));
    QCOMPARE(clock.minute().toMSecsSinceEpoch(), 1'700'000'040'000);
}

void TestClock::ticksOnlyWhileSomethingIsShown()
{
    qint64 ms = 1'700'000'039'990;
    Clock clock([&ms] { return model::Instant{ms * 1000}; });
    QSignalSpy spy(&clock, &Clock::minuteChanged);
    clock.setTicking(true);
    clock.setTicking(false);
    ms += 3'600'000;
    // Shown again: it is another minute at once, without a tick in between.
    QCOMPARE(spy.count(), 0);
    clock.setTicking(true);
    QCOMPARE(spy.count(), 1);
}
} // namespace belfry::window

QTEST_GUILESS_MAIN(belfry::window::TestClock)
#include "tst_clock.moc"
