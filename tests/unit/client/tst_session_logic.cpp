#include "session_rig.h"

#include <QTest>

using namespace belfry;
using namespace belfry::client;
using namespace belfry::model;
using protocol::CloseCode;
using protocol::Welcome;
using std::chrono::milliseconds;
using std::chrono::seconds;

/// The life of a session: how it begins, ends and comes back.
class TstSessionLogic : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysHelloAfterDiscovery();
    void apiKeyNamesItsUser();
    void silenceIsPingedThenDropped();
    void welcomeMustCome();
    void failedDiscoveryIsRetried();
    void wrongServerEndsIt_data();
    void wrongServerEndsIt();
    void closeCodes_data();
    void closeCodes();
    void byeTellsWhenToComeBack();
    void byeCountsWithoutItsCloseFrame_data();
    void byeCountsWithoutItsCloseFrame();
    void newTokenGoesOn();
    void refusedFreshTokenIsNoTightCircle();
    void tokenIsRefreshedWhileConnected();
    void suspendReconnectsAtOnce();
    void clockThatStepsBackHoldsNothingUp();
    void networkChangeCutsTheWait();
    void unreadableMessageReconnects();
    void unknownMessageIsSkipped();
    void presenceIsToldAfterEachWelcome();
    void presenceIsToldWithinItsLease();
    void stopAcksAndSaysNothingMore();
};

void TstSessionLogic::saysHelloAfterDiscovery()
{
    SessionRig s;
    s.logic.start(s.now);
    QCOMPARE(s.host.discoveries, 1);
    QCOMPARE(s.host.opened, 0);
    s.discover();
    QCOMPARE(s.host.opened, 1);
    s.logic.socketOpened(s.now);
    const auto hello = s.host.sentOf<protocol::Hello>().at(0);
    QCOMPARE(hello, (protocol::Hello{{"dev"}, "a.b.c", {"e1"}, 10, {}, {}}));
    QCOMPARE(s.host.states, (QList<SessionState>{SessionState::Discovering, SessionState::Connecting}));
}

// Decisions H27: a user token names its user itself, a key does not.
void TstSessionLogic::apiKeyNamesItsUser()
{
    SessionRig s(Cursor{}, "blf_key");
    s.logic.start(s.now);
    s.discover();
    s.logic.socketOpened(s.now);
    QCOMPARE(s.host.sentOf<protocol::Hello>().at(0).user, std::optional(UserId{"u"}));
}

