#include "gateway_rig.h"

#include <QTest>

using namespace belfry;
using auth::Scope;
using protocol::CloseCode;
using protocol::Welcome;
using test::ada;
using test::eve;
using test::FakeConnection;
using test::GatewayRig;

namespace {
constexpr int codeOf(CloseCode code)
{
    return static_cast<int>(code);
}
} // namespace

Q_DECLARE_METATYPE(std::optional<auth::Principal>)
Q_DECLARE_METATYPE(std::optional<belfry::model::Seq>)

/// What a belfry.v1 socket goes through before it is live: who it is, and where in the log it goes on.
class TstHello : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aTokenSignsIn()
    {
        GatewayRig rig;
        FakeConnection &socket = rig.signedIn(ada);
        QCOMPARE(socket.names(), (QList<QByteArray>{"welcome", "live", "counts"}));
        const Welcome welcome = socket.all<Welcome>().front();
        QCOMPARE(welcome.epoch.text, QByteArray("epoch-1"));
        QCOMPARE(welcome.head, model::Seq(0));
        QCOMPARE(welcome.mode, Welcome::Mode::Snapshot);
        QCOMPARE(welcome.ping.count(), 25);
        QVERIFY(rig.fanout.isConnected(ada));
        QCOMPARE(rig.probe.sockets.value(), 1);
    }

    void credentials_data()
    {
        QTest::addColumn<std::optional<auth::Principal>>("upgrade");
        QTest::addColumn<QByteArray>("token"); // "good" and "old" are made
        QTest::addColumn<QByteArray>("user");
        QTest::addColumn<int>("close"); // 0: welcome

        const auth::Principal none = GatewayRig::key({});
        QTest::newRow("nothing") << std::optional<auth::Principal>() << QByteArray() << QByteArray() << 4001;
        QTest::newRow("bad token") << std::optional<auth::Principal>() << QByteArray("x.y.z") << QByteArray()
                                   << 4001;
        QTest::newRow("ended token") << std::optional<auth::Principal>() << QByteArray("old") << QByteArray()
                                     << 4001;
        QTest::newRow("bad token beside a good header")
            << std::optional(GatewayRig::person(ada)) << QByteArray("x.y.z") << QByteArray() << 4001;
        QTest::newRow("anonymous") << std::optional(GatewayRig::anonymous()) << QByteArray()
                                   << QByteArray("ada") << 4001;
        QTest::newRow("header") << std::optional(GatewayRig::person(ada)) << QByteArray() << QByteArray()
                                << 0;
        QTest::newRow("own name") << std::optional<auth::Principal>() << QByteArray("good")
                                  << QByteArray("ada") << 0;
        QTest::newRow("somebody else")
            << std::optional<auth::Principal>() << QByteArray("good") << QByteArray("eve") << 4003;
        QTest::newRow("key and user")
            << std::optional(GatewayRig::key()) << QByteArray() << QByteArray("eve") << 0;
        QTest::newRow("key without scope")
            << std::optional(none) << QByteArray() << QByteArray("eve") << 4003;
    }
    void credentials()
    {
        QFETCH(const std::optional<auth::Principal>, upgrade);
        QFETCH(QByteArray, token);
        QFETCH(const QByteArray, user);
        QFETCH(const int, close);
        GatewayRig rig;
        if (token == "good")
            token = rig.token(ada);
        if (token == "old")
            token = rig.token(ada, std::chrono::seconds(-10));
        FakeConnection &socket = rig.socket(upgrade);
        protocol::Hello hello{{"d"}, token, {}, {}, {}, {}};
        if (!user.isEmpty())
            hello.user = model::UserId{user};
        GatewayRig::say(socket, hello);
        rig.settle();
        QCOMPARE(int(socket.closeCode.value_or(0)), close);
        if (close == 0) {
            QCOMPARE(socket.names().value(0), QByteArray("welcome"));
        } else {
            QCOMPARE(socket.names(), (QList<QByteArray>{"error", "bye"}));
            QCOMPARE(codeOf(socket.all<protocol::Bye>().front().code), close);
            QCOMPARE(rig.probe.sockets.value(), 0);
            QCOMPARE(rig.fanout.connectedSessions(), 0);
        }
    }

    void aKeyMustSayWhoseInbox()
    {
        GatewayRig rig;
        FakeConnection &socket = rig.socket(GatewayRig::key());
        GatewayRig::say(socket, protocol::Hello{{"d"}, {}, {}, {}, {}, {}});
        rig.settle();
        QCOMPARE(socket.names(), QList<QByteArray>{"error"});
        QVERIFY(socket.isOpen());
        GatewayRig::say(socket, protocol::Hello{{"d"}, {}, {}, {}, {}, eve});
        rig.settle();
        QVERIFY(socket.names().contains("welcome"));
    }

    void framesBeforeHelloEndIt_data()
    {
        QTest::addColumn<QByteArray>("frame");
        QTest::newRow("ack") << protocol::encode(protocol::Ack{1});
        QTest::newRow("presence") << protocol::encode(protocol::Presence{});
        QTest::newRow("unknown") << QByteArray(R"({"type":"dance"})");
    }
    void framesBeforeHelloEndIt()
    {
        QFETCH(const QByteArray, frame);
        GatewayRig rig;
        FakeConnection &socket = rig.socket(GatewayRig::person(ada));
        socket.say(frame);
        rig.settle();
        QCOMPARE(int(socket.closeCode.value_or(0)), 4001);
    }

    void silenceEndsIt()
    {
        GatewayRig rig;
        FakeConnection &socket = rig.socket();
        rig.pass(std::chrono::milliseconds(9'900));
        QVERIFY(socket.isOpen());
        rig.pass(std::chrono::milliseconds(200));
        QCOMPARE(int(socket.closeCode.value_or(0)), 4001);
        QCOMPARE(rig.gateways.front()->sessions(), 0);
    }

    void aSecondHelloIsAnError()
    {
        GatewayRig rig;
        FakeConnection &socket = rig.signedIn(ada);
        socket.forget();
        GatewayRig::say(socket, rig.hello(ada));
        rig.settle();
        QCOMPARE(socket.names(), QList<QByteArray>{"error"});
        QVERIFY(socket.isOpen());
    }

    void whereItGoesOn_data()
    {
        QTest::addColumn<QByteArray>("epoch");
        QTest::addColumn<std::optional<model::Seq>>("since");
        QTest::addColumn<Welcome::Mode>("mode");
        QTest::addColumn<QList<model::Seq>>("replayed");
        using Since = std::optional<model::Seq>;
        const QList<model::Seq> nothing;
        // A log of 1…6 with floor 3.
        QTest::newRow("neither") << QByteArray() << Since() << Welcome::Mode::Snapshot << nothing;
        QTest::newRow("epoch alone") << QByteArray("epoch-1") << Since() << Welcome::Mode::Snapshot
                                     << nothing;
        QTest::newRow("since alone") << QByteArray() << Since(4) << Welcome::Mode::Resume
                                     << QList<model::Seq>{5, 6};
        QTest::newRow("both") << QByteArray("epoch-1") << Since(4) << Welcome::Mode::Resume
                              << QList<model::Seq>{5, 6};
        QTest::newRow("at the head") << QByteArray("epoch-1") << Since(6) << Welcome::Mode::Resume << nothing;
        QTest::newRow("just below the floor")
            << QByteArray() << Since(2) << Welcome::Mode::Resume << QList<model::Seq>{3, 4, 5, 6};
        QTest::newRow("below the floor") << QByteArray() << Since(1) << Welcome::Mode::Reset << nothing;
        QTest::newRow("beyond the head") << QByteArray() << Since(7) << Welcome::Mode::Reset << nothing;
        QTest::newRow("other epoch") << QByteArray("epoch-0") << Since(6) << Welcome::Mode::Reset << nothing;
        QTest::newRow("other epoch alone")
            << QByteArray("epoch-0") << Since() << Welcome::Mode::Reset << nothing;
    }
    void whereItGoesOn()
    {
        QFETCH(const QByteArray, epoch);
        QFETCH(const std::optional<model::Seq>, since);
        QFETCH(const Welcome::Mode, mode);
        QFETCH(const QList<model::Seq>, replayed);
        GatewayRig rig;
        for (int i = 0; i < 6; ++i)
            rig.inbox().create(ada);
        rig.inbox().logs[ada].floor = 3;

        FakeConnection &socket = rig.socket();
        protocol::Hello hello = rig.hello(ada, "d", since);
        hello.epoch = {epoch};
        GatewayRig::say(socket, hello);
        rig.settle();
        QCOMPARE(socket.all<Welcome>().size(), std::size_t(1));
        QCOMPARE(socket.all<Welcome>().front().mode, mode);
        QCOMPARE(socket.all<Welcome>().front().head, model::Seq(6));
        QList<model::Seq> seqs;
        for (const protocol::Batch &batch : socket.all<protocol::Batch>()) {
            for (const model::Change &change : batch.items)
                seqs.append(change.seq);
        }
        QCOMPARE(seqs, replayed);
        QCOMPARE(socket.names().last(), QByteArray("counts"));
        QCOMPARE(socket.all<protocol::Live>().size(), std::size_t(1));

        // Whatever it was: only what is above the head comes now.
        socket.forget();
        rig.commit(ada);
        rig.settle();
        QCOMPARE(socket.names(), (QList<QByteArray>{"ev", "counts"}));
        QCOMPARE(socket.all<protocol::Event>().front().change.seq, model::Seq(7));
    }

    void aKnownHeadNeedsNoRead()
    {
        GatewayRig rig;
        for (int i = 0; i < 3; ++i)
            rig.commit(ada);
        FakeConnection &socket = rig.signedIn(ada, "d", 3);
        QCOMPARE(socket.names(), (QList<QByteArray>{"welcome", "live", "counts"}));
        QCOMPARE(rig.inbox().stateReads, 0);
        QCOMPARE(rig.inbox().pageReads, 0);
        QCOMPARE(rig.probe.resumedFromMemory.value(), 1u);
        QCOMPARE(socket.all<protocol::CountsNow>().front().counts.unread, 3);
    }

    void helloOfOneTurnAreOneRead()
    {
        GatewayRig rig;
        for (int i = 0; i < 50; ++i) {
            const model::UserId user{QByteArray::number(i)};
            FakeConnection &socket = rig.socket();
            GatewayRig::say(socket, rig.hello(user, "d"));
        }
        rig.settle();
        QCOMPARE(rig.inbox().stateReads, 1);
        QCOMPARE(rig.inbox().usersInStateReads, 50);
        for (const auto &connection : rig.connections)
            QCOMPARE(connection->names().value(1), QByteArray("live"));
    }

    void whatIsBeyondAStaleHeadIsAskedFor()
    {
        // The news of 1 and 2 are still on their way to this loop, yet the client had them on another one.
        GatewayRig rig;
        rig.store.exclusive = false;
        rig.signedIn(ada, "other");
        rig.inbox().create(ada);
        rig.inbox().create(ada);
        FakeConnection &socket = rig.signedIn(ada, "d", 2);
        QCOMPARE(socket.all<Welcome>().size(), std::size_t(1));
        QCOMPARE(socket.all<Welcome>().front().mode, Welcome::Mode::Resume);
    }

    void aStoreThatIsAwayIsAskedAgain()
    {
        GatewayRig rig;
        rig.inbox().failStates = model::Error{model::ErrorCode::Unavailable, "away", {}, {}};
        FakeConnection &socket = rig.signedIn(ada);
        QVERIFY(socket.names().isEmpty());
        QVERIFY(socket.isOpen());
        rig.inbox().failStates.reset();
        rig.pass(std::chrono::seconds(2));
        QCOMPARE(socket.names().value(0), QByteArray("welcome"));
    }
};

QTEST_GUILESS_MAIN(TstHello)
#include "tst_hello.moc"
