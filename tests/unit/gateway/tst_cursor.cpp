#include "gateway_rig.h"

#include <QTest>

using namespace belfry;
using protocol::Batch;
using protocol::Event;
using test::ada;
using test::away;
using test::FakeConnection;
using test::GatewayRig;

namespace {
QList<model::Seq> seqs(const FakeConnection &socket)
{
    QList<model::Seq> found;
    for (const protocol::ServerMessage &message : socket.messages) {
        if (const auto *batch = std::get_if<Batch>(&message)) {
            for (const model::Change &change : batch->items)
                found.append(change.seq);
        } else if (const auto *event = std::get_if<Event>(&message)) {
            found.append(event->change.seq);
        }
    }
    return found;
}

QList<model::Seq> range(model::Seq from, model::Seq to)
{
    QList<model::Seq> all;
    for (model::Seq seq = from; seq <= to; ++seq)
        all.append(seq);
    return all;
}
} // namespace

/// A session is a cursor that is replaying or live (semantics 4).
class TstCursor : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void newsWhileReplayingOnlyRaiseTheHead()
    {
        GatewayRig rig;
        for (int i = 0; i < 10; ++i)
            rig.commit(ada);
        FakeConnection &socket = rig.socket();
        socket.blocked = true;
        GatewayRig::say(socket, rig.hello(ada, "d", 0));
        rig.settle();
        const int before = socket.sends;
        rig.commit(ada);
        rig.commit(ada);
        rig.settle();
        QCOMPARE(socket.sends, before);
        QCOMPARE(rig.probe.replaying.value(), 1);
        socket.blocked = false;
        rig.settle();
        QCOMPARE(seqs(socket), range(1, 12));
        QCOMPARE(socket.names().last(), QByteArray("counts"));
        QCOMPARE(socket.all<protocol::Live>().size(), std::size_t(1));
        QCOMPARE(rig.probe.replaying.value(), 0);
    }

    void replayComesInPagesOfAtMost500()
    {
        GatewayRig rig;
        for (int i = 0; i < 1'700; ++i)
            rig.inbox().create(ada);
        FakeConnection &socket = rig.signedIn(ada, "d", 0);
        QCOMPARE(seqs(socket), range(1, 1'700));
        for (const Batch &batch : socket.all<Batch>()) {
            QVERIFY(batch.items.size() <= 500);
            QCOMPARE(batch.to - batch.from + 1, model::Seq(batch.items.size()));
        }
        QCOMPARE(rig.probe.replayed.value(), 1'700u);
    }

    void aBigReplayWaitsForTheSocket()
    {
        GatewayRig rig;
        const QByteArray big(100 * 1024, 'x');
        for (int i = 0; i < 30; ++i)
            rig.inbox().create(ada, big);
        FakeConnection &socket = rig.socket();
        socket.blocked = true;
        GatewayRig::say(socket, rig.hello(ada, "d", 0));
        rig.settle();
        // A peer that reads nothing for a while is not too slow, and nothing piles up for it.
        rig.pass(std::chrono::seconds(10));
        for (int i = 0; i < 200 && seqs(socket).size() < 30; ++i) {
            socket.blocked = false;
            socket.flush();
            socket.blocked = true;
            rig.settle();
        }
        QCOMPARE(seqs(socket), range(1, 30));
        QVERIFY(rig.inbox().mostAskedFor <= 64); // heavy items: small pages
        QVERIFY2(socket.mostWaiting <= 300 * 1024, qPrintable(QString::number(socket.mostWaiting)));
    }

    void aGapIsReadFromTheLog()
    {
        GatewayRig rig;
        FakeConnection &socket = rig.signedIn(ada);
        rig.commit(ada);
        rig.inbox().create(ada); // its news are lost
        rig.commit(ada);
        rig.settle();
        QCOMPARE(seqs(socket), range(1, 3));
        QCOMPARE(rig.probe.gaps.value(), 1u);
        rig.commit(ada);
        rig.settle();
        QCOMPARE(seqs(socket), range(1, 4));
        QCOMPARE(socket.names().last(), QByteArray("counts"));
    }

    void whatComesTwiceGoesOutOnce()
    {
        GatewayRig rig;
        FakeConnection &socket = rig.signedIn(ada);
        const ports::Committed entry = rig.inbox().create(ada);
        rig.tell({entry});
        rig.tell({entry});
        rig.settle();
        QCOMPARE(seqs(socket), range(1, 1));
    }

    void countsComeOnceATurnAndLast()
    {
        GatewayRig rig;
        FakeConnection &socket = rig.signedIn(ada);
        socket.forget();
        rig.tell({rig.inbox().create(ada), rig.inbox().create(ada)});
        rig.tell({rig.inbox().create(ada)});
        rig.settle();
        QCOMPARE(socket.names(), (QList<QByteArray>{"ev", "ev", "ev", "counts"}));
        QCOMPARE(socket.all<protocol::CountsNow>().front(), (protocol::CountsNow{3, {3, 3}}));
    }

    void aLogThatWasCutMeanwhileResets()
    {
        GatewayRig rig;
        for (int i = 0; i < 6; ++i)
            rig.commit(ada);
        rig.inbox().logs[ada].floor = 5; // the state that is known says 1
        FakeConnection &socket = rig.signedIn(ada, "d", 1);
        QCOMPARE(socket.all<protocol::Welcome>().size(), std::size_t(2));
        QCOMPARE(socket.all<protocol::Welcome>().back().mode, protocol::Welcome::Mode::Reset);
        QVERIFY(seqs(socket).isEmpty());
        rig.commit(ada);
        rig.settle();
        QCOMPARE(seqs(socket), range(7, 7));
    }

    void aFailedPageIsAskedAgain()
    {
        GatewayRig rig;
        for (int i = 0; i < 5; ++i)
            rig.commit(ada);
        rig.inbox().failPages = away;
        FakeConnection &socket = rig.signedIn(ada, "d", 0);
        QCOMPARE(socket.names(), QList<QByteArray>{"welcome"});
        rig.pass(std::chrono::milliseconds(500));
        QCOMPARE(rig.inbox().pageReads, 1);
        rig.inbox().failPages.reset();
        rig.pass(std::chrono::milliseconds(600));
        QCOMPARE(seqs(socket), range(1, 5));
    }

    void fewPagesAreUnderWayAtATime()
    {
        gateway::GatewaySettings settings;
        settings.readsUnderWay = 3;
        GatewayRig rig(settings);
        for (int i = 0; i < 10; ++i) {
            const model::UserId user{QByteArray::number(i)};
            rig.commit(user);
            GatewayRig::say(rig.socket(), rig.hello(user, "d", 0));
        }
        QCOMPARE(rig.inbox().pageReads, 3);
        rig.settle();
        QCOMPARE(rig.inbox().pageReads, 10);
        for (const auto &connection : rig.connections)
            QCOMPARE(seqs(*connection), range(1, 1));
    }

    void aReplayedAlertIsYoungAndUnseen()
    {
        GatewayRig rig;
        rig.commit(ada, "old");
        rig.clock.advance(std::chrono::minutes(6));
        rig.commit(ada, "young");
        ports::Committed seen = rig.inbox().create(ada, "seen");
        std::get<model::Notification>(rig.inbox().logs[ada].changes.back().what).engagement.seen =
            rig.clock.now();
        rig.tell({seen});
        FakeConnection &socket = rig.signedIn(ada, "d", 0);
        const std::vector<model::Change> items = socket.all<Batch>().front().items;
        QCOMPARE(items.size(), std::size_t(3));
        QCOMPARE(items[0].alert, model::Alert::None);
        QCOMPARE(items[1].alert, model::Alert::Sound);
        QCOMPARE(items[2].alert, model::Alert::None);
    }

    void aSessionThatGoesWhileItsPageIsReadIsForgotten()
    {
        GatewayRig rig;
        rig.commit(ada);
        FakeConnection &socket = rig.socket();
        GatewayRig::say(socket, rig.hello(ada, "d", 0));
        socket.hangUp();
        rig.settle();
        QCOMPARE(rig.gateways.front()->sessions(), 0);
        QCOMPARE(rig.fanout.connectedSessions(), 0);
        QCOMPARE(rig.probe.replaying.value(), 0);
        rig.commit(ada);
        rig.settle();
    }

    void anAnswerFromBeforeIsMadeGoodByTheNext()
    {
        GatewayRig rig;
        rig.store.exclusive = false;
        rig.inbox().holdStates = true;
        rig.signedIn(ada).hangUp();
        rig.settle();
        rig.commit(ada); // nobody is there to hear of it
        FakeConnection &socket = rig.signedIn(ada, "d", 0);
        rig.inbox().releaseOldestState(); // the answer to the one that has gone: head 0
        rig.settle();
        rig.inbox().releaseOldestState();
        rig.settle();
        QCOMPARE(seqs(socket), range(1, 1));
    }

    void answersAfterTheEndOfTheGatewayFindNobody()
    {
        GatewayRig rig;
        rig.store.exclusive = false;
        GatewayRig::say(rig.socket(), rig.hello(ada, "d", 0));
        rig.gateways.clear();
        rig.settle();
        QCOMPARE(rig.probe.sockets.value(), 0);
        QCOMPARE(rig.registry.sessionsOf(ada), 0);
    }
};

QTEST_GUILESS_MAIN(TstCursor)
#include "tst_cursor.moc"
