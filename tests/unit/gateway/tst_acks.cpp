#include "gateway_rig.h"

#include <QTest>

using namespace belfry;
using test::ada;
using test::FakeConnection;
using test::FakeInbox;
using test::GatewayRig;
using namespace std::chrono_literals;

/// What a device says it has: where its cursor stands, and how long the way to it was.
class TstAcks : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void acksMoveTheCursorForwardOnly()
    {
        GatewayRig rig;
        FakeConnection &socket = rig.signedIn(ada, "phone");
        for (int i = 0; i < 5; ++i)
            rig.commit(ada);
        rig.settle();
        GatewayRig::say(socket, protocol::Ack{2});
        GatewayRig::say(socket, protocol::Ack{4});
        GatewayRig::say(socket, protocol::Ack{3});
        QVERIFY(QTest::qWaitFor([&] { return !rig.inbox().cursors.empty(); }));
        QCOMPARE(rig.inbox().cursors, (std::vector<FakeInbox::Cursor>{{ada, {"phone"}, 4}}));
        GatewayRig::say(socket, protocol::Ack{4});
        GatewayRig::say(socket, protocol::Ack{99}); // not beyond the head
        socket.hangUp();                            // what was gathered goes out now
        QCOMPARE(rig.inbox().cursors,
                 (std::vector<FakeInbox::Cursor>{{ada, {"phone"}, 4}, {ada, {"phone"}, 5}}));
    }

    void acksTellHowLongTheWayToTheDeviceWas()
    {
        GatewayRig rig;
        FakeConnection &socket = rig.signedIn(ada, "phone");
        rig.commit(ada);
        rig.commit(ada);
        rig.settle();
        rig.clock.advance(2ms);
        GatewayRig::say(socket, protocol::Ack{1});
        GatewayRig::say(socket, protocol::Ack{1}); // said once, counted once
        rig.clock.advance(4ms);
        GatewayRig::say(socket, protocol::Ack{2});
        QCOMPARE(rig.probe.publishToDelivered.sum(), 2'000u + 6'000u);
        QCOMPARE(rig.probe.publishToDelivered.count(11), 1u); // up to 2.048 ms
        // Whoever never acks is not waited for without end: of the first there is no more to tell.
        for (int i = 0; i < 40; ++i)
            rig.commit(ada);
        rig.settle();
        GatewayRig::say(socket, protocol::Ack{3});
        QCOMPARE(rig.probe.publishToDelivered.sum(), 8'000u);
    }
};

QTEST_GUILESS_MAIN(TstAcks)
#include "tst_acks.moc"
