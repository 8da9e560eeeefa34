#include "session/connection.h"

#include <QtTest>

namespace belfry::session {
using client::SessionState;
using State = Connection::State;

class TestConnection : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tellsSinceWhenItIsOffline();
    void tellsWhichRequestWasRefused();
    void firstSyncCounts();
    void saysWhoHasToSignIn();
    void everyStateHasAWord();
};

namespace {
constexpr model::Instant begin{1'700'000'000'000'000};

model::Instant after(int seconds)
{
    return begin + std::chrono::seconds(seconds);
}

const model::Error away{model::ErrorCode::Unavailable, "nothing answers at bell:80", {}, {}};
const model::Error refused{model::ErrorCode::Forbidden, "not yours", {}, {}, "r1"};
} // namespace

void TestConnection::tellsSinceWhenItIsOffline()
{
    ConnectionTracker tracker;
    tracker.stateChanged(SessionState::Connecting, {}, after(0));
    tracker.stateChanged(SessionState::Replaying, {}, after(1));
    tracker.stateChanged(SessionState::Live, {}, after(2));
    QCOMPARE(tracker.now().state, State::Online);
    QCOMPARE(tracker.now().since, after(2));
    tracker.problem(away); // of the connection that is about to end
    QVERIFY(tracker.now().reason.isEmpty());
    tracker.stateChanged(SessionState::Waiting, after(20), after(10));
    tracker.problem(away);
    QCOMPARE(tracker.now().since, after(10));
    QCOMPARE(tracker.now().retryAt, model::MaybeInstant(after(20)));
    // One try later it is still offline since then, for the same reason.
    tracker.stateChanged(SessionState::Connecting, {}, after(20));
    QVERIFY(!tracker.now().retryAt);
    tracker.stateChanged(SessionState::Waiting, after(50), after(35));
    QCOMPARE(tracker.now().since, after(10));
    QCOMPARE(tracker.now().reason, away.detail);
    tracker.stateChanged(SessionState::Connecting, {}, after(50));
    tracker.stateChanged(SessionState::Live, {}, after(51));
    QCOMPARE(tracker.now().since, after(51));
    QVERIFY(tracker.now().reason.isEmpty());
}

void TestConnection::tellsWhichRequestWasRefused()
{
    ConnectionTracker tracker;
    tracker.stateChanged(SessionState::Waiting, after(20), after(0));
    tracker.problem(refused);
    QCOMPARE(tracker.now().requestId, refused.requestId);
    tracker.problem(away); // the next try got no answer
    QCOMPARE(tracker.now().requestId, model::Text());
    tracker.signInNeeded(refused, after(1));
    QCOMPARE(tracker.now().requestId, refused.requestId);
    tracker.stateChanged(SessionState::Live, {}, after(2));
    QCOMPARE(tracker.now().requestId, model::Text());
    tracker.problem(refused); // is no reason to be offline
    QCOMPARE(tracker.now().requestId, model::Text());
}

void TestConnection::firstSyncCounts()
{
    ConnectionTracker tracker;
    tracker.setFirstSync(true);
    tracker.stateChanged(SessionState::Connecting, {}, after(0));
    tracker.stateChanged(SessionState::LoadingSnapshot, {}, after(1));
    tracker.received(500);
    tracker.stateChanged(SessionState::Replaying, {}, after(2));
    tracker.received(3);
    QCOMPARE(tracker.now().received, qint64(503));
    QVERIFY(tracker.now().isFirstSync);
    tracker.stateChanged(SessionState::Live, {}, after(3));
    QVERIFY(!tracker.now().isFirstSync);
    tracker.stateChanged(SessionState::Replaying, {}, after(9));
    QCOMPARE(tracker.now().received, qint64(0));
}

void TestConnection::saysWhoHasToSignIn()
{
    ConnectionTracker tracker;
    tracker.signInNeeded({model::ErrorCode::Unauthenticated, "nobody is signed in", {}, {}}, after(1));
    QCOMPARE(tracker.now().state, State::NeedsSignIn);
    QCOMPARE(tracker.now().reason, model::Text("nobody is signed in"));
    QCOMPARE(tracker.now().since, after(1));
}

void TestConnection::everyStateHasAWord()
{
    const std::pair<SessionState, State> expected[] = {{SessionState::Discovering, State::Connecting},
                                                       {SessionState::Connecting, State::Connecting},
                                                       {SessionState::Replaying, State::Syncing},
                                                       {SessionState::LoadingSnapshot, State::Syncing},
                                                       {SessionState::Live, State::Online},
                                                       {SessionState::Waiting, State::Waiting},
                                                       {SessionState::NeedsToken, State::NeedsSignIn},
                                                       {SessionState::Ended, State::Ended},
                                                       {SessionState::Stopped, State::Off}};
    ConnectionTracker tracker;
    for (const auto &[from, to] : expected) {
        tracker.stateChanged(from, after(5), after(1));
        QCOMPARE(tracker.now().state, to);
        QCOMPARE(tracker.now().retryAt.has_value(), to == State::Waiting);
    }
}
} // namespace belfry::session

QTEST_APPLESS_MAIN(belfry::session::TestConnection)
#include "tst_connection.moc"
