#include "runtime/gate.h"

#include <QElapsedTimer>
#include <QTest>
#include <memory>
#include <thread>

using belfry::runtime::Gate;
using namespace std::chrono_literals;

class TstGate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsWhatIsInside();
    void closedRefusesNewcomers();
    void aPassLeavesOnce();
    void waitGivesUpAtTheDeadline();
    void waitReturnsWhenTheLastOneLeaves();
    void theGateMayDieWhenWaitReturns();
};

void TstGate::countsWhatIsInside()
{
    Gate gate;
    QVERIFY(gate.wait(0ms));
    {
        const Gate::Pass one = gate.enter();
        const Gate::Pass two = gate.enter();
        QVERIFY(one);
        QVERIFY(two);
        QCOMPARE(gate.inside(), 2);
    }
    QCOMPARE(gate.inside(), 0);
}

void TstGate::closedRefusesNewcomers()
{
    Gate gate;
    const Gate::Pass before = gate.enter();
    gate.close();
    const Gate::Pass after = gate.enter();
    QVERIFY(before);
    QVERIFY(!after);
    QCOMPARE(gate.inside(), 1);
}

void TstGate::aPassLeavesOnce()
{
    Gate gate;
    Gate other;
    Gate::Pass pass = gate.enter();
    Gate::Pass moved = std::move(pass);
    QVERIFY(moved);
    QCOMPARE(gate.inside(), 1);
    moved = other.enter();
    QCOMPARE(gate.inside(), 0);
    QCOMPARE(other.inside(), 1);
    moved = {};
    QVERIFY(!moved);
    QCOMPARE(other.inside(), 0);
}

void TstGate::waitGivesUpAtTheDeadline()
{
    Gate gate;
    const Gate::Pass pass = gate.enter();
    gate.close();
    QElapsedTimer timer;
    timer.start();
    QVERIFY(!gate.wait(20ms));
    QVERIFY(timer.elapsed() >= 20);
}

void TstGate::waitReturnsWhenTheLastOneLeaves()
{
    Gate gate;
    Gate::Pass pass = gate.enter();
    gate.close();
    std::thread leaver([held = std::move(pass)]() mutable { held = {}; });
    QVERIFY(gate.wait(15s));
    QCOMPARE(gate.inside(), 0);
    leaver.join();
}

void TstGate::theGateMayDieWhenWaitReturns()
{
    // A defect shows under the sanitizers: the leaver must not touch the gate after the waiter was let go.
    for (int i = 0; i < 500; ++i) {
        auto gate = std::make_unique<Gate>();
        std::thread leaver([held = gate->enter()]() mutable { held = {}; });
        gate->close();
        QVERIFY(gate->wait(15s));
        gate.reset();
        leaver.join();
    }
}

QTEST_GUILESS_MAIN(TstGate)
#include "tst_gate.moc"