// Decisions H69.
void TstSessionLogic::silenceIsPingedThenDropped()
{
    SessionRig s;
    s.goLive();
    QVERIFY(s.logic.nextDeadline() == s.now + seconds(25));
    s.pass(milliseconds(24'999));
    QCOMPARE(s.host.pings, 0);
    s.pass(milliseconds(1));
    QCOMPARE(s.host.pings, 1);
    s.logic.heard(s.now); // its pong
    s.pass(seconds(25));
    QCOMPARE(s.host.pings, 2);
    s.pass(milliseconds(9'999));
    QCOMPARE(s.logic.state(), SessionState::Live);
    s.pass(milliseconds(1));
    QCOMPARE(s.logic.state(), SessionState::Waiting);
    QCOMPARE(s.host.dropped.size(), 1);
}

void TstSessionLogic::welcomeMustCome()
{
    SessionRig s;
    s.logic.start(s.now);
    s.discover();
    s.logic.socketOpened(s.now);
    s.pass(SessionLogic::connectDeadline);
    QCOMPARE(s.logic.state(), SessionState::Waiting);
    QCOMPARE(s.host.dropped.size(), 1);
}

void TstSessionLogic::failedDiscoveryIsRetried()
{
    SessionRig s;
    s.logic.start(s.now);
    s.logic.discovered(s.host.lastAttempt, fail(ErrorCode::Unavailable, "nothing answers"), s.now);
    QCOMPARE(s.logic.state(), SessionState::Waiting);
    QVERIFY(s.host.retryAt == s.now + milliseconds(500));
    s.pass(milliseconds(500));
    QCOMPARE(s.host.discoveries, 2);
    s.pass(SessionLogic::connectDeadline);
    const quint64 late = s.host.lastAttempt;
    QCOMPARE(s.logic.state(), SessionState::Waiting);
    s.discover(); // too late
    QCOMPARE(s.host.opened, 0);
    s.pass(milliseconds(1000));
    QVERIFY(s.host.lastAttempt != late);
}

// Decisions H84.
void TstSessionLogic::wrongServerEndsIt_data()
{
    QTest::addColumn<bool>("isBelfry");
    QTest::newRow("another program") << false;
    QTest::newRow("another protocol") << true;
}

void TstSessionLogic::wrongServerEndsIt()
{
    QFETCH(bool, isBelfry);
    SessionRig s;
    s.logic.start(s.now);
    protocol::WellKnown newer;
    newer.version = "9";
    newer.protocols = {"belfry.v9"};
    const Result<protocol::WellKnown> other = fail(ErrorCode::NotFound, "404");
    s.logic.discovered(s.host.lastAttempt, isBelfry ? Result<protocol::WellKnown>(newer) : other, s.now);
    QCOMPARE(s.logic.state(), SessionState::Ended);
    QCOMPARE(s.host.problems.size(), 1);
    QVERIFY(!s.logic.nextDeadline());
}

void TstSessionLogic::closeCodes_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<SessionState>("state");
    QTest::newRow("lost") << 0 << SessionState::Waiting;
    QTest::newRow("normal") << int(CloseCode::Normal) << SessionState::Waiting;
    QTest::newRow("drain") << int(CloseCode::ServiceRestart) << SessionState::Waiting;
    QTest::newRow("replaced") << int(CloseCode::Replaced) << SessionState::Ended;
    QTest::newRow("auth") << int(CloseCode::Unauthenticated) << SessionState::NeedsToken;
    QTest::newRow("forbidden") << int(CloseCode::Forbidden) << SessionState::Ended;
    QTest::newRow("slow") << int(CloseCode::TooSlow) << SessionState::Waiting;
    QTest::newRow("too many") << int(CloseCode::TooManyConnections) << SessionState::Waiting;
    QTest::newRow("rate") << int(CloseCode::RateLimited) << SessionState::Waiting;
}

void TstSessionLogic::closeCodes()
{
    QFETCH(int, code);
    QFETCH(SessionState, state);
    SessionRig s;
    s.goLive();
    s.logic.socketClosed(code, "closed", s.now);
    QCOMPARE(s.logic.state(), state);
    s.pass(seconds(3600));
    QCOMPARE(s.host.opened, state == SessionState::Waiting ? 2 : 1);
}

void TstSessionLogic::byeTellsWhenToComeBack()
{
    SessionRig s;
    s.goLive();
    s.hear(protocol::Bye{CloseCode::ServiceRestart, milliseconds(7000)});
    s.logic.socketClosed(int(CloseCode::ServiceRestart), "drain", s.now);
    QVERIFY(s.host.retryAt == s.now + milliseconds(7000));
    s.pass(milliseconds(7000));
    QCOMPARE(s.host.opened, 2);
    s.logic.socketOpened(s.now);
    s.welcome(Welcome::Mode::Resume);
}

void TstSessionLogic::byeCountsWithoutItsCloseFrame_data()
{
    QTest::addColumn<int>("code");
    QTest::newRow("no close frame") << 0;
    QTest::newRow("normal") << int(CloseCode::Normal);
    QTest::newRow("abnormal") << 1006;
}

void TstSessionLogic::byeCountsWithoutItsCloseFrame()
{
    QFETCH(int, code);
    SessionRig s;
    s.goLive();
    s.hear(protocol::Bye{CloseCode::Replaced, {}});
    s.logic.socketClosed(code, "lost", s.now);
    QCOMPARE(s.logic.state(), SessionState::Ended);
}

void TstSessionLogic::newTokenGoesOn()
{
    SessionRig s;
    s.goLive();
    s.logic.socketClosed(int(CloseCode::Unauthenticated), "expired", s.now);
    QCOMPARE(s.host.tokensAsked, 1);
    s.logic.setToken("d.e.f", s.now);
    QCOMPARE(s.host.opened, 2);
    s.reconnect();
    QCOMPARE(s.host.sentOf<protocol::Hello>().back().token, Text("d.e.f"));
    QCOMPARE(s.logic.state(), SessionState::Live);
}

void TstSessionLogic::refusedFreshTokenIsNoTightCircle()
{
    SessionRig s;
    s.goLive();
    s.logic.socketClosed(int(CloseCode::Unauthenticated), "expired", s.now);
    s.logic.setToken("d.e.f", s.now);
    s.logic.socketOpened(s.now);
    s.logic.socketClosed(int(CloseCode::Unauthenticated), "refused", s.now);
    QCOMPARE(s.host.tokensAsked, 1);
    QCOMPARE(s.logic.state(), SessionState::Waiting);
    QVERIFY(s.host.retryAt >= s.now + seconds(30));
    s.logic.setToken("g.h.i", s.now); // somebody signed in anew
    QCOMPARE(s.host.opened, 3);
}

void TstSessionLogic::tokenIsRefreshedWhileConnected()
{
    SessionRig s;
    s.goLive();
    s.logic.setToken("d.e.f", s.now);
    QCOMPARE(s.host.sentOf<protocol::Refresh>(), std::vector{protocol::Refresh{"d.e.f"}});
    QCOMPARE(s.host.opened, 1);
}

void TstSessionLogic::suspendReconnectsAtOnce()
{
    SessionRig s;
    s.goLive();
    QCOMPARE(s.host.opened, 1);
    s.now = s.now + seconds(60);
    s.logic.reconnectNow(s.now);
    QCOMPARE(s.host.opened, 2);
    QCOMPARE(s.logic.state(), SessionState::Connecting);
    QCOMPARE(s.host.dropped.size(), 1);
}

void TstSessionLogic::clockThatStepsBackHoldsNothingUp()
{
    SessionRig s;
    s.goLive();
    s.event(11);
    QVERIFY(s.logic.apply(readUpTo("o1"), s.now));
    s.hear(protocol::Applied{{{"o1"}, 12, false, {}}});
    s.now = s.now - seconds(3600);
    s.logic.reconnectNow(s.now);
    QCOMPARE(s.host.opened, 2);
    s.reconnect();
    s.event(12);
    QCOMPARE(s.host.sentOf<protocol::Ack>().back(), protocol::Ack{12});
    for (int i = 0; i < 40; ++i)
        QVERIFY(s.logic.apply(readUpTo("o"), s.now));
    QCOMPARE(s.host.sentOf<protocol::OpRequest>().size(), 31u);
    s.pass(seconds(1));
    QCOMPARE(s.host.sentOf<protocol::OpRequest>().size(), 41u);
}

void TstSessionLogic::networkChangeCutsTheWait()
{
    SessionRig s;
    s.goLive();
    s.logic.socketClosed(0, "lost", s.now);
    s.logic.reconnectNow(s.now);
    QCOMPARE(s.host.opened, 2);
    s.logic.stop();
    s.logic.reconnectNow(s.now);
    QCOMPARE(s.host.opened, 2);
}

void TstSessionLogic::unreadableMessageReconnects()
{
    SessionRig s;
    s.goLive();
    s.logic.socketText("{", s.now);
    QCOMPARE(s.logic.state(), SessionState::Waiting);
    QCOMPARE(s.host.dropped, QList<int>{int(CloseCode::ProtocolError)});
}

void TstSessionLogic::unknownMessageIsSkipped()
{
    SessionRig s;
    s.goLive();
    s.logic.socketText(R"({"type":"weather"})", s.now);
    QCOMPARE(s.logic.state(), SessionState::Live);
}

void TstSessionLogic::presenceIsToldAfterEachWelcome()
{
    SessionRig s;
    s.logic.setPresence(protocol::Presence::State::Active, s.now);
    s.goLive();
    QCOMPARE(s.host.sentOf<protocol::Presence>().size(), 1u);
    s.logic.setPresence(protocol::Presence::State::Locked, s.now);
    QCOMPARE(s.host.sentOf<protocol::Presence>().size(), 2u);
    s.logic.reconnectNow(s.now);
    s.reconnect();
    QCOMPARE(s.host.sentOf<protocol::Presence>().back().state, protocol::Presence::State::Locked);
    QCOMPARE(s.host.sentOf<protocol::Presence>().size(), 3u);
}

// Semantics 15: every 30 s, lease 90 s; `at` stays the last activity.
void TstSessionLogic::presenceIsToldWithinItsLease()
{
    SessionRig s;
    s.goLive();
    s.logic.setPresence(protocol::Presence::State::Active, s.now);
    const Instant active = s.now;
    s.pass(seconds(24));
    s.logic.heard(s.now);
    QVERIFY(s.logic.nextDeadline() == active + seconds(30));
    s.pass(seconds(6));
    const auto told = s.host.sentOf<protocol::Presence>();
    QCOMPARE(told.size(), 2u);
    QCOMPARE(told.at(1), (protocol::Presence{protocol::Presence::State::Active, active}));
    s.pass(seconds(1));
    QCOMPARE(s.host.sentOf<protocol::Presence>().size(), 2u);
}

void TstSessionLogic::stopAcksAndSaysNothingMore()
{
    SessionRig s;
    s.goLive();
    s.event(11);
    s.event(12);
    s.logic.stop();
    QCOMPARE(s.host.sentOf<protocol::Ack>().back(), protocol::Ack{12});
    QCOMPARE(s.host.dropped, QList<int>{int(CloseCode::Normal)});
    QCOMPARE(s.logic.state(), SessionState::Stopped);
    s.event(13);
    s.pass(seconds(3600));
    QCOMPARE(s.host.seqs, (QList<Seq>{11, 12}));
    QCOMPARE(s.host.opened, 1);
}

QTEST_APPLESS_MAIN(TstSessionLogic)
#include "tst_session_logic.moc"
