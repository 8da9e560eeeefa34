#include "runtime/log_context.h"
#include "runtime/trace_budget.h"

#include <QTest>

using namespace belfry::runtime;
using namespace std::chrono_literals;

class TestTraceBudget : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatGoesBeyondIsLeftOut();
    void aTraceGoesOnWithoutBeingRecorded();
};

void TestTraceBudget::whatGoesBeyondIsLeftOut()
{
    TraceBudget budget(10, 3);
    SteadyTime now(1h);
    const auto taken = [&](int wanted) {
        int count = 0;
        for (int i = 0; i < wanted; ++i)
            count += budget.take(now) ? 1 : 0;
        return count;
    };
    QCOMPARE(taken(1'000), 3);
    QCOMPARE(budget.leftOut(), 997u);
    now += 100ms;
    QCOMPARE(taken(5), 1);
    now += 1h; // no more is saved up than may come at once
    QCOMPARE(taken(5), 3);
    QCOMPARE(budget.leftOut(), 1'003u);
}

void TestTraceBudget::aTraceGoesOnWithoutBeingRecorded()
{
    const QByteArray trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    QVERIFY(isSampled(trace));
    QVERIFY(!isSampled(unsampled(trace)));
    QCOMPARE(unsampled(trace), trace.chopped(1) + '0');
    QCOMPARE(unsampled(unsampled(trace)), unsampled(trace));
    QCOMPARE(unsampled({}), QByteArray());
}

QTEST_APPLESS_MAIN(TestTraceBudget)
#include "tst_trace_budget.moc"
