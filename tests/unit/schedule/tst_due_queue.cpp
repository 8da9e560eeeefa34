#include "schedule/due_queue.h"

#include "cache/memory_cache.h"
#include "support/fake_store.h"
#include "support/wait_until.h"

#include <QRegularExpression>
#include <QTest>

using namespace belfry;
using model::Instant;
using ports::DueKind;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {
const model::UserId ada{"ada"};

struct World
{
    runtime::FakeClock clock;
    test::FakeStore store;
    cache::MemoryCache cache{{}, clock};
    service::Changes changes{store, cache};
    service::PreferenceSource preferences{store, cache, changes};
    schedule::ScheduleProbe probe;
    runtime::Loop control;
    service::CategoryBook categories{store};
    service::WebhookBook webhooks{store, categories};
    schedule::DueQueue queue{control, store, preferences, webhooks, clock, probe};

    void add(DueKind kind, Instant at)
    {
        ports::DueItem due{kind, at, {}};
        due.item.id = {1, quint64(store.dueItems.size() + store.settled.size() + 1)};
        due.item.user = ada;
        store.dueItems.push_back(due);
    }
    /// Starts, and waits until it has looked and found nothing more to do.
    [[nodiscard]] bool startAndSettle()
    {
        queue.start();
        return test::waitUntil([this] { return store.dueReads > 0; }) && rests();
    }
    [[nodiscard]] bool rests()
    {
        const int reads = store.dueReads;
        bool turned = false;
        for (int i = 0; i < 5; ++i) {
            turned = false;
            control.post([&turned] { turned = true; });
            if (!test::waitUntil([&turned] { return turned; }))
                return false;
        }
        return store.dueReads == reads;
    }
};

std::shared_ptr<const ports::CommittedBatch> commitOf(const model::Change &change)
{
    ports::Committed entry;
    entry.user = ada;
    entry.change = change;
    return std::make_shared<const ports::CommittedBatch>(1, entry);
}
} // namespace

class TestDueQueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void settlesWhatFellDueWhileNobodyRan();
    void decidesAtRelease();
    void goesThroughManyBatches();
    void goesOnAfterABatchThatWasCut();
    void waitsForTheNext();
    void commitsBringEarlierTimes_data();
    void commitsBringEarlierTimes();
    void laterTimesCostNoLook();
    void wakesByItself();
    void looksForOthersWork();
    void recoversFromAnUnavailableStore();
    void leavesAloneWhatAnotherSettles();
    void stops();
};

void TestDueQueue::settlesWhatFellDueWhileNobodyRan()
{
    World w;
    w.add(DueKind::Expire, w.clock.now() - std::chrono::hours(9));
    w.add(DueKind::Unsnooze, w.clock.now());
    w.add(DueKind::Expire, w.clock.now() + seconds(1));
    QVERIFY(w.startAndSettle());
    QCOMPARE(w.store.settled.size(), std::size_t(2));
    QCOMPARE(w.store.settled[0].kind, DueKind::Expire);
    QCOMPARE(w.store.settled[0].user, ada);
    QCOMPARE(w.store.settled[1].kind, DueKind::Unsnooze);
    QCOMPARE(w.probe.expired.value(), 1u);
    QCOMPARE(w.probe.unsnoozed.value(), 1u);
}

void TestDueQueue::decidesAtRelease()
{
    World w;
    w.store.documents[ada].matrix["*"].byChannel[std::size_t(model::Channel::InApp)] = false;
    w.add(DueKind::Release, w.clock.now());
    QVERIFY(w.startAndSettle());
    QCOMPARE(w.store.settled.size(), std::size_t(1));
    const ports::Recipient &decision = w.store.settled[0].decision;
    QVERIFY(!decision.inApp);
    QCOMPARE(decision.reason, model::SuppressReason::Preference);
    QCOMPARE(decision.rule, "channel:*");
    QCOMPARE(decision.user, ada);
    QCOMPARE(decision.id, w.store.settled[0].id);
    QCOMPARE(w.probe.released.value(), 1u);
}

