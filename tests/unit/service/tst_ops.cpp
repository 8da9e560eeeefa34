#include "world.h"

#include <QTest>

using namespace belfry;
using namespace belfry::test;
using model::ErrorCode;
using model::Op;
using model::OpSet;

namespace {
using Applied = Answer<model::Result<ports::OpsResult>>;
using Item = Answer<model::Result<model::Notification>>;

Op opOn(model::NotificationId id, OpSet set = OpSet::Read)
{
    Op op;
    op.id.text = "op-1";
    op.set = set;
    op.target = QList<model::NotificationId>{id};
    return op;
}

model::Notification itemOf(const model::UserId &user)
{
    model::Notification item;
    item.id = model::Uuid::makeV7({1'700'000'000'000'000});
    item.user = user;
    item.seq = item.createdSeq = 1;
    item.state = model::State::Done;
    return item;
}
} // namespace
Q_DECLARE_METATYPE(std::vector<Op>)
Q_DECLARE_METATYPE(model::Notification)

class TestOps : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void applies();
    void refuses_data();
    void refuses();
    void namesWhatIsBadInOneOp();
    void needsScopeAndReach();
    void marksRead();
    void markReadRefuses_data();
    void markReadRefuses();
    void whatWasReadBeforeItExpiredStaysRead();
    void anOpThatLosesIsToldByWhatWon();
    void markReadOfOthersIsNotFound();
    void markReadByEitherId();
    void moves();
};

void TestOps::applies()
{
    World w;
    Op upTo = opOn({}, OpSet::Seen);
    upTo.target = model::UpTo{4};
    Op snooze = opOn({1, 2}, OpSet::Snooze);
    snooze.until = w.clock.now() + std::chrono::hours(1);
    w.clock.advance(std::chrono::hours(2)); // a repeat after the snooze is over is as good as the first
    Applied applied;
    w.services.ops.apply(w.home, World::person(ada), ada, {upTo, snooze}, applied.reply());
    QVERIFY(applied.wait());
    QCOMPARE(applied->value().applied.size(), std::size_t(2));
    QCOMPARE(w.store.opsCalls[0].user, ada);
    QVERIFY(w.store.opsCalls[0].ops[1] == snooze);
}

void TestOps::refuses_data()
{
    QTest::addColumn<std::vector<Op>>("ops");
    QTest::addColumn<QByteArray>("pointer");
    const Op good = opOn({1, 2});
    QTest::newRow("none") << std::vector<Op>{} << QByteArray("/ops");
    QTest::newRow("over 500") << std::vector<Op>(501, good) << QByteArray("/ops");
    Op bad = good;
    bad.id.text.clear();
    QTest::newRow("no id") << std::vector{good, bad} << QByteArray("/ops/1/op_id");
    bad = good;
    bad.target = QList<model::NotificationId>();
    QTest::newRow("no ids") << std::vector{bad} << QByteArray("/ops/0/ids");
    bad.target = QList<model::NotificationId>(501, {1, 2});
    QTest::newRow("over 500 ids") << std::vector{bad} << QByteArray("/ops/0/ids");
    bad.target = model::UpTo{-1};
    QTest::newRow("negative seq") << std::vector{bad} << QByteArray("/ops/0/upto_seq");
    bad.target = model::UpTo{1, QList<model::NotificationId>(501, {1, 2})};
    QTest::newRow("all but over 500") << std::vector{bad} << QByteArray("/ops/0/except");
    bad = opOn({1, 2}, OpSet::Snooze);
    QTest::newRow("snooze for ever") << std::vector{bad} << QByteArray("/ops/0/until");
    bad = good;
    bad.until = runtime::FakeClock().now() + std::chrono::hours(1);
    QTest::newRow("until elsewhere") << std::vector{bad} << QByteArray("/ops/0/until");
}

void TestOps::refuses()
{
    QFETCH(std::vector<Op>, ops);
    QFETCH(QByteArray, pointer);
    World w;
    Applied applied;
    w.services.ops.apply(w.home, World::key(), ada, ops, applied.reply());
    QVERIFY(applied.has());
    QCOMPARE(applied->error().code, ErrorCode::Invalid);
    QCOMPARE(applied->error().fields.value(0).pointer, pointer);
    QVERIFY(w.store.opsCalls.empty());
}

// What comes alone, on a socket, stands in no list.
void TestOps::namesWhatIsBadInOneOp()
{
    World w;
    Op bad = opOn({1, 2});
    bad.target = QList<model::NotificationId>(501, {1, 2});
    Applied applied;
    w.services.ops.applyOne(w.home, World::key(), ada, bad, applied.reply());
    QVERIFY(applied.has());
    QCOMPARE(applied->error().fields.value(0).pointer, QByteArray("/ids"));
    QVERIFY(w.store.opsCalls.empty());
}

void TestOps::needsScopeAndReach()
{
    World w;
    Applied scope, reach;
    w.services.ops.apply(w.home, World::key(auth::Scope::InboxRead), ada, {opOn({1, 2})}, scope.reply());
    w.services.ops.apply(w.home, World::person(bob), ada, {opOn({1, 2})}, reach.reply());
    QCOMPARE(scope->error().code, ErrorCode::Forbidden);
    QVERIFY(scope->error().detail.contains("inbox:write"));
    QCOMPARE(reach->error().code, ErrorCode::Forbidden);
}

void TestOps::marksRead()
{
    World w;
    const model::Notification item = itemOf(ada);
    w.store.items[item.id] = item;
    Item read, again;
    w.services.ops.markRead(w.home, World::key(), item.id, read.reply());
    QVERIFY(read.wait());
    QVERIFY(*read);
    QCOMPARE(w.store.opsCalls.size(), std::size_t(1));
    const Op &op = w.store.opsCalls[0].ops[0];
    QCOMPARE(op.set, OpSet::Read);
    QVERIFY(!op.id.isEmpty());
    QCOMPARE(std::get<QList<model::NotificationId>>(op.target), QList{item.id});

    w.store.items[item.id].engagement.read = w.clock.now();
    w.services.ops.markRead(w.home, World::key(), item.id, again.reply());
    QVERIFY(again.wait());
    QVERIFY(*again);
    QCOMPARE(w.store.opsCalls.size(), std::size_t(1)); // a repeat is a no-op
}

void TestOps::markReadRefuses_data()
{
    QTest::addColumn<model::Notification>("item");
    QTest::addColumn<int>("code");
    model::Notification item = itemOf(ada);
    item.state = model::State::Held;
    QTest::newRow("held") << item << int(ErrorCode::Conflict);
    item.state = model::State::Recalled;
    QTest::newRow("recalled") << item << int(ErrorCode::NotFound);
    item.state = model::State::Cancelled;
    QTest::newRow("cancelled") << item << int(ErrorCode::NotFound);
    item.state = model::State::Done;
    item.engagement.deleted = model::Instant{1};
    QTest::newRow("deleted") << item << int(ErrorCode::NotFound);
    item.state = model::State::Expired;
    QTest::newRow("expired and deleted") << item << int(ErrorCode::NotFound);
    item.engagement.deleted.reset();
    QTest::newRow("expired") << item << int(ErrorCode::Conflict);
    item.createdSeq = item.seq = 0;
    QTest::newRow("expired while held") << item << int(ErrorCode::Conflict);
    item.state = model::State::Suppressed;
    QTest::newRow("suppressed") << item << int(ErrorCode::Conflict);
}

void TestOps::markReadRefuses()
{
    QFETCH(model::Notification, item);
    QFETCH(int, code);
    World w;
    w.store.items[item.id] = item;
    Item read;
    w.services.ops.markRead(w.home, World::key(), item.id, read.reply());
    QVERIFY(read.wait());
    QCOMPARE(int(read->error().code), code);
    QVERIFY(w.store.opsCalls.empty());
}

void TestOps::whatWasReadBeforeItExpiredStaysRead()
{
    World w;
    model::Notification item = itemOf(ada);
    item.state = model::State::Expired;
    item.engagement.read = w.clock.now();
    w.store.items[item.id] = item;
    Item read;
    w.services.ops.markRead(w.home, World::key(), item.id, read.reply());
    QVERIFY(read.wait() && *read);
    QVERIFY(w.store.opsCalls.empty());
}

void TestOps::anOpThatLosesIsToldByWhatWon()
{
    World w;
    const model::Notification item = itemOf(ada);
    w.store.items[item.id] = item;
    Item toAnUnread, toTheEnd;
    w.store.supersedes = [] { return true; };
    w.services.ops.markRead(w.home, World::key(), item.id, toAnUnread.reply());
    QVERIFY(toAnUnread.wait() && *toAnUnread);

    w.store.supersedes = [&] {
        w.store.items[item.id].state = model::State::Expired;
        return true;
    };
    w.services.ops.markRead(w.home, World::key(), item.id, toTheEnd.reply());
    QVERIFY(toTheEnd.wait() && !*toTheEnd);
    QCOMPARE(toTheEnd->error().code, ErrorCode::Conflict);
    QVERIFY2(toTheEnd->error().detail.contains("expired"), toTheEnd->error().detail.constData());
}

void TestOps::markReadOfOthersIsNotFound()
{
    World w;
    const model::Notification item = itemOf(ada);
    w.store.items[item.id] = item;
    Item others, unknown;
    w.services.ops.markRead(w.home, World::person(bob), item.id, others.reply());
    w.services.ops.markRead(w.home, World::key(), {7, 7}, unknown.reply());
    QVERIFY(others.wait() && unknown.wait());
    QCOMPARE(others->error().code, ErrorCode::NotFound);
    QCOMPARE(unknown->error().code, ErrorCode::NotFound);
}

void TestOps::markReadByEitherId()
{
    World w;
    model::Notification item = itemOf(ada);
    item.legacyId = 12;
    w.store.items[item.id] = item;
    Item byNumber, byId, ofAnother, unknown;
    w.services.ops.markReadOf(w.home, World::key(), ada, qint32(12), byNumber.reply());
    w.services.ops.markReadOf(w.home, World::key(), ada, item.id, byId.reply());
    w.services.ops.markReadOf(w.home, World::key(), bob, item.id, ofAnother.reply());
    w.services.ops.markReadOf(w.home, World::key(), bob, qint32(12), unknown.reply());
    QVERIFY(byNumber.wait() && byId.wait() && ofAnother.wait() && unknown.wait());
    QVERIFY(*byNumber && *byId);
    QCOMPARE(ofAnother->error().code, ErrorCode::NotFound);
    QCOMPARE(unknown->error().code, ErrorCode::NotFound);
    QCOMPARE(w.store.opsCalls.size(), std::size_t(2));
}

void TestOps::moves()
{
    World w;
    w.services.ops.ack(ada, {"phone"}, 9);
    QCOMPARE(w.store.cursorMoves.size(), std::size_t(1));
    QCOMPARE(w.store.cursorMoves[0].device.text, "phone");
    QCOMPARE(w.store.cursorMoves[0].seq, model::Seq(9));
}

QTEST_GUILESS_MAIN(TestOps)
#include "tst_ops.moc"
