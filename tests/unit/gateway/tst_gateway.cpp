#include "gateway_rig.h"

#include <QJsonDocument>
#include <QTest>

using namespace belfry;
using protocol::Bye;
using protocol::Event;
using test::ada;
using test::eve;
using test::FakeConnection;
using test::GatewayRig;

namespace {
ports::LiveOnly shout(const std::vector<model::UserId> &users = {})
{
    auto item = std::make_shared<model::Notification>();
    item->id = model::Uuid::makeV7({1});
    item->state = model::State::Done;
    item->content.title = "now";
    if (users.size() == 1)
        item->user = users.front();
    return {users, item, model::Alert::Sound, {}};
}
} // namespace

/// What concerns all sessions of a loop.
class TstGateway : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aBroadcastGoesToEveryoneWhoIsWelcome()
    {
        GatewayRig rig({}, 2);
        FakeConnection &one = rig.signedIn(ada, "a", {}, 0);
        FakeConnection &two = rig.signedIn(eve, "b", {}, 1);
        FakeConnection &greeting = rig.socket();
        FakeConnection &plain = rig.plain({"17"});
        FakeConnection &stream = rig.stream(ada);
        rig.settle();
        for (const auto &connection : rig.connections)
            connection->forget();
        rig.fanout.publish(shout());
        // In the same turn: nothing was settled in between.
        QCOMPARE(one.sends - two.sends, 0);
        rig.settle();
        for (FakeConnection *socket : {&one, &two}) {
            QCOMPARE(socket->names(), QList<QByteArray>{"ev"}); // no counts: nothing was stored
            const model::Change change = socket->all<Event>().front().change;
            QCOMPARE(change.seq, model::Seq(0));
            QCOMPARE(change.alert, model::Alert::Sound);
        }
        QVERIFY(greeting.payloads.isEmpty());
        QCOMPARE(QJsonDocument::fromJson(plain.payloads.value(0))[QLatin1String("user_id")].toInteger(), 17);
        QVERIFY(stream.stream.startsWith("event: ev\n"));
        QCOMPARE(rig.probe.liveOnlySent.value(), 4u);
    }

    void aBroadcastLeavesSomeOut()
    {
        GatewayRig rig;
        FakeConnection &desk = rig.signedIn(ada, "a");
        FakeConnection &phone = rig.signedIn(ada, "b");
        FakeConnection &other = rig.signedIn(eve);
        FakeConnection &stream = rig.stream(ada);
        rig.settle();
        stream.forget();
        ports::LiveOnly message = shout();
        message.except = {ada, {"nobody"}};
        rig.fanout.publish(message);
        rig.settle();
        QVERIFY(desk.all<Event>().empty() && phone.all<Event>().empty() && stream.stream.isEmpty());
        QCOMPARE(other.all<Event>().size(), std::size_t(1));
        rig.fanout.publish(shout()); // they are back
        rig.settle();
        QCOMPARE(desk.all<Event>().size(), std::size_t(1));
        QCOMPARE(phone.all<Event>().size(), std::size_t(1));
        QVERIFY(stream.stream.startsWith("event: ev\n"));
    }

    void aBroadcastIsOneFrameSharedByAll()
    {
        GatewayRig rig;
        rig.signedIn(ada);
        rig.signedIn(eve);
        rig.signedIn({"joe"});
        QByteArray shared;
        for (const auto &connection : rig.connections)
            connection->onSend = [&](const QByteArray &frame) {
                if (shared.isEmpty())
                    shared = frame;
                QCOMPARE(static_cast<const void *>(frame.constData()),
                         static_cast<const void *>(shared.constData()));
            };
        rig.fanout.publish(shout());
        QVERIFY(!shared.isEmpty());
    }

    void aBroadcastAlertsWhereSomebodyLooks()
    {
        GatewayRig rig;
        FakeConnection &desk = rig.signedIn(ada);
        FakeConnection &phone = rig.signedIn(ada);
        GatewayRig::say(phone, protocol::Presence{protocol::Presence::State::Active, {}});
        rig.settle();
        rig.fanout.publish(shout());
        rig.settle();
        QCOMPARE(desk.all<Event>().front().change.alert, model::Alert::None);
        QCOMPARE(phone.all<Event>().front().change.alert, model::Alert::Sound);
    }

    void aLiveOnlyOneGoesToItsUsers()
    {
        GatewayRig rig;
        FakeConnection &one = rig.signedIn(ada);
        FakeConnection &two = rig.signedIn(eve);
        rig.fanout.publish(shout({ada}));
        rig.settle();
        QCOMPARE(one.all<Event>().size(), std::size_t(1));
        QVERIFY(two.all<Event>().empty());
        // It moves no cursor: the next change is still the first.
        rig.commit(ada);
        rig.settle();
        QCOMPARE(one.all<Event>().back().change.seq, model::Seq(1));
    }

    void aBroadcastReachesWhoIsStillReplaying()
    {
        GatewayRig rig;
        rig.commit(ada);
        rig.inbox().failPages = model::Error{model::ErrorCode::Unavailable, "away", {}, {}};
        FakeConnection &socket = rig.signedIn(ada, "d", 0);
        rig.fanout.publish(shout());
        rig.settle();
        QCOMPARE(socket.names(), (QList<QByteArray>{"welcome", "ev"}));
    }

    void aUserHasSoManyConnections()
    {
        GatewayRig rig({}, 2);
        for (int i = 0; i < 20; ++i)
            QVERIFY(rig.signedIn(ada, {}, {}, std::size_t(i) % 2).isOpen());
        FakeConnection &last = rig.signedIn(ada);
        QCOMPARE(int(last.closeCode.value_or(0)), 4009);
        QCOMPARE(last.names(), QList<QByteArray>{"bye"});
        QVERIFY(rig.signedIn(eve).isOpen());
        rig.connections.front()->hangUp();
        rig.settle();
        QVERIFY(rig.signedIn(ada).isOpen());
        QCOMPARE(rig.probe.closedTooMany.value(), 1u);
    }

    void aDrainSaysByeToAll()
    {
        GatewayRig rig;
        for (int i = 0; i < 600; ++i)
            rig.signedIn({QByteArray::number(i)});
        FakeConnection &greeting = rig.socket();
        FakeConnection &stream = rig.stream(ada);
        rig.settle();
        rig.gateways.front()->drain();
        rig.settle();
        QCOMPARE(rig.gateways.front()->sessions(), 0);
        qint64 least = 20'000;
        qint64 most = 0;
        for (int i = 0; i < 600; ++i) {
            const FakeConnection &socket = *rig.connections[std::size_t(i)];
            QCOMPARE(int(socket.closeCode.value_or(0)), 1012);
            const Bye bye = socket.all<Bye>().front();
            least = std::min<qint64>(least, bye.reconnectAfter->count());
            most = std::max<qint64>(most, bye.reconnectAfter->count());
        }
        QVERIFY(least >= 0 && most <= 20'000 && most - least > 15'000);
        QCOMPARE(int(greeting.closeCode.value_or(0)), 1012);
        QVERIFY(stream.stream.contains("event: bye\n"));
        QCOMPARE(rig.probe.closedDrain.value(), 602u);

        FakeConnection &late = rig.socket();
        QCOMPARE(int(late.closeCode.value_or(0)), 1012);
        FakeConnection &lateReader = rig.plain(ada);
        QCOMPARE(int(lateReader.closeCode.value_or(0)), 1012);
    }

    void whoIsGoneLeavesNothingBehind()
    {
        GatewayRig rig;
        for (int round = 0; round < 3; ++round) {
            for (int i = 0; i < 50; ++i)
                rig.signedIn({QByteArray::number(i)});
            for (const auto &connection : rig.connections)
                connection->hangUp();
            rig.settle();
        }
        QCOMPARE(rig.gateways.front()->sessions(), 0);
        QCOMPARE(rig.fanout.connectedSessions(), 0);
        QCOMPARE(rig.probe.sockets.value(), 0);
        for (int i = 0; i < 50; ++i)
            QCOMPARE(rig.registry.sessionsOf({QByteArray::number(i)}), 0);
        rig.fanout.publish(shout());
        QCOMPARE(rig.probe.liveOnlySent.value(), 0u);
    }
};

QTEST_GUILESS_MAIN(TstGateway)
#include "tst_gateway.moc"