void TestDueQueue::goesThroughManyBatches()
{
    World w;
    for (int i = 0; i < 1'201; ++i)
        w.add(DueKind::Expire, w.clock.now());
    w.queue.start();
    QVERIFY(test::waitUntil([&] { return w.store.settled.size() == 1'201; }));
}

/// Large ones: nothing tells of the rest but the batch itself (nobody else writes, nothing else falls due).
void TestDueQueue::goesOnAfterABatchThatWasCut()
{
    World w;
    w.store.mostDue = 7;
    for (int i = 0; i < 20; ++i)
        w.add(DueKind::Expire, w.clock.now());
    w.queue.start();
    QVERIFY(test::waitUntil([&] { return w.store.settled.size() == 20; }));
    QCOMPARE(w.store.dueReads, 3);
}

void TestDueQueue::waitsForTheNext()
{
    World w;
    w.add(DueKind::Expire, w.clock.now() + seconds(5));
    QVERIFY(w.startAndSettle());
    QCOMPARE(w.store.dueReads, 1);
    QVERIFY(w.store.settled.empty());
    w.clock.advance(seconds(5)); // the clock jumps; nobody tells
    QVERIFY(test::waitUntil([&] { return w.store.settled.size() == 1; }));
}

void TestDueQueue::commitsBringEarlierTimes_data()
{
    QTest::addColumn<int>("what");
    QTest::newRow("created with an end") << 0;
    QTest::newRow("snoozed by an op") << 1;
    QTest::newRow("snoozed item") << 2;
    QTest::newRow("told directly") << 3;
}

void TestDueQueue::commitsBringEarlierTimes()
{
    QFETCH(int, what);
    World w;
    w.add(DueKind::Expire, w.clock.now() + std::chrono::hours(1));
    QVERIFY(w.startAndSettle());
    w.store.dueItems.clear();
    const Instant soon = w.clock.now() - seconds(1); // fell due between the commit and now
    w.add(DueKind::Unsnooze, soon);
    model::Change change;
    model::Notification item;
    model::StateChange state;
    switch (what) {
    case 0:
        item.expiresAt = soon;
        change.what = item;
        break;
    case 1:
        state.op.until = soon;
        change.what = state;
        break;
    case 2:
        item.engagement.snoozedUntil = soon;
        change.what = item;
        break;
    default:
        w.queue.dueAt(soon);
        break;
    }
    if (what != 3)
        w.queue.committed(*commitOf(change));
    QVERIFY(test::waitUntil([&] { return w.store.settled.size() == 1; }));
}

void TestDueQueue::laterTimesCostNoLook()
{
    World w;
    w.add(DueKind::Expire, w.clock.now() + std::chrono::hours(1));
    QVERIFY(w.startAndSettle());
    const int reads = w.store.dueReads;
    model::Change change;
    model::Notification item;
    item.expiresAt = w.clock.now() + model::days(30);
    change.what = item;
    for (int i = 0; i < 100; ++i)
        w.queue.committed(*commitOf(change));
    QCOMPARE(w.control.backlog(), std::size_t(0)); // no wake-up either
    QVERIFY(w.rests());
    QCOMPARE(w.store.dueReads, reads);
}

void TestDueQueue::wakesByItself()
{
    World w;
    w.clock.set(runtime::SystemClock().now());
    w.add(DueKind::Release, w.clock.now() + milliseconds(300));
    QVERIFY(w.startAndSettle());
    QVERIFY(w.store.settled.empty());
    w.clock.advance(milliseconds(300));
    QVERIFY(test::waitUntil([&] { return w.store.settled.size() == 1; }, milliseconds(5'000)));
}

void TestDueQueue::looksForOthersWork()
{
    World w;
    w.store.exclusive = false;
    QVERIFY(w.startAndSettle());
    w.add(DueKind::Expire, w.clock.now()); // by another node: no commit is heard here
    w.clock.advance(seconds(1));
    QVERIFY(test::waitUntil([&] { return w.store.settled.size() == 1; }));
}

void TestDueQueue::recoversFromAnUnavailableStore()
{
    World w;
    w.add(DueKind::Expire, w.clock.now());
    w.store.failWith = model::Error{model::ErrorCode::Unavailable, "away", {}, {}};
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("waits for the store")));
    QTest::ignoreMessage(QtInfoMsg, QRegularExpression(QStringLiteral("goes on")));
    w.queue.start();
    QVERIFY(test::waitUntil([&] { return w.probe.failures.value() == 1; }));
    QVERIFY(w.rests()); // it does not spin
    w.store.failWith.reset();
    w.clock.advance(seconds(1));
    QVERIFY(test::waitUntil([&] { return w.store.settled.size() == 1; }));
    QVERIFY(w.rests());
}

void TestDueQueue::leavesAloneWhatAnotherSettles()
{
    World w;
    w.add(DueKind::Expire, w.clock.now());
    w.store.settleNothing = true;
    w.queue.start();
    QVERIFY(test::waitUntil([&] { return w.store.settled.size() == 1; }));
    QVERIFY(w.rests()); // and does not try at once again
    w.store.settleNothing = false;
    w.clock.advance(seconds(1));
    QVERIFY(test::waitUntil([&] { return w.store.settled.size() == 2; }));
}

void TestDueQueue::stops()
{
    World w;
    QVERIFY(w.startAndSettle());
    w.queue.stop();
    w.queue.stop();
    w.add(DueKind::Expire, w.clock.now());
    w.queue.dueAt(w.clock.now());
    QVERIFY(w.rests());
    QVERIFY(w.store.settled.empty());
}

QTEST_GUILESS_MAIN(TestDueQueue)
#include "tst_due_queue.moc"
