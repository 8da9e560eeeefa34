#include "runtime/loop_lag.h"

#include "runtime/loop_thread.h"
#include "support/wait_until.h"

#include <QTest>
#include <thread>

using namespace belfry;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using runtime::Histogram;

namespace {
/// How many took longer than 2^`power` µs.
std::uint64_t countAbove(const Histogram &histogram, int power)
{
    std::uint64_t n = 0;
    for (int i = power + 1; i < Histogram::buckets; ++i)
        n += histogram.count(i);
    return n;
}
} // namespace

class TstLoopLag : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aBusyLoopIsLate();
    void itEndsWithTheLoop();
};

void TstLoopLag::aBusyLoopIsLate()
{
    Histogram lag;
    runtime::LoopThread thread(u"lane"_s);
    thread.start();
    runtime::watchLag(thread.loop(), lag, 1ms);
    QVERIFY(test::waitUntil([&] { return lag.count(0) + countAbove(lag, 0) >= 3; }));
    // A task that keeps the loop: whatever this machine does, the timer is late by the most of it.
    const std::uint64_t before = countAbove(lag, 15); // 33 ms
    thread.loop().post([] { std::this_thread::sleep_for(50ms); });
    QVERIFY(test::waitUntil([&] { return countAbove(lag, 15) > before; }));
    QVERIFY(lag.sum() >= 33'000);
}

void TstLoopLag::itEndsWithTheLoop()
{
    Histogram lag;
    {
        runtime::LoopThread thread(u"lane"_s);
        thread.start();
        runtime::watchLag(thread.loop(), lag, 1ms);
        QVERIFY(test::waitUntil([&] { return lag.sum() > 0; }));
    }
    const std::uint64_t sum = lag.sum();
    QTest::qWait(5);
    QCOMPARE(lag.sum(), sum);
}

QTEST_GUILESS_MAIN(TstLoopLag)
#include "tst_loop_lag.moc"
