#include "session_rig.h"

#include <QTest>

using namespace belfry;
using namespace belfry::client;
using namespace belfry::model;
using protocol::Welcome;
using std::chrono::milliseconds;

/// How a session comes to where the log stands, by replay or snapshot, and what it acks.
class TstSessionReplay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
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
};

namespace {
protocol::Snapshot snapshotAt(Seq seq, const Text &next = {})
{
    protocol::Snapshot snapshot{{"e1"}, seq, {1, 2}, {}, next};
    snapshot.items.resize(1);
    return snapshot;
}
} // namespace

void TstSessionReplay::resumesAndAppliesInOrder()
{
    SessionRig s;
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

void TstSessionReplay::repeatsAreAppliedOnce()
{
    SessionRig s;
    s.connect();
    s.hear(protocol::Batch{9, 12, {entry(9), entry(10), entry(11), entry(12)}});
    s.event(12);
    QCOMPARE(s.host.seqs, (QList<Seq>{11, 12}));
}

void TstSessionReplay::gapResumesFromTheLastContiguous()
{
    SessionRig s;
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

void TstSessionReplay::acksAreSpaced()
{
    SessionRig s;
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

void TstSessionReplay::freshDeviceLoadsASnapshot()
{
    SessionRig s(Cursor{});
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

void TstSessionReplay::resetLoadsASnapshotWhateverWasKnown()
{
    SessionRig s({{"old"}, 900});
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
void TstSessionReplay::newsDuringTheSnapshotWait()
{
    SessionRig s(Cursor{});
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

void TstSessionReplay::snapshotBehindTheNewsResumes()
{
    SessionRig s(Cursor{});
    s.connect(Welcome::Mode::Snapshot, 40);
    s.event(41);
    s.logic.snapshotPage(s.host.lastAttempt, snapshotAt(38), s.now); // a replica that lags
    QCOMPARE(s.host.snapshots.size(), 1u);
    QVERIFY(s.host.seqs.isEmpty());
    QCOMPARE(s.logic.state(), SessionState::Waiting);
    QCOMPARE(s.logic.cursor(), (Cursor{{"e1"}, 38}));
}

// Decisions H23: the first page's seq counts.
void TstSessionReplay::snapshotHasPages()
{
    SessionRig s(Cursor{});
    s.connect(Welcome::Mode::Snapshot, 40);
    s.logic.snapshotPage(s.host.lastAttempt, snapshotAt(40, "p2"), s.now);
    QVERIFY(s.host.snapshots.empty());
    s.event(41);
    s.logic.snapshotPage(s.host.lastAttempt, snapshotAt(41), s.now);
    QCOMPARE(s.host.snapshotCursors, (QList<Text>{{}, "p2"}));
    QCOMPARE(s.host.snapshotPages, (QList<qint64>{1, 1}));
    QCOMPARE(s.host.snapshots.at(0).seq, 40);
    QCOMPARE(s.host.snapshots.at(0).items.size(), 2u);
    QCOMPARE(s.host.seqs, QList<Seq>{41});
}

void TstSessionReplay::tooLargeSnapshotIsToldSo()
{
    SessionRig s(Cursor{});
    s.connect(Welcome::Mode::Snapshot, 40);
    protocol::Snapshot page = snapshotAt(40, "more");
    page.items.resize(SessionLogic::mostSnapshotItems);
    s.logic.snapshotPage(s.host.lastAttempt, page, s.now);
    QCOMPARE(s.host.snapshots.size(), 1u);
    QCOMPARE(s.host.problems.size(), 1);
    QVERIFY(s.host.problems.at(0).contains("100,000"));
}

void TstSessionReplay::staleSnapshotIsIgnored()
{
    SessionRig s(Cursor{});
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

void TstSessionReplay::failedSnapshotIsTriedAgain()
{
    SessionRig s(Cursor{});
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
void TstSessionReplay::liveOnlyMovesNothing()
{
    SessionRig s;
    s.goLive();
    s.event(0);
    QCOMPARE(s.host.seqs, QList<Seq>{0});
    QVERIFY(s.host.sentOf<protocol::Ack>().empty());
    QCOMPARE(s.logic.cursor().since, std::optional<Seq>(10));
}

QTEST_APPLESS_MAIN(TstSessionReplay)
#include "tst_session_replay.moc"
