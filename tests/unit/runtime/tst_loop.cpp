#include "runtime/loop.h"

#include "support/wait_until.h"

#include <QTest>
#include <memory>
#include <thread>

using namespace belfry;
using namespace std::chrono_literals;
using runtime::Loop;
using runtime::Task;

namespace {
/// Counts how often the loop is woken: each wake-up is one event.
class CountingLoop : public Loop
{
public:
    int events = 0;

protected:
    bool event(QEvent *event) override
    {
        ++events;
        return Loop::event(event);
    }
};
} // namespace

class TstLoop : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tasksRunInOrderWithOneWakeUp();
    void aBatchKeepsItsPlace();
    void whatATaskPostsRunsLater();
    void aTaskIsDestroyedOnceItHasRun();
    void tasksLeftOverAreDestroyedUnrun();
    void turnEndComesAfterThePostedTasks();
    void turnEndOfATurnEndIsTheNextTurn();
    void aTaskMayRunANestedLoop();
    void everyTaskOfSeveralThreadsRunsOnceInItsOrder();
    void afterRunsOnceAndNotBefore();
    void afterIsDroppedWithTheLoop();
    void currentIsTheThreadOfTheLoop();
};

void TstLoop::tasksRunInOrderWithOneWakeUp()
{
    CountingLoop loop;
    QList<int> ran;
    for (int i = 0; i < 4; ++i)
        loop.post([&ran, i] { ran << i; });
    QCOMPARE(loop.backlog(), std::size_t(4));
    QVERIFY(ran.isEmpty());
    QVERIFY(test::waitUntil([&] { return ran.size() == 4; }));
    QCOMPARE(ran, (QList<int>{0, 1, 2, 3}));
    QCOMPARE(loop.events, 1);
    QCOMPARE(loop.backlog(), std::size_t(0));
}

void TstLoop::aBatchKeepsItsPlace()
{
    CountingLoop loop;
    QList<int> ran;
    std::vector<Task> batch;
    batch.emplace_back([&] { ran << 2; });
    batch.emplace_back([&] { ran << 3; });
    loop.post([&] { ran << 1; });
    loop.post(std::move(batch));
    loop.post(std::vector<Task>());
    loop.post([&] { ran << 4; });
    QVERIFY(test::waitUntil([&] { return ran.size() == 4; }));
    QCOMPARE(ran, (QList<int>{1, 2, 3, 4}));
    QCOMPARE(loop.events, 1);
}

void TstLoop::whatATaskPostsRunsLater()
{
    Loop loop;
    QList<int> ran;
    loop.post([&] {
        loop.post([&] { ran << 3; });
        ran << 1;
    });
    loop.post([&] { ran << 2; });
    QVERIFY(test::waitUntil([&] { return ran.size() == 3; }));
    QCOMPARE(ran, (QList<int>{1, 2, 3}));
}

void TstLoop::aTaskIsDestroyedOnceItHasRun()
{
    Loop loop;
    auto owned = std::make_shared<int>(1);
    const std::weak_ptr<int> watched = owned;
    bool goneBeforeTheNext = false;
    loop.post([held = std::move(owned)] {});
    loop.post([&] { goneBeforeTheNext = watched.expired(); });
    QVERIFY(test::waitUntil([&] { return goneBeforeTheNext; }, 1s));
}

void TstLoop::tasksLeftOverAreDestroyedUnrun()
{
    auto owned = std::make_shared<int>(1);
    const std::weak_ptr<int> watched = owned;
    bool ran = false;
    {
        Loop loop;
        loop.post([&ran, held = owned] { ran = true; });
        loop.atTurnEnd([&ran, held = owned] { ran = true; });
        owned.reset();
        QVERIFY(!watched.expired());
    }
    QVERIFY(watched.expired());
    QCoreApplication::processEvents();
    QVERIFY(!ran);
}

void TstLoop::turnEndComesAfterThePostedTasks()
{
    Loop loop;
    QList<int> ran;
    loop.atTurnEnd([&] { ran << 3; });
    loop.post([&] { ran << 1; });
    loop.post([&] { ran << 2; });
    loop.atTurnEnd([&] { ran << 4; });
    QVERIFY(test::waitUntil([&] { return ran.size() == 4; }));
    QCOMPARE(ran, (QList<int>{1, 2, 3, 4}));
}

void TstLoop::turnEndOfATurnEndIsTheNextTurn()
{
    Loop loop;
    QList<int> ran;
    loop.atTurnEnd([&] {
        ran << 1;
        loop.atTurnEnd([&] { ran << 4; });
        loop.post([&] { ran << 3; });
    });
    loop.atTurnEnd([&] { ran << 2; });
    QVERIFY(test::waitUntil([&] { return ran.size() == 4; }));
    QCOMPARE(ran, (QList<int>{1, 2, 3, 4}));
}

void TstLoop::aTaskMayRunANestedLoop()
{
    Loop loop;
    QList<int> ran;
    loop.post([&] {
        ran << 1;
        loop.post([&] { ran << 2; });
        QVERIFY(test::waitUntil([&] { return ran.contains(2); }));
        ran << 3;
    });
    loop.post([&] { ran << 4; });
    QVERIFY(test::waitUntil([&] { return ran.size() == 4; }));
    QCOMPARE(ran, (QList<int>{1, 2, 3, 4}));
}

void TstLoop::everyTaskOfSeveralThreadsRunsOnceInItsOrder()
{
    constexpr int threads = 3;
    constexpr int perThread = 5'000;
    Loop loop;
    std::vector<int> next(threads, 0);
    int outOfOrder = 0;
    std::vector<std::thread> posters;
    for (std::size_t t = 0; t < threads; ++t) {
        posters.emplace_back([&loop, &next, &outOfOrder, t] {
            for (int i = 0; i < perThread; ++i)
                loop.post([&next, &outOfOrder, t, i] { outOfOrder += next[t]++ == i ? 0 : 1; });
        });
    }
    QVERIFY(test::waitUntil([&] { return next == std::vector<int>(threads, perThread); }));
    for (std::thread &poster : posters)
        poster.join();
    QCOMPARE(outOfOrder, 0);
}

void TstLoop::afterRunsOnceAndNotBefore()
{
    Loop loop;
    QElapsedTimer timer;
    timer.start();
    int ran = 0;
    qint64 elapsed = 0;
    loop.after(20ms, [&] {
        ++ran;
        elapsed = timer.elapsed();
    });
    QVERIFY(test::waitUntil([&] { return ran > 0; }));
    QVERIFY(elapsed >= 20);
    QCOMPARE(ran, 1);
}

void TstLoop::afterIsDroppedWithTheLoop()
{
    auto owned = std::make_shared<int>(1);
    const std::weak_ptr<int> watched = owned;
    {
        Loop loop;
        loop.after(1h, [held = std::move(owned)] {});
    }
    QVERIFY(watched.expired());
}

void TstLoop::currentIsTheThreadOfTheLoop()
{
    Loop loop;
    QVERIFY(loop.isCurrent());
    bool elsewhere = true;
    std::thread([&] { elsewhere = loop.isCurrent(); }).join();
    QVERIFY(!elsewhere);
}

QTEST_GUILESS_MAIN(TstLoop)
#include "tst_loop.moc"
