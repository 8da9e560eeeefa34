#include "client/live_session.h"
#include "fake_server.h"

#include <QSignalSpy>
#include <QTest>
#include <QTimer>
#include <numeric>

using namespace belfry;
using namespace belfry::client;
using namespace belfry::model;
using protocol::CloseCode;
using protocol::Welcome;

class TstLiveSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void loadsASnapshotThenLives();
    void resumesAfterTheServerClosed();
    void findsTheServerWhenItComes();
    void opsGoRoundTheWire();
    void replacedDeviceStaysAway();
    void asksForAToken();
    void suspendIsNoticed();
    void burstLeavesTurnsToOthers();
    void whatWasSaidBeforeTheEndIsTaken();
    void slotsMayCallBack();
    void diesInTheMiddle();
};

namespace {
constexpr Instant start{1'700'000'000'000'000};

Change entry(Seq seq)
{
    return {seq, ChangeKind::Recalled, start, Gone{Uuid{1, quint64(seq)}}, Alert::None};
}

/// A fake server whose inbox is at seq 40, and a session with it.
struct Wire
{
    explicit Wire(Cursor cursor = {})
        : session(settings(server, std::move(cursor)), nullptr,
                  {[this] { return Instant{QDateTime::currentMSecsSinceEpoch() * 1000} + jump; },
                   [] { return 0.0; }})
    {
        server.http = [](const FakeServer::Request &request) {
            if (request.target != "/api/v1/users/u%2F1/inbox/snapshot")
                return FakeServer::Answer{404, {}, {}};
            protocol::Snapshot snapshot{{"e1"}, 40, {1, 2}, std::vector<Notification>(3), {}};
            for (quint64 i = 0; i < 3; ++i) {
                snapshot.items[i].id = {7, i};
                snapshot.items[i].user.text = "u/1";
            }
            return FakeServer::Answer{200, protocol::encode(snapshot), {}};
        };
        server.onMessage = [this](const protocol::ClientMessage &message) {
            const auto *hello = std::get_if<protocol::Hello>(&message);
            if (!hello)
                return;
            const auto mode = hello->since ? Welcome::Mode::Resume : Welcome::Mode::Snapshot;
            server.say(Welcome{{"e1"}, 40, mode, std::chrono::seconds(25)});
            server.say(protocol::Live{});
        };
    }

    static LiveSettings settings(FakeServer &server, Cursor cursor)
    {
        server.listen();
        return {server.url(), {"u/1"}, "blf_key", {"dev"}, std::move(cursor)};
    }

    [[nodiscard]] bool becomesLive()
    {
        return QTest::qWaitFor([this] { return session.state() == SessionState::Live; }, 5000);
    }
    void event(Seq seq) { server.say(protocol::Event{entry(seq)}); }

    FakeServer server;
    Duration jump{0};
    LiveSession session;
};

QList<Seq> seqsOf(const QSignalSpy &changes)
{
    QList<Seq> seqs;
    for (const auto &arguments : changes)
        seqs.append(arguments.first().value<Change>().seq);
    return seqs;
}
} // namespace

void TstLiveSession::loadsASnapshotThenLives()
{
    Wire wire;
    QSignalSpy snapshots(&wire.session, &LiveSession::snapshotLoaded);
    QSignalSpy changes(&wire.session, &LiveSession::changed);
    QSignalSpy counts(&wire.session, &LiveSession::countsChanged);
    wire.session.start();
    QVERIFY(wire.becomesLive());
    QCOMPARE(snapshots.first().first().value<protocol::Snapshot>().items.size(), 3u);
    QCOMPARE(counts.first().at(1).value<Counts>(), (Counts{1, 2}));
    wire.event(41);
    wire.event(42);
    QTRY_COMPARE(seqsOf(changes), (QList<Seq>{41, 42}));
    QTRY_COMPARE(wire.server.said<protocol::Ack>().back().seq, 42);
    QCOMPARE(wire.session.cursor(), (Cursor{{"e1"}, 42}));
    // The token stands in the header and in hello, in no address.
    QCOMPARE(wire.server.said<protocol::Hello>().front().token, Text("blf_key"));
    for (const auto &request : wire.server.requests)
        QVERIFY(!request.target.contains("blf_key"));
}

void TstLiveSession::resumesAfterTheServerClosed()
{
    Wire wire({{"e1"}, 40});
    QSignalSpy changes(&wire.session, &LiveSession::changed);
    wire.session.start();
    QVERIFY(wire.becomesLive());
    wire.event(41);
    QTRY_COMPARE(changes.size(), 1);
    wire.server.closeSocket(CloseCode::TooSlow);
    QTRY_COMPARE(wire.server.sockets, 2);
    QVERIFY(wire.becomesLive());
    QCOMPARE(wire.server.said<protocol::Hello>().back().since, std::optional<Seq>(41));
    wire.event(41); // a repeat
    wire.event(42);
    QTRY_COMPARE(seqsOf(changes), (QList<Seq>{41, 42}));
}

void TstLiveSession::findsTheServerWhenItComes()
{
    Wire wire({{"e1"}, 40});
    QSignalSpy problems(&wire.session, &LiveSession::problem);
    const quint16 port = wire.server.port();
    wire.server.close();
    wire.session.start();
    QTRY_VERIFY(!problems.isEmpty());
    QVERIFY(problems.first().first().value<Error>().detail.startsWith("nothing answers at 127.0.0.1:"));
    wire.server.listen(port);
    QVERIFY(wire.becomesLive());
}

void TstLiveSession::opsGoRoundTheWire()
{
    Wire wire({{"e1"}, 40});
    QSignalSpy applied(&wire.session, &LiveSession::opApplied);
    const auto id = wire.session.apply(OpSet::Read, {Uuid{1, 2}});
    QVERIFY(id);
    QCOMPARE(wire.session.waitingOps(), 1);
    wire.session.start();
    QTRY_COMPARE(wire.server.said<protocol::OpRequest>().size(), 1u);
    QCOMPARE(wire.server.said<protocol::OpRequest>().front().op.id, *id);
    wire.server.say(protocol::Applied{{*id, 41, false, {}}});
    QTRY_COMPARE(applied.size(), 1);
    QCOMPARE(wire.session.waitingOps(), 0);
}

void TstLiveSession::replacedDeviceStaysAway()
{
    Wire wire({{"e1"}, 40});
    wire.session.start();
    QVERIFY(wire.becomesLive());
    wire.server.say(protocol::Bye{CloseCode::Replaced, {}});
    wire.server.closeSocket(CloseCode::Replaced);
    QTRY_COMPARE(wire.session.state(), SessionState::Ended);
    QCOMPARE(wire.server.sockets, 1);
}

void TstLiveSession::asksForAToken()
{
    Wire wire({{"e1"}, 40});
    QSignalSpy asked(&wire.session, &LiveSession::tokenNeeded);
    connect(&wire.session, &LiveSession::tokenNeeded, &wire.session, [&] { wire.session.setToken("fresh"); });
    wire.session.start();
    QVERIFY(wire.becomesLive());
    wire.server.closeSocket(CloseCode::Unauthenticated);
    QTRY_COMPARE(wire.server.sockets, 2);
    QVERIFY(wire.becomesLive());
    QCOMPARE(asked.size(), 1);
    QCOMPARE(wire.server.said<protocol::Hello>().back().token, Text("fresh"));
}

void TstLiveSession::suspendIsNoticed()
{
    Wire wire({{"e1"}, 40});
    wire.session.start();
    QVERIFY(wire.becomesLive());
    wire.jump += std::chrono::seconds(4);
    wire.session.clockSet(); // a little is no reason
    QCOMPARE(wire.session.state(), SessionState::Live);
    wire.jump += std::chrono::hours(1);
    wire.session.clockSet();
    QTRY_COMPARE(wire.server.sockets, 2);
    QVERIFY(wire.becomesLive());
}

void TstLiveSession::burstLeavesTurnsToOthers()
{
    constexpr Seq first = 41;
    constexpr Seq inBatch = 400;
    constexpr Seq last = first + 2 * inBatch - 1;
    Wire wire({{"e1"}, first - 1});
    QSignalSpy changes(&wire.session, &LiveSession::changed);
    wire.session.start();
    QVERIFY(wire.becomesLive());

    qsizetype told = 0;
    qsizetype mostTold = 0;
    QTimer everyTurn;
    connect(&everyTurn, &QTimer::timeout, &everyTurn, [&] {
        mostTold = std::max(mostTold, changes.size() - told);
        told = changes.size();
    });
    everyTurn.start(0);
    protocol::Batch batch{first, first + inBatch - 1, {}};
    for (Seq seq = first; seq < first + inBatch; ++seq)
        batch.items.push_back(entry(seq));
    wire.server.say(batch);
    for (Seq seq = first + inBatch; seq <= last; ++seq)
        wire.event(seq);
    QTRY_COMPARE(told, 2 * inBatch);
    QVERIFY2(mostTold <= 24, qPrintable(QString::number(mostTold)));
    QList<Seq> expected(2 * inBatch);
    std::iota(expected.begin(), expected.end(), first);
    QCOMPARE(seqsOf(changes), expected);
}

void TstLiveSession::whatWasSaidBeforeTheEndIsTaken()
{
    constexpr Seq many = 200;
    Wire wire({{"e1"}, 40});
    QSignalSpy changes(&wire.session, &LiveSession::changed);
    wire.session.start();
    QVERIFY(wire.becomesLive());
    for (Seq seq = 41; seq <= 40 + many; ++seq)
        wire.event(seq);
    wire.server.say(protocol::Bye{CloseCode::Replaced, {}});
    wire.server.closeSocket(CloseCode::Replaced);
    QTRY_COMPARE(wire.session.state(), SessionState::Ended); // the bye came after them all
    QTRY_COMPARE(changes.size(), many);
    QCOMPARE(wire.session.cursor(), (Cursor{{"e1"}, 40 + many}));
}

void TstLiveSession::slotsMayCallBack()
{
    Wire wire({{"e1"}, 40});
    QSignalSpy changes(&wire.session, &LiveSession::changed);
    connect(&wire.session, &LiveSession::changed, &wire.session, [&](const Change &change) {
        if (change.seq == 41)
            QVERIFY(wire.session.applyUpTo(OpSet::Read, change.seq));
        if (change.seq == 42)
            wire.session.stop();
    });
    wire.session.start();
    QVERIFY(wire.becomesLive());
    wire.server.say(protocol::Batch{41, 43, {entry(41), entry(42), entry(43)}});
    QTRY_COMPARE(wire.session.state(), SessionState::Stopped);
    QTRY_COMPARE(wire.server.said<protocol::OpRequest>().size(), 1u);
    QTRY_VERIFY(!wire.server.isConnected());
}

void TstLiveSession::diesInTheMiddle()
{
    for (int steps = 0; steps < 12; ++steps) {
        auto wire = std::make_unique<Wire>(Cursor{});
        wire->session.start();
        for (int i = 0; i < steps; ++i)
            QCoreApplication::processEvents();
        wire.reset();
        QCoreApplication::processEvents();
    }
}

QTEST_GUILESS_MAIN(TstLiveSession)
#include "tst_live_session.moc"
