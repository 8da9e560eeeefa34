#include "client/session_logic.h"
#include "fake_host.h"
#include "memory_journal.h"

#include <QTest>

using namespace belfry;
using namespace belfry::client;
using namespace belfry::model;
using protocol::CloseCode;
using protocol::Welcome;
using std::chrono::milliseconds;
using std::chrono::seconds;

class TstSessionLogic : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysHelloAfterDiscovery();
    void apiKeyNamesItsUser();
    void resumesAndAppliesInOrder();
    void repeatsAreAppliedOnce();
    void gapResumesFromTheLastContiguous();
    void acksAreSpaced();
    void freshDeviceLoadsASnapshot();
    void resetLoadsASnapshotWhateverWasKnown();
    void newsDuringTheSnapshotWait();
    void snapshotBehindTheNewsResumes();
    void snapshotHasPages();
    void tooLargeSnapshotIsToldSo();
    void staleSnapshotIsIgnored();
    void failedSnapshotIsTriedAgain();
    void liveOnlyMovesNothing();
    void opsWaitForTheConnection();
    void opsAreSentAgainAfterALoss();
    void opsAreSettledByTheirAnswer();
    void refusedOpsLeaveTheQueue();
    void answersAreToldOnce();
    void busyServerGetsTheOpLater();
    void opsArePaced();
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
    void tooBigOpIsRefused();
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

