#include "net/timer_queue.h"

#include <QTest>
#include <QTimerEvent>
#include <functional>

using namespace belfry::net;

namespace {
constexpr qint64 msec = 1'000'000;

class Recorder final : public QObject
{
public:
    QList<int> fired;
    std::function<void(int)> then;

protected:
    void timerEvent(QTimerEvent *event) override
    {
        fired.append(event->timerId());
        if (then)
            then(event->timerId());
    }
};
} // namespace

class TestTimerQueue final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void firesInOrderOfTheirTimes()
    {
        TimerQueue timers;
        Recorder recorder;
        timers.add(1, 30, Qt::PreciseTimer, &recorder, 0);
        timers.add(2, 10, Qt::PreciseTimer, &recorder, 0);
        timers.add(3, 20, Qt::PreciseTimer, &recorder, 0);
        QCOMPARE(timers.nextDue().value(), 10 * msec);
        QCOMPARE(timers.fire(9 * msec), 0);
        QCOMPARE(timers.fire(30 * msec), 3);
        QCOMPARE(recorder.fired, (QList<int>{2, 3, 1}));
    }

    void firesOnceForSeveralMissedIntervals()
    {
        TimerQueue timers;
        Recorder recorder;
        timers.add(1, 10, Qt::PreciseTimer, &recorder, 0);
        QCOMPARE(timers.fire(95 * msec), 1);
        QCOMPARE(timers.remainingMs(1, 95 * msec), 10);
    }

    void keepsItsRhythm()
    {
        TimerQueue timers;
        Recorder recorder;
        timers.add(1, 10, Qt::PreciseTimer, &recorder, 0);
        QCOMPARE(timers.fire(13 * msec), 1);
        QCOMPARE(timers.nextDue().value(), 20 * msec);
    }

    void aZeroTimerFiresOnceATurn()
    {
        TimerQueue timers;
        Recorder recorder;
        timers.add(1, 0, Qt::PreciseTimer, &recorder, 0);
        QCOMPARE(timers.fire(5), 1);
        QCOMPARE(timers.fire(5), 1);
        QCOMPARE(recorder.fired.size(), 2);
    }

    void aHandlerMayRemoveAnotherThatIsDue()
    {
        TimerQueue timers;
        Recorder recorder;
        timers.add(1, 10, Qt::PreciseTimer, &recorder, 0);
        timers.add(2, 11, Qt::PreciseTimer, &recorder, 0);
        recorder.then = [&](int) { timers.remove(2); };
        QCOMPARE(timers.fire(20 * msec), 1);
        QCOMPARE(recorder.fired, (QList<int>{1}));
    }

    void aHandlerMayRemoveItself()
    {
        TimerQueue timers;
        Recorder recorder;
        timers.add(1, 10, Qt::PreciseTimer, &recorder, 0);
        recorder.then = [&](int id) { QVERIFY(timers.remove(id)); };
        QCOMPARE(timers.fire(10 * msec), 1);
        QVERIFY(!timers.nextDue());
        QCOMPARE(timers.remainingMs(1, 0), -1);
    }

    void aHandlerMayStartItselfAnew()
    {
        TimerQueue timers;
        Recorder recorder;
        timers.add(1, 10, Qt::PreciseTimer, &recorder, 0);
        recorder.then = [&](int id) { timers.add(id, 50, Qt::PreciseTimer, &recorder, 10 * msec); };
        QCOMPARE(timers.fire(10 * msec), 1);
        QCOMPARE(timers.nextDue().value(), 60 * msec);
    }

    void aLoopInsideAHandlerDoesNotFireItAgain()
    {
        TimerQueue timers;
        Recorder recorder;
        timers.add(1, 0, Qt::PreciseTimer, &recorder, 0);
        timers.add(2, 0, Qt::PreciseTimer, &recorder, 0);
        recorder.then = [&](int id) {
            if (id == 1)
                QCOMPARE(timers.fire(1 * msec), 1); // only the other one
        };
        QCOMPARE(timers.fire(0), 1);
        QCOMPARE(recorder.fired, (QList<int>{1, 2}));
    }

    void aVeryCoarseTimerKeepsToWholeSeconds()
    {
        TimerQueue timers;
        Recorder recorder;
        timers.add(1, 1500, Qt::VeryCoarseTimer, &recorder, 100 * msec);
        QCOMPARE(timers.nextDue().value(), 2000 * msec);
    }

    void knowsTheTimersOfAnObject()
    {
        TimerQueue timers;
        Recorder one;
        Recorder other;
        timers.add(1, 10, Qt::CoarseTimer, &one, 0);
        timers.add(2, 20, Qt::CoarseTimer, &other, 0);
        QCOMPARE(timers.of(&one).size(), 1);
        QCOMPARE(timers.of(&one).front().interval, 10);
        QVERIFY(timers.removeAll(&one));
        QVERIFY(!timers.removeAll(&one));
        QCOMPARE(timers.nextDue().value(), 20 * msec);
    }
};

QTEST_GUILESS_MAIN(TestTimerQueue)
#include "tst_timer_queue.moc"
