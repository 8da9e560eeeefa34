#include "client/op_queue.h"
#include "memory_journal.h"

#include <QTest>

using namespace belfry;
using namespace belfry::model;
using client::MemoryJournal;
using client::OpQueue;

class TstOpQueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsInOrderOnce();
    void keepsUntilAnswered();
    void settledOutOfOrder();
    void outlivesTheProgram();
    void offlineOpsKnowWhenTheyWereMade();
    void isBounded();
    void tooManyIdsNeverReachTheJournal();
};

namespace {
constexpr Instant now{1'000'000'000'000};

Op op(const char *id)
{
    return {{id}, OpSet::Read, UpTo{1}, {}, {}};
}

Text nextId(OpQueue &queue)
{
    const auto next = queue.next();
    return next ? next->id.text : Text();
}
} // namespace

void TstOpQueue::sendsInOrderOnce()
{
    OpQueue queue(nullptr);
    QVERIFY(queue.add(op("a"), now));
    QVERIFY(queue.add(op("b"), now));
    QCOMPARE(nextId(queue), Text("a"));
    QCOMPARE(nextId(queue), Text("b"));
    QVERIFY(!queue.hasUnsent());
    QVERIFY(!queue.next());
}

void TstOpQueue::keepsUntilAnswered()
{
    OpQueue queue(nullptr);
    QVERIFY(queue.add(op("a"), now));
    QCOMPARE(nextId(queue), Text("a"));
    queue.resend();
    QCOMPARE(nextId(queue), Text("a"));
    QVERIFY(queue.settle({"a"}));
    QVERIFY(!queue.settle({"a"}));
    queue.resend();
    QVERIFY(!queue.hasUnsent());
    QCOMPARE(queue.size(), 0);
}

void TstOpQueue::settledOutOfOrder()
{
    OpQueue queue(nullptr);
    for (const char *id : {"a", "b", "c", "d"})
        QVERIFY(queue.add(op(id), now));
    QCOMPARE(nextId(queue), Text("a"));
    QCOMPARE(nextId(queue), Text("b"));
    QVERIFY(queue.settle({"b"}));
    QCOMPARE(nextId(queue), Text("c"));
    QVERIFY(queue.settle({"d"})); // by another way, not sent yet
    QVERIFY(!queue.hasUnsent());
    queue.resend();
    QCOMPARE(nextId(queue), Text("a"));
    QCOMPARE(nextId(queue), Text("c"));
}

void TstOpQueue::outlivesTheProgram()
{
    MemoryJournal journal;
    {
        OpQueue queue(&journal);
        QVERIFY(queue.add(op("a"), now));
        QVERIFY(queue.add(op("b"), now));
        QVERIFY(queue.settle({"a"}));
    }
    OpQueue queue(&journal);
    QCOMPARE(queue.size(), 1);
    QCOMPARE(nextId(queue), Text("b"));
}

void TstOpQueue::offlineOpsKnowWhenTheyWereMade()
{
    MemoryJournal journal;
    OpQueue queue(&journal);
    QVERIFY(queue.add(op("a"), now));
    QCOMPARE(journal.ops.first().at, MaybeInstant(now));
    QCOMPARE(queue.next()->at, MaybeInstant(now));
}

void TstOpQueue::isBounded()
{
    OpQueue queue(nullptr);
    for (std::size_t i = 0; i < OpQueue::limit; ++i)
        QVERIFY(queue.add(op("x"), now));
    const auto refused = queue.add(op("y"), now);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Overloaded);
}

void TstOpQueue::tooManyIdsNeverReachTheJournal()
{
    MemoryJournal journal;
    OpQueue queue(&journal);
    Op many{{"a"}, OpSet::Read, QList<NotificationId>(501), {}, {}};
    const auto refused = queue.add(many, now);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Invalid);
    many.target = UpTo{9, QList<NotificationId>(501)};
    QVERIFY(!queue.add(many, now));
    QVERIFY(journal.ops.isEmpty());
    many.target = QList<NotificationId>(500);
    QVERIFY(queue.add(many, now));
}

QTEST_APPLESS_MAIN(TstOpQueue)
#include "tst_op_queue.moc"