namespace {
constexpr Instant start{1'700'000'000'000'000};

Change entry(Seq seq)
{
    return {seq, ChangeKind::Recalled, start, Gone{Uuid{1, quint64(seq)}}, Alert::None};
}

Op readUpTo(const char *id)
{
    return {{id}, OpSet::Read, UpTo{1}, {}, {}};
}

protocol::Snapshot snapshotAt(Seq seq, const Text &next = {})
{
    protocol::Snapshot snapshot{{"e1"}, seq, {1, 2}, {}, next};
    snapshot.items.resize(1);
    return snapshot;
}

/// A logic with its host and a hand on the clock.
struct Session
{
    explicit Session(Cursor cursor = {{"e1"}, 10}, Text token = "a.b.c", OpJournal *journal = nullptr)
        : logic(
              host, {{"dev"}, std::move(token), UserId{"u"}, std::move(cursor), {}}, [] { return 1.0; },
              journal)
    {
    }

    void discover()
    {
        protocol::WellKnown known;
        known.version = "1";
        known.protocols = {"belfry.v1"};
        logic.discovered(host.lastAttempt, known, now);
    }
    void hear(const protocol::ServerMessage &message) { logic.socketText(protocol::encode(message), now); }
    void welcome(Welcome::Mode mode, Seq head = 10) { hear(Welcome{{"e1"}, head, mode, seconds(25)}); }
    void connect(Welcome::Mode mode = Welcome::Mode::Resume, Seq head = 10)
    {
        logic.start(now);
        discover();
        logic.socketOpened(now);
        welcome(mode, head);
    }
    void goLive()
    {
        connect();
        hear(protocol::Live{});
    }
    /// Again after a loss, without discovery.
    void reconnect()
    {
        logic.socketOpened(now);
        welcome(Welcome::Mode::Resume);
        hear(protocol::Live{});
    }
    void pass(milliseconds time)
    {
        now = now + time;
        logic.tick(now);
    }
    void event(Seq seq) { hear(protocol::Event{entry(seq)}); }

    FakeHost host;
    SessionLogic logic;
    Instant now = start;
};
} // namespace

void TstSessionLogic::saysHelloAfterDiscovery()
{
    Session s;
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
    Session s(Cursor{}, "blf_key");
    s.logic.start(s.now);
    s.discover();
    s.logic.socketOpened(s.now);
    QCOMPARE(s.host.sentOf<protocol::Hello>().at(0).user, std::optional(UserId{"u"}));
}

void TstSessionLogic::resumesAndAppliesInOrder()
{
    Session s;
    s.connect(Welcome::Mode::Resume, 13);
    QCOMPARE(s.logic.state(), SessionState::Replaying);
    s.hear(protocol::Batch{11, 12, {entry(11), entry(12)}});
    s.hear(protocol::Batch{13, 13, {entry(13)}});
    s.hear(protocol::Live{});
    QCOMPARE(s.logic.state(), SessionState::Live);
    s.event(14);
    QCOMPARE(s.host.seqs, (QList<Seq>{11, 12, 13, 14}));
    QCOMPARE(s.host.cursor, (Cursor{{"e1"}, 14}));
    s.hear(protocol::CountsNow{14, {3, 4}});
    QCOMPARE(s.host.counts, (Counts{3, 4}));
}

void TstSessionLogic::repeatsAreAppliedOnce()
{
    Session s;
    s.connect();
    s.hear(protocol::Batch{9, 12, {entry(9), entry(10), entry(11), entry(12)}});
    s.event(12);
    QCOMPARE(s.host.seqs, (QList<Seq>{11, 12}));
}

void TstSessionLogic::gapResumesFromTheLastContiguous()
{
    Session s;
    s.goLive();
    s.event(11);
    s.event(13);
    QCOMPARE(s.host.seqs, QList<Seq>{11});
    QCOMPARE(s.logic.state(), SessionState::Waiting);
    QCOMPARE(s.host.dropped.size(), 1);
    s.event(14); // of the socket that is gone
    s.pass(milliseconds(500));
    s.reconnect();
    QCOMPARE(s.host.sentOf<protocol::Hello>().back().since, std::optional<Seq>(11));
    QCOMPARE(s.host.seqs, QList<Seq>{11});
}

void TstSessionLogic::acksAreSpaced()
{
    Session s;
    s.goLive();
    for (Seq seq = 11; seq <= 100; ++seq)
        s.event(seq);
    QCOMPARE(s.host.sentOf<protocol::Ack>(), std::vector{protocol::Ack{11}});
    QVERIFY(s.logic.nextDeadline() == s.now + SessionLogic::ackSpacing);
    s.pass(milliseconds(200));
    QCOMPARE(s.host.sentOf<protocol::Ack>(), (std::vector{protocol::Ack{11}, protocol::Ack{100}}));
    s.pass(milliseconds(200));
    QCOMPARE(s.host.sentOf<protocol::Ack>().size(), 2u);
}

void TstSessionLogic::freshDeviceLoadsASnapshot()
{
    Session s(Cursor{});
    s.connect(Welcome::Mode::Snapshot, 40);
    QCOMPARE(s.logic.state(), SessionState::LoadingSnapshot);
    s.hear(protocol::Live{});
    s.logic.snapshotPage(s.host.lastAttempt, snapshotAt(40), s.now);
    QCOMPARE(s.logic.state(), SessionState::Live);
    QCOMPARE(s.host.snapshots.size(), 1u);
    QCOMPARE(s.host.counts, (Counts{1, 2}));
    QCOMPARE(s.host.cursor, (Cursor{{"e1"}, 40}));
    QCOMPARE(s.host.sentOf<protocol::Ack>(), std::vector{protocol::Ack{40}});
}

void TstSessionLogic::resetLoadsASnapshotWhateverWasKnown()
{
    Session s({{"old"}, 900});
    s.connect(Welcome::Mode::Reset, 40);
    QCOMPARE(s.logic.state(), SessionState::LoadingSnapshot);
    s.logic.snapshotPage(s.host.lastAttempt, snapshotAt(40), s.now);
    QCOMPARE(s.logic.state(), SessionState::Replaying);
    s.hear(protocol::Live{});
    s.event(41);
    QCOMPARE(s.host.seqs, QList<Seq>{41});
    QCOMPARE(s.host.cursor, (Cursor{{"e1"}, 41}));
}

// Decisions H22: only seqs above `head` come after a reset; what the snapshot holds already is not applied
// again.
void TstSessionLogic::newsDuringTheSnapshotWait()
{
    Session s(Cursor{});
    s.connect(Welcome::Mode::Snapshot, 40);
    s.hear(protocol::Live{});
    for (Seq seq = 41; seq <= 44; ++seq)
        s.event(seq);
    QVERIFY(s.host.seqs.isEmpty());
    QVERIFY(s.host.sentOf<protocol::Ack>().empty());
    s.logic.snapshotPage(s.host.lastAttempt, snapshotAt(42), s.now);
    QCOMPARE(s.host.seqs, (QList<Seq>{43, 44}));
    QCOMPARE(s.logic.state(), SessionState::Live);
}

void TstSessionLogic::snapshotBehindTheNewsResumes()
{
    Session s(Cursor{});
    s.connect(Welcome::Mode::Snapshot, 40);
    s.event(41);
    s.logic.snapshotPage(s.host.lastAttempt, snapshotAt(38), s.now); // a replica that lags
    QCOMPARE(s.host.snapshots.size(), 1u);
    QVERIFY(s.host.seqs.isEmpty());
    QCOMPARE(s.logic.state(), SessionState::Waiting);
    QCOMPARE(s.logic.cursor(), (Cursor{{"e1"}, 38}));
}

// Decisions H23: the first page's seq counts.
void TstSessionLogic::snapshotHasPages()
{
    Session s(Cursor{});
    s.connect(Welcome::Mode::Snapshot, 40);
    s.logic.snapshotPage(s.host.lastAttempt, snapshotAt(40, "p2"), s.now);
    QVERIFY(s.host.snapshots.empty());
    s.event(41);
    s.logic.snapshotPage(s.host.lastAttempt, snapshotAt(41), s.now);
    QCOMPARE(s.host.snapshotCursors, (QList<Text>{{}, "p2"}));
    QCOMPARE(s.host.snapshots.at(0).seq, 40);
    QCOMPARE(s.host.snapshots.at(0).items.size(), 2u);
    QCOMPARE(s.host.seqs, QList<Seq>{41});
}

void TstSessionLogic::tooLargeSnapshotIsToldSo()
{
    Session s(Cursor{});
    s.connect(Welcome::Mode::Snapshot, 40);
    protocol::Snapshot page = snapshotAt(40, "more");
    page.items.resize(SessionLogic::mostSnapshotItems);
    s.logic.snapshotPage(s.host.lastAttempt, page, s.now);
    QCOMPARE(s.host.snapshots.size(), 1u);
    QCOMPARE(s.host.problems.size(), 1);
    QVERIFY(s.host.problems.at(0).contains("100,000"));
}

void TstSessionLogic::staleSnapshotIsIgnored()
{
    Session s(Cursor{});
    s.connect(Welcome::Mode::Snapshot, 40);
    const quint64 first = s.host.lastAttempt;
    s.logic.reconnectNow(s.now);
    s.logic.socketOpened(s.now);
    s.welcome(Welcome::Mode::Snapshot, 50);
    s.logic.snapshotPage(first, snapshotAt(40), s.now);
    QVERIFY(s.host.snapshots.empty());
    s.logic.snapshotPage(s.host.lastAttempt, snapshotAt(50), s.now);
    QCOMPARE(s.host.snapshots.at(0).seq, 50);
}

void TstSessionLogic::failedSnapshotIsTriedAgain()
{
    Session s(Cursor{});
    s.connect(Welcome::Mode::Snapshot, 40);
    s.logic.snapshotPage(s.host.lastAttempt, fail(ErrorCode::Unavailable, "away"), s.now);
    QCOMPARE(s.logic.state(), SessionState::Waiting);
    QCOMPARE(s.host.problems.size(), 1);
    s.pass(milliseconds(500));
    s.logic.socketOpened(s.now);
    s.welcome(Welcome::Mode::Snapshot, 40);
    QCOMPARE(s.host.snapshotCursors.size(), 2);
}

// Decisions H15.
void TstSessionLogic::liveOnlyMovesNothing()
{
    Session s;
    s.goLive();
    s.event(0);
    QCOMPARE(s.host.seqs, QList<Seq>{0});
    QVERIFY(s.host.sentOf<protocol::Ack>().empty());
    QCOMPARE(s.logic.cursor().since, std::optional<Seq>(10));
}

void TstSessionLogic::opsWaitForTheConnection()
{
    MemoryJournal journal;
    Session s({{"e1"}, 10}, "a.b.c", &journal);
    QVERIFY(s.logic.apply(readUpTo("o1"), s.now));
    QCOMPARE(journal.ops.size(), 1);
    s.connect();
    QCOMPARE(s.host.sentOf<protocol::OpRequest>().size(), 1u);
    QVERIFY(s.logic.apply(readUpTo("o2"), s.now));
    QCOMPARE(s.host.sentOf<protocol::OpRequest>().size(), 2u);
}

void TstSessionLogic::opsAreSentAgainAfterALoss()
{
    Session s;
    s.goLive();
    QVERIFY(s.logic.apply(readUpTo("o1"), s.now));
    s.logic.socketClosed(1006, "reset", s.now);
    s.pass(milliseconds(500));
    s.reconnect();
    const auto sent = s.host.sentOf<protocol::OpRequest>();
    QCOMPARE(sent.size(), 2u);
    QCOMPARE(sent.at(0).op, sent.at(1).op);
}

void TstSessionLogic::opsAreSettledByTheirAnswer()
{
    MemoryJournal journal;
    Session s({{"e1"}, 10}, "a.b.c", &journal);
    s.goLive();
    QVERIFY(s.logic.apply(readUpTo("o1"), s.now));
    s.hear(protocol::Applied{{{"o1"}, 11, false, {}}});
    QCOMPARE(s.host.applied, QList<Text>{"o1"});
    QVERIFY(journal.ops.isEmpty());
    QCOMPARE(s.logic.waitingOps(), 0);
}

void TstSessionLogic::refusedOpsLeaveTheQueue()
{
    Session s;
    s.goLive();
    QVERIFY(s.logic.apply(readUpTo("o1"), s.now));
    s.hear(protocol::Fault{protocol::makeProblem({ErrorCode::NotFound, "none", {}, {}}), {"o1"}});
    QCOMPARE(s.host.refused, QList<Text>{"o1"});
    QCOMPARE(s.logic.waitingOps(), 0);
}

// Sent on two connections, answered twice.
void TstSessionLogic::answersAreToldOnce()
{
    Session s;
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

void TstSessionLogic::busyServerGetsTheOpLater()
{
    Session s;
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
void TstSessionLogic::opsArePaced()
{
    Session s;
    s.goLive();
    for (int i = 0; i < 70; ++i)
        QVERIFY(s.logic.apply(readUpTo("o"), s.now));
    QCOMPARE(s.host.sentOf<protocol::OpRequest>().size(), 30u);
    QVERIFY(s.logic.nextDeadline() == s.now + seconds(1));
    s.pass(seconds(1));
    QCOMPARE(s.host.sentOf<protocol::OpRequest>().size(), 60u);
    s.pass(seconds(1));
    QCOMPARE(s.host.sentOf<protocol::OpRequest>().size(), 70u);
}

// Decisions H69.
void TstSessionLogic::silenceIsPingedThenDropped()
{
    Session s;
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
    Session s;
    s.logic.start(s.now);
    s.discover();
    s.logic.socketOpened(s.now);
    s.pass(SessionLogic::connectDeadline);
    QCOMPARE(s.logic.state(), SessionState::Waiting);
    QCOMPARE(s.host.dropped.size(), 1);
}

void TstSessionLogic::failedDiscoveryIsRetried()
{
    Session s;
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
    Session s;
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
    Session s;
    s.goLive();
    s.logic.socketClosed(code, "closed", s.now);
    QCOMPARE(s.logic.state(), state);
    s.pass(seconds(3600));
    QCOMPARE(s.host.opened, state == SessionState::Waiting ? 2 : 1);
}

void TstSessionLogic::byeTellsWhenToComeBack()
{
    Session s;
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
    Session s;
    s.goLive();
    s.hear(protocol::Bye{CloseCode::Replaced, {}});
    s.logic.socketClosed(code, "lost", s.now);
    QCOMPARE(s.logic.state(), SessionState::Ended);
}

// A journal of an earlier version, or a server that takes less: sent again it would end every connection.
void TstSessionLogic::tooBigOpIsRefused()
{
    MemoryJournal journal;
    Op big{{"big"}, OpSet::Read, QList<NotificationId>(2000), start, {}};
    journal.ops = {readUpTo("o1"), big, readUpTo("o2")};
    Session s({{"e1"}, 10}, "a.b.c", &journal);
    s.goLive();
    s.logic.socketClosed(int(CloseCode::TooBig), "too big", s.now);
    QCOMPARE(s.host.refused, QList<Text>{"big"});
    QCOMPARE(s.logic.waitingOps(), 2);
    QCOMPARE(journal.ops.size(), 2);
    s.pass(milliseconds(500));
    s.reconnect();
    QCOMPARE(s.host.sentOf<protocol::OpRequest>().size(), 5u);
}

void TstSessionLogic::newTokenGoesOn()
{
    Session s;
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
    Session s;
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
    Session s;
    s.goLive();
    s.logic.setToken("d.e.f", s.now);
    QCOMPARE(s.host.sentOf<protocol::Refresh>(), std::vector{protocol::Refresh{"d.e.f"}});
    QCOMPARE(s.host.opened, 1);
}

void TstSessionLogic::suspendReconnectsAtOnce()
{
    Session s;
    s.goLive();
    s.logic.wallTick(s.now);
    s.now = s.now + seconds(1);
    s.logic.wallTick(s.now);
    QCOMPARE(s.host.opened, 1);
    s.now = s.now + seconds(60);
    s.logic.wallTick(s.now);
    QCOMPARE(s.host.opened, 2);
    QCOMPARE(s.logic.state(), SessionState::Connecting);
    QCOMPARE(s.host.dropped.size(), 1);
}

void TstSessionLogic::clockThatStepsBackHoldsNothingUp()
{
    Session s;
    s.goLive();
    s.logic.wallTick(s.now);
    s.event(11);
    QVERIFY(s.logic.apply(readUpTo("o1"), s.now));
    s.hear(protocol::Applied{{{"o1"}, 12, false, {}}});
    s.now = s.now - seconds(3600);
    s.logic.wallTick(s.now);
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
    Session s;
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
    Session s;
    s.goLive();
    s.logic.socketText("{", s.now);
    QCOMPARE(s.logic.state(), SessionState::Waiting);
    QCOMPARE(s.host.dropped, QList<int>{int(CloseCode::ProtocolError)});
}

void TstSessionLogic::unknownMessageIsSkipped()
{
    Session s;
    s.goLive();
    s.logic.socketText(R"({"type":"weather"})", s.now);
    QCOMPARE(s.logic.state(), SessionState::Live);
}

void TstSessionLogic::presenceIsToldAfterEachWelcome()
{
    Session s;
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
    Session s;
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
    Session s;
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
