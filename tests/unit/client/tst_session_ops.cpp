#include "memory_journal.h"
#include "session_rig.h"

#include <QTest>

using namespace belfry;
using namespace belfry::client;
using namespace belfry::model;
using protocol::CloseCode;
using std::chrono::milliseconds;
using std::chrono::seconds;

/// What becomes of ops: when they are sent, settled, refused.
class TstSessionOps : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opsWaitForTheConnection();
    void opsAreSentAgainAfterALoss();
    void opsAreSettledByTheirAnswer();
    void refusedOpsLeaveTheQueue();
    void answersAreToldOnce();
    void busyServerGetsTheOpLater();
    void opsArePaced();
    void paceHasNoSeam();
    void paceOutlivesAStepOfTheClock();
    void tooBigOpIsRefused();
};

void TstSessionOps::opsWaitForTheConnection()
{
    MemoryJournal journal;
    SessionRig s({{"e1"}, 10}, "a.b.c", &journal);
    QVERIFY(s.logic.apply(readUpTo("o1"), s.now));
    QCOMPARE(journal.ops.size(), 1);
    s.connect();
    QCOMPARE(s.host.sentOf<protocol::OpRequest>().size(), 1u);
    QVERIFY(s.logic.apply(readUpTo("o2"), s.now));
    QCOMPARE(s.host.sentOf<protocol::OpRequest>().size(), 2u);
}

void TstSessionOps::opsAreSentAgainAfterALoss()
{
    SessionRig s;
    s.goLive();
    QVERIFY(s.logic.apply(readUpTo("o1"), s.now));
    s.logic.socketClosed(1006, "reset", s.now);
    s.pass(milliseconds(500));
    s.reconnect();
    const auto sent = s.host.sentOf<protocol::OpRequest>();
    QCOMPARE(sent.size(), 2u);
    QCOMPARE(sent.at(0).op, sent.at(1).op);
}

void TstSessionOps::opsAreSettledByTheirAnswer()
{
    MemoryJournal journal;
    SessionRig s({{"e1"}, 10}, "a.b.c", &journal);
    s.goLive();
    QVERIFY(s.logic.apply(readUpTo("o1"), s.now));
    s.hear(protocol::Applied{{{"o1"}, 11, false, {}}});
    QCOMPARE(s.host.applied, QList<Text>{"o1"});
    QVERIFY(journal.ops.isEmpty());
    QCOMPARE(s.logic.waitingOps(), 0);
}

void TstSessionOps::refusedOpsLeaveTheQueue()
{
    SessionRig s;
    s.goLive();
    QVERIFY(s.logic.apply(readUpTo("o1"), s.now));
    s.hear(protocol::Fault{protocol::makeProblem({ErrorCode::NotFound, "none", {}, {}}), {"o1"}});
    QCOMPARE(s.host.refused, QList<Text>{"o1"});
    QCOMPARE(s.logic.waitingOps(), 0);
}

// Sent on two connections, answered twice.
void TstSessionOps::answersAreToldOnce()
{
    SessionRig s;
    s.goLive();
    QVERIFY(s.logic.apply(readUpTo("o1"), s.now));
    QVERIFY(s.logic.apply(readUpTo("o2"), s.now));
    const protocol::Fault refusal{protocol::makeProblem({ErrorCode::NotFound, "none", {}, {}}), {"o2"}};
    for (int i = 0; i < 2; ++i) {
        s.hear(protocol::Applied{{{"o1"}, 11, false, {}}});
        s.hear(refusal);
    }
    QCOMPARE(s.host.applied, QList<Text>{"o1"});
    QCOMPARE(s.host.refused, QList<Text>{"o2"});
}

void TstSessionOps::busyServerGetsTheOpLater()
{
    SessionRig s;
    s.goLive();
    QVERIFY(s.logic.apply(readUpTo("o1"), s.now));
    s.hear(protocol::Fault{protocol::makeProblem({ErrorCode::Overloaded, "full", {}, seconds(3)}), {"o1"}});
    QVERIFY(s.host.refused.isEmpty());
    s.pass(milliseconds(2999));
    QCOMPARE(s.host.sentOf<protocol::OpRequest>().size(), 1u);
    s.pass(milliseconds(1));
    QCOMPARE(s.host.sentOf<protocol::OpRequest>().size(), 2u);
}

// Decisions H26: 4029 above 50 messages a second.
void TstSessionOps::opsArePaced()
{
    SessionRig s;
    s.goLive();
    for (int i = 0; i < 70; ++i)
        QVERIFY(s.logic.apply(readUpTo("o"), s.now));
    QCOMPARE(s.host.sentOf<protocol::OpRequest>().size(), 30u);
    QVERIFY(*s.logic.nextDeadline() - s.now <= SessionLogic::opSpacing);
    s.pass(milliseconds(34));
    QCOMPARE(s.host.sentOf<protocol::OpRequest>().size(), 31u);
    s.pass(seconds(1));
    QCOMPARE(s.host.sentOf<protocol::OpRequest>().size(), 61u);
    s.pass(seconds(1));
    QCOMPARE(s.host.sentOf<protocol::OpRequest>().size(), 70u);
}

// One early in a second and many at its end: with seconds that are counted from the first op, 59 went out at
// once.
void TstSessionOps::paceHasNoSeam()
{
    SessionRig s;
    s.goLive();
    QVERIFY(s.logic.apply(readUpTo("o"), s.now));
    s.pass(milliseconds(950));
    for (int i = 0; i < 60; ++i)
        QVERIFY(s.logic.apply(readUpTo("o"), s.now));
    const auto before = s.host.sentOf<protocol::OpRequest>().size();
    QCOMPARE(before, 31u);
    s.pass(milliseconds(100));
    QCOMPARE(s.host.sentOf<protocol::OpRequest>().size(), before + 3);
}

void TstSessionOps::paceOutlivesAStepOfTheClock()
{
    SessionRig s;
    s.goLive();
    for (int i = 0; i < 40; ++i)
        QVERIFY(s.logic.apply(readUpTo("o"), s.now));
    s.pass(-std::chrono::hours(1));
    s.pass(seconds(1));
    QCOMPARE(s.host.sentOf<protocol::OpRequest>().size(), 40u);
}

// A journal of an earlier version, or a server that takes less: sent again it would end every connection.
void TstSessionOps::tooBigOpIsRefused()
{
    MemoryJournal journal;
    Op big{{"big"}, OpSet::Read, QList<NotificationId>(2000), start, {}};
    journal.ops = {readUpTo("o1"), big, readUpTo("o2")};
    SessionRig s({{"e1"}, 10}, "a.b.c", &journal);
    s.goLive();
    s.logic.socketClosed(int(CloseCode::TooBig), "too big", s.now);
    QCOMPARE(s.host.refused, QList<Text>{"big"});
    QCOMPARE(s.logic.waitingOps(), 2);
    QCOMPARE(journal.ops.size(), 2);
    s.pass(milliseconds(500));
    s.reconnect();
    QCOMPARE(s.host.sentOf<protocol::OpRequest>().size(), 5u);
}

QTEST_APPLESS_MAIN(TstSessionOps)
#include "tst_session_ops.moc"
