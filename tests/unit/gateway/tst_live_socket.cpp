#include "gateway_rig.h"

#include <QTest>
#include <numeric>

using namespace belfry;
using protocol::Applied;
using protocol::Presence;
using test::ada;
using test::eve;
using test::FakeConnection;
using test::GatewayRig;
using namespace std::chrono_literals;

namespace {
model::Op readAll(const QByteArray &id, model::Seq upTo = 1)
{
    return {{id}, model::OpSet::Read, model::UpTo{upTo}, {}, {}};
}

/// The alert of the last `ev` that a socket got.
model::Alert lastAlert(const FakeConnection &socket)
{
    const std::vector<protocol::Event> events = socket.all<protocol::Event>();
    return events.empty() ? model::Alert::Silent : events.back().change.alert;
}
} // namespace

/// What a live belfry.v1 socket says and hears.
class TstLiveSocket : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    // A commit of which no news came (its answer was lost): the log tells.
    void whatIsInDoubtIsReadAnew()
    {
        GatewayRig rig;
        rig.store.exclusive = false; // only PostgreSQL loses answers
        FakeConnection &socket = rig.signedIn(ada);
        FakeConnection &other = rig.signedIn({"bob"});
        rig.commit(ada);
        rig.settle();
        socket.forget();
        other.forget();
        static_cast<void>(rig.inbox().create(ada, "title", model::Alert::Sound));
        rig.settle();
        QVERIFY(socket.names().isEmpty());
        rig.fanout.reread({ada, {"nobody here"}});
        rig.settle();
        QCOMPARE(socket.names(), (QList<QByteArray>{"batch", "live", "counts"}));
        QVERIFY(other.names().isEmpty());
    }
    void anOwnOpComesBackFirst_data()
    {
        QTest::addColumn<bool>("newsFirst");
        QTest::newRow("the news before the answer") << true;
        QTest::newRow("the answer before the news") << false;
    }
    void anOwnOpComesBackFirst()
    {
        QFETCH(const bool, newsFirst);
        GatewayRig rig;
        FakeConnection &socket = rig.signedIn(ada);
        FakeConnection &other = rig.signedIn(ada);
        rig.commit(ada);
        rig.settle();
        socket.forget();
        other.forget();
        std::vector<ports::Committed> news;
        rig.inbox().committed = [&](const ports::Committed &entry) { news.push_back(entry); };
        rig.inbox().holdOps = newsFirst;
        GatewayRig::say(socket, protocol::OpRequest{readAll("op-1")});
        rig.settle();
        if (!newsFirst)
            QVERIFY(socket.names().isEmpty());
        rig.tell(news);
        rig.settle();
        rig.inbox().releaseOps();
        rig.settle();
        QCOMPARE(socket.names(), (QList<QByteArray>{"ev", "applied", "counts"}));
        QCOMPARE(socket.all<Applied>().front().result, (model::OpApplied{{"op-1"}, 2, false, {}}));
        QCOMPARE(other.names(), (QList<QByteArray>{"ev", "counts"}));
        QCOMPARE(rig.probe.opsIn.value(), 1u);
    }

    void anOpThatChangesNothingIsOnlyApplied()
    {
        GatewayRig rig;
        FakeConnection &socket = rig.signedIn(ada);
        socket.forget();
        GatewayRig::say(socket, protocol::OpRequest{readAll("op-1", 0)});
        rig.settle();
        QCOMPARE(socket.names(), QList<QByteArray>{"applied"});
        QCOMPARE(socket.all<Applied>().front().result, (model::OpApplied{{"op-1"}, 0, false, {}}));
    }

    void newsThatAreLostAreReadForTheirOp()
    {
        GatewayRig rig;
        FakeConnection &socket = rig.signedIn(ada);
        rig.commit(ada);
        rig.settle();
        socket.forget();
        GatewayRig::say(socket, protocol::OpRequest{readAll("op-1")});
        rig.settle();
        QVERIFY(socket.names().isEmpty());
        rig.pass(1100ms);
        QCOMPARE(socket.names(), (QList<QByteArray>{"batch", "applied", "live", "counts"}));
    }

    void aFailedOpNamesItself()
    {
        GatewayRig rig;
        rig.inbox().failOps = model::Error{model::ErrorCode::NotFound, "none of them", {}, {}};
        FakeConnection &socket = rig.signedIn(ada);
        socket.forget();
        for (int i = 0; i < 5; ++i)
            GatewayRig::say(socket, protocol::OpRequest{readAll("op-" + QByteArray::number(i))});
        rig.settle();
        QCOMPARE(socket.all<protocol::Fault>().size(), std::size_t(5));
        QCOMPARE(socket.all<protocol::Fault>().back().op.text, QByteArray("op-4"));
        QSet<model::Text> requests; // each is found in the log by a name of its own
        for (const protocol::Fault &fault : socket.all<protocol::Fault>())
            requests.insert(fault.problem.instance);
        QCOMPARE(requests.size(), 5);
        QVERIFY(!requests.contains(model::Text()));
        QVERIFY(socket.isOpen()); // well-formed ops are no bad messages
    }

    void anOpNeedsItsScope()
    {
        GatewayRig rig;
        FakeConnection &socket = rig.socket(GatewayRig::key(auth::Scope::InboxRead));
        GatewayRig::say(socket, protocol::Hello{{"d"}, {}, {}, {}, {}, ada});
        GatewayRig::say(socket, protocol::OpRequest{readAll("op-1")});
        rig.settle();
        QCOMPARE(socket.all<protocol::Fault>().size(), std::size_t(1));
        QCOMPARE(socket.all<protocol::Fault>().front().problem.error.code, model::ErrorCode::Forbidden);
        QVERIFY(rig.inbox().ops.empty());
    }

    void opsUnderWayAreLimited()
    {
        gateway::GatewaySettings settings;
        settings.opsUnderWay = 2;
        GatewayRig rig(settings);
        FakeConnection &socket = rig.signedIn(ada);
        rig.inbox().holdOps = true;
        for (int i = 0; i < 3; ++i)
            GatewayRig::say(socket, protocol::OpRequest{readAll("op-" + QByteArray::number(i))});
        rig.settle();
        QCOMPARE(rig.inbox().ops.size(), std::size_t(2));
        QCOMPARE(socket.all<protocol::Fault>().front().problem.error.code, model::ErrorCode::Overloaded);
    }

    void badMessagesEndItAtTheThird_data()
    {
        QTest::addColumn<QByteArray>("frame");
        QTest::newRow("no JSON") << QByteArray("{");
        QTest::newRow("no object") << QByteArray("[]");
        QTest::newRow("no type") << QByteArray("{}");
        QTest::newRow("bad ack") << QByteArray(R"({"type":"ack","seq":"x"})");
        QTest::newRow("bad op") << QByteArray(R"({"type":"op","op_id":"o","set":"dance","ids":[]})");
        QTest::newRow("second hello") << QByteArray(R"({"type":"hello","device_id":"d"})");
    }
    void badMessagesEndItAtTheThird()
    {
        QFETCH(const QByteArray, frame);
        GatewayRig rig;
        FakeConnection &socket = rig.signedIn(ada);
        socket.forget();
        socket.say(frame);
        socket.say(frame);
        rig.settle();
        QCOMPARE(socket.names(), (QList<QByteArray>{"error", "error"}));
        QVERIFY(socket.isOpen());
        socket.say(frame);
        rig.settle();
        QCOMPARE(int(socket.closeCode.value_or(0)), 1008);
    }

    void aBadOpIsNamed()
    {
        GatewayRig rig;
        FakeConnection &socket = rig.signedIn(ada);
        socket.say(R"({"type":"op","op_id":"mine","set":"dance","ids":[]})");
        rig.settle();
        QCOMPARE(socket.all<protocol::Fault>().front().op.text, QByteArray("mine"));
    }

    void whatIsBadInAnOpIsNamedAsItWasSent()
    {
        GatewayRig rig;
        FakeConnection &socket = rig.signedIn(ada);
        socket.say(R"({"type":"op","op_id":"mine","set":"read","ids":[]})");
        rig.settle();
        const protocol::Fault fault = socket.all<protocol::Fault>().front();
        QCOMPARE(fault.problem.error.fields.value(0).pointer, QByteArray("/ids"));
    }

    void unknownTypesAreSkipped()
    {
        GatewayRig rig;
        FakeConnection &socket = rig.signedIn(ada);
        socket.forget();
        for (int i = 0; i < 5; ++i)
            socket.say(R"({"type":"dance"})");
        rig.settle();
        QVERIFY(socket.messages.empty());
        QVERIFY(socket.isOpen());
    }

    void binaryEndsIt()
    {
        GatewayRig rig;
        FakeConnection &socket = rig.signedIn(ada);
        socket.sayBinary(3);
        QCOMPARE(int(socket.closeCode.value_or(0)), 1003);
    }

    void fiftyMessagesASecondAreTheMost()
    {
        GatewayRig rig;
        FakeConnection &socket = rig.signedIn(ada); // the first of them was the hello
        for (int second = 0; second < 3; ++second) {
            rig.pass(1s);
            for (int i = 0; i < 50; ++i)
                GatewayRig::say(socket, protocol::Ack{0});
        }
        QVERIFY(socket.isOpen());
        GatewayRig::say(socket, protocol::Ack{0});
        QCOMPARE(int(socket.closeCode.value_or(0)), 4029);
    }

    void aWallClockThatIsSetMeasuresNothing_data()
    {
        QTest::addColumn<int>("hours");
        QTest::newRow("back") << -1;
        QTest::newRow("ahead") << 1;
    }
    void aWallClockThatIsSetMeasuresNothing()
    {
        QFETCH(const int, hours);
        GatewayRig rig;
        FakeConnection &talker = rig.socket(GatewayRig::person(ada));
        GatewayRig::say(talker, protocol::Hello{{"talker"}, {}, {}, {}, {}, {}});
        FakeConnection &quiet = rig.socket(GatewayRig::person(eve));
        GatewayRig::say(quiet, protocol::Hello{{"quiet"}, {}, {}, {}, {}, {}});
        rig.settle();
        FakeConnection &silent = rig.socket();
        GatewayRig::say(talker, Presence{Presence::State::Active, {}});
        rig.clock.set(rig.clock.now() + std::chrono::hours(hours));
        rig.pass(0s);
        QVERIFY(talker.pings.isEmpty() && quiet.pings.isEmpty());
        QVERIFY(silent.isOpen());

        const net::ConnectionId holder = rig.registry.alertHolder(ada);
        QVERIFY(holder != gateway::SessionRegistry::everyone);
        for (int second = 0; second < 10; ++second) {
            for (int i = 0; i < 20; ++i)
                GatewayRig::say(talker, protocol::Ack{0});
            rig.pass(1s);
        }
        QVERIFY(talker.isOpen());
        QCOMPARE(int(silent.closeCode.value_or(0)), 4001);
        rig.pass(15s);
        QCOMPARE(quiet.pings.size(), 1);
        rig.pass(25s);
        QCOMPARE(quiet.pings.size(), 2);
        talker.pong();
        rig.pass(25s);
        QCOMPARE(int(quiet.closeCode.value_or(0)), 1001);
        QCOMPARE(rig.registry.alertHolder(ada), holder);
        rig.pass(15s); // the lease of its presence
        QCOMPARE(rig.registry.alertHolder(ada), gateway::SessionRegistry::everyone);
    }

    void aTokenEndsUnlessItIsRefreshed()
    {
        GatewayRig rig;
        FakeConnection &socket = rig.socket();
        GatewayRig::say(socket, protocol::Hello{{"d"}, rig.token(ada, 60s), {}, {}, {}, {}});
        rig.settle();
        rig.pass(50s);
        GatewayRig::say(socket, protocol::Refresh{rig.token(ada, 120s)});
        rig.pass(60s);
        socket.pong();
        QVERIFY(socket.isOpen());
        rig.pass(59s);
        QVERIFY(socket.isOpen());
        rig.pass(2s);
        QCOMPARE(int(socket.closeCode.value_or(0)), 4001);
        QCOMPARE(rig.probe.closedAuth.value(), 1u);
    }

    void aRefreshKeepsTheSubject()
    {
        GatewayRig rig;
        FakeConnection &socket = rig.signedIn(ada);
        GatewayRig::say(socket, protocol::Refresh{"x.y.z"});
        rig.settle();
        QVERIFY(socket.isOpen());
        QCOMPARE(socket.all<protocol::Fault>().size(), std::size_t(1));
        GatewayRig::say(socket, protocol::Refresh{rig.token(eve)});
        QCOMPARE(int(socket.closeCode.value_or(0)), 4003);
    }

    void twoMissedPongsEndIt()
    {
        GatewayRig rig;
        FakeConnection &answers = rig.signedIn(ada, "answers");
        FakeConnection &silent = rig.signedIn(ada, "silent");
        for (int i = 0; i < 90; ++i) {
            rig.pass(1s);
            if (!answers.pings.isEmpty()) {
                answers.pings.clear();
                answers.pong();
            }
        }
        QVERIFY(answers.isOpen());
        QCOMPARE(silent.pings.size(), 2);
        QCOMPARE(int(silent.closeCode.value_or(0)), 1001);
    }

    void pingsAreSpread()
    {
        GatewayRig rig;
        for (int i = 0; i < 250; ++i)
            rig.signedIn({QByteArray::number(i)});
        QList<qsizetype> perSecond;
        for (int second = 0; second < 25; ++second) {
            for (const auto &connection : rig.connections)
                connection->pings.clear();
            rig.pass(1s);
            qsizetype pings = 0;
            for (const auto &connection : rig.connections)
                pings += connection->pings.size();
            perSecond.append(pings);
        }
        QVERIFY(*std::max_element(perSecond.begin(), perSecond.end()) <= 25);
        QVERIFY(std::accumulate(perSecond.begin(), perSecond.end(), qsizetype(0)) >= 240);
    }

    void onlyTheActiveDeviceAlerts_data()
    {
        QTest::addColumn<int>("gateways");
        QTest::newRow("on one loop") << 1;
        QTest::newRow("on two") << 2;
    }
    void onlyTheActiveDeviceAlerts()
    {
        QFETCH(const int, gateways);
        GatewayRig rig({}, gateways);
        FakeConnection &desk = rig.signedIn(ada, "desk", {}, 0);
        FakeConnection &phone = rig.signedIn(ada, "phone", {}, std::size_t(gateways) - 1);
        FakeConnection &other = rig.signedIn(eve);
        const auto alerts = [&] {
            rig.commit(ada);
            rig.settle();
            return QList<model::Alert>{lastAlert(desk), lastAlert(phone)};
        };
        using enum model::Alert;
        QCOMPARE(alerts(), (QList<model::Alert>{Sound, Sound})); // nobody is known to be active

        GatewayRig::say(desk, Presence{Presence::State::Active, {}});
        rig.settle();
        QCOMPARE(alerts(), (QList<model::Alert>{Sound, None}));

        rig.clock.advance(5s);
        GatewayRig::say(phone, Presence{Presence::State::Active, {}});
        rig.settle();
        QCOMPARE(alerts(), (QList<model::Alert>{None, Sound})); // the latest activity

        GatewayRig::say(phone, Presence{Presence::State::Locked, {}});
        rig.settle();
        QCOMPARE(alerts(), (QList<model::Alert>{Sound, None}));

        rig.pass(90s); // the lease of the desk
        QCOMPARE(alerts(), (QList<model::Alert>{Sound, Sound}));
        rig.commit(eve);
        rig.settle();
        QCOMPARE(lastAlert(other), Sound);
    }

    void anActiveDeviceThatGoesLeavesTheOthers()
    {
        GatewayRig rig;
        FakeConnection &desk = rig.signedIn(ada);
        FakeConnection &phone = rig.signedIn(ada);
        GatewayRig::say(desk, Presence{Presence::State::Active, {}});
        rig.settle();
        desk.hangUp();
        rig.settle();
        rig.commit(ada);
        rig.settle();
        QCOMPARE(lastAlert(phone), model::Alert::Sound);
    }

    void aClockThatIsAheadWinsNothing()
    {
        GatewayRig rig;
        FakeConnection &desk = rig.signedIn(ada);
        FakeConnection &phone = rig.signedIn(ada);
        GatewayRig::say(desk, Presence{Presence::State::Active, rig.clock.now() + 1h});
        rig.clock.advance(1s);
        GatewayRig::say(phone, Presence{Presence::State::Active, rig.clock.now()});
        rig.settle();
        rig.commit(ada);
        rig.settle();
        QCOMPARE(lastAlert(desk), model::Alert::None);
        QCOMPARE(lastAlert(phone), model::Alert::Sound);
    }

    void theSameDeviceReplaces_data()
    {
        QTest::addColumn<int>("gateways");
        QTest::newRow("on one loop") << 1;
        QTest::newRow("on two") << 2;
    }
    void theSameDeviceReplaces()
    {
        QFETCH(const int, gateways);
        GatewayRig rig({}, gateways);
        FakeConnection &first = rig.signedIn(ada, "phone", {}, 0);
        FakeConnection &second = rig.signedIn(ada, "phone", {}, std::size_t(gateways) - 1);
        FakeConnection &others = rig.signedIn(eve, "phone");
        QCOMPARE(first.names().last(), QByteArray("bye"));
        QVERIFY(!first.all<protocol::Bye>().front().reconnectAfter);
        QCOMPARE(int(first.closeCode.value_or(0)), 4000);
        QVERIFY(second.isOpen());
        QVERIFY(others.isOpen());
        QCOMPARE(rig.registry.sessionsOf(ada), 1);
        QCOMPARE(rig.fanout.sessions.value(ada), 1);
        rig.commit(ada);
        rig.settle();
        QCOMPARE(second.all<protocol::Event>().size(), std::size_t(1));
    }

    void aCloseThatEndsAtOnceIsSafe()
    {
        GatewayRig rig;
        FakeConnection &socket = rig.signedIn(ada);
        socket.closesAtOnce = true;
        for (int i = 0; i < 3; ++i)
            socket.say("{");
        rig.settle();
        QCOMPARE(int(socket.closeCode.value_or(0)), 1008);
        QCOMPARE(rig.gateways.front()->sessions(), 0);
        FakeConnection &silent = rig.socket();
        silent.closesAtOnce = true;
        rig.signedIn(ada);
        rig.pass(10s);
        QCOMPARE(int(silent.closeCode.value_or(0)), 4001);
        QCOMPARE(rig.gateways.front()->sessions(), 1);
    }
};

QTEST_GUILESS_MAIN(TstLiveSocket)
#include "tst_live_socket.moc"
