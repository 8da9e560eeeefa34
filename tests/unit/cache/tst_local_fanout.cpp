#include "cache/local_fanout.h"

#include "runtime/loop_thread.h"
#include "support/wait_until.h"

#include <QTest>
#include <QThread>

using namespace belfry;
using cache::LocalFanout;

namespace {
class Listener final : public ports::NewsListener
{
public:
    void news(const std::shared_ptr<const ports::CommittedBatch> &batch) override
    {
        sizes.push_back(batch->size());
        thread = QThread::currentThread();
        ++calls;
    }
    void liveOnly(const ports::LiveOnly &message) override
    {
        lastAlert = message.alert;
        thread = QThread::currentThread();
        ++calls;
    }
    void reread(const std::vector<model::UserId> &users) override
    {
        sizes.push_back(users.size());
        ++calls;
    }

    std::vector<std::size_t> sizes;
    model::Alert lastAlert = model::Alert::None;
    QThread *thread = nullptr;
    std::atomic<int> calls{0};
};

std::shared_ptr<const ports::CommittedBatch> batchOf(std::size_t size)
{
    return std::make_shared<const ports::CommittedBatch>(size);
}
} // namespace

class TestLocalFanout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void batchesReachEachLoopInOrder();
    void liveOnlyIsAtOnceOnTheOwnLoop();
    void nothingAfterRemoval();
    void countsSessions();
    void tellsWhoIsNewOrChanged();
};

void TestLocalFanout::batchesReachEachLoopInOrder()
{
    LocalFanout fanout;
    runtime::Loop here;
    runtime::LoopThread other(QStringLiteral("other"));
    other.start();
    Listener mine, theirs;
    fanout.add(here, mine);
    fanout.add(other.loop(), theirs);

    fanout.publish(batchOf(1));
    fanout.publish(batchOf(2));
    QCOMPARE(mine.calls.load(), 0); // posted, also here: a commit never runs into a listener
    QVERIFY(test::waitUntil([&] { return mine.calls == 2 && theirs.calls == 2; }));
    QCOMPARE(mine.sizes, (std::vector<std::size_t>{1, 2}));
    QCOMPARE(mine.thread, QThread::currentThread());
    other.stop();
    QCOMPARE(theirs.sizes, (std::vector<std::size_t>{1, 2}));
    QVERIFY(theirs.thread != QThread::currentThread());
}

void TestLocalFanout::liveOnlyIsAtOnceOnTheOwnLoop()
{
    LocalFanout fanout;
    runtime::Loop here;
    runtime::LoopThread other(QStringLiteral("other"));
    other.start();
    Listener mine, theirs;
    fanout.add(here, mine);
    fanout.add(other.loop(), theirs);

    fanout.publish(
        ports::LiveOnly{{}, std::make_shared<const model::Notification>(), model::Alert::Silent, {}});
    QCOMPARE(mine.calls.load(), 1);
    QCOMPARE(mine.lastAlert, model::Alert::Silent);
    QVERIFY(test::waitUntil([&] { return theirs.calls == 1; }));
    other.stop();
    QCOMPARE(theirs.lastAlert, model::Alert::Silent);
    QVERIFY(theirs.thread != QThread::currentThread());
}

void TestLocalFanout::nothingAfterRemoval()
{
    LocalFanout fanout;
    runtime::Loop here;
    Listener gone, stays;
    fanout.add(here, gone);
    fanout.add(here, stays);
    fanout.publish(batchOf(1));
    fanout.remove(gone); // what is posted already finds nobody
    fanout.publish(batchOf(1));
    fanout.publish(ports::LiveOnly{});
    QVERIFY(test::waitUntil([&] { return stays.calls == 3; }));
    QCOMPARE(gone.calls.load(), 0);
}

void TestLocalFanout::countsSessions()
{
    LocalFanout fanout;
    const model::UserId ada{"ada"}, bob{"bob"};
    QVERIFY(!fanout.isConnected(ada));
    fanout.connected(ada, 1);
    fanout.connected(ada, 1);
    fanout.connected(bob, 1);
    QCOMPARE(fanout.connectedSessions(), 3);
    fanout.connected(ada, -1);
    QVERIFY(fanout.isConnected(ada));
    fanout.connected(ada, -1);
    QVERIFY(!fanout.isConnected(ada));
    QVERIFY(fanout.isConnected(bob));
    QCOMPARE(fanout.connectedSessions(), 1);
}

void TestLocalFanout::tellsWhoIsNewOrChanged()
{
    LocalFanout fanout;
    const model::UserId ada{"ada"}, bob{"bob"};
    const auto taken = [&fanout](bool everyone = false) {
        auto users = fanout.takeUnsorted(everyone);
        std::sort(users.begin(), users.end());
        return users;
    };
    fanout.connected(ada, 1);
    fanout.connected(ada, 1);
    fanout.connected(bob, 1);
    fanout.connected(bob, -1);
    QCOMPARE(taken(), std::vector{ada});
    fanout.connected(ada, 1);
    QVERIFY(taken().empty()); // only another session
    fanout.connected(bob, 1);
    QCOMPARE(taken(true), (std::vector{ada, bob}));
    QVERIFY(taken().empty());

    ports::CommittedBatch batch(3);
    batch[0].user = ada;
    batch[0].change.kind = model::ChangeKind::Preferences;
    batch[1].user = bob;
    batch[2].user = {"away"};
    batch[2].change.kind = model::ChangeKind::Preferences;
    fanout.publish(std::make_shared<const ports::CommittedBatch>(std::move(batch)));
    QCOMPARE(taken(), std::vector{ada});
}

QTEST_GUILESS_MAIN(TestLocalFanout)
#include "tst_local_fanout.moc"
