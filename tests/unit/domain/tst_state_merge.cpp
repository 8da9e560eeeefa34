#include "domain/state_merge.h"

#include <QtTest>
#include <algorithm>
#include <array>

using namespace std::chrono_literals;

namespace belfry::domain {
using model::Engagement;
using model::Instant;
using model::MaybeInstant;
using model::Notification;
using model::Op;
using model::OpSet;

/// Two devices' ops meet (semantics 16): what wins, what is implied, what is left alone.
class TestStateMerge : public QObject
{
    Q_OBJECT
private:
    static constexpr Instant created{1'000'000'000};
    static constexpr Instant now{2'000'000'000};
    /// `seconds` after its creation.
    static Instant at(int seconds) { return created + std::chrono::seconds(seconds); }
    static Notification item()
    {
        Notification n;
        n.state = model::State::Queued;
        n.createdSeq = n.seq = 1;
        n.createdAt = created;
        return n;
    }
    static Merge apply(Notification &n, OpSet set, int seconds, MaybeInstant until = {})
    {
        Op op;
        op.set = set;
        op.at = at(seconds);
        op.until = until;
        return mergeOp(n, op, now);
    }

private Q_SLOTS:
    void implies_data();
    void implies();
    void growsOnce();
    void seesWhatWasClickedBefore();
    void laterWins_data();
    void laterWins();
    void keepsWhatAnAckMeans();
    void waitsForAnAck();
    void renotifyAsksAnew();
    void deleteWins();
    void undoHasItsTime();
    void snoozesUntil();
    void theLongerOfTwoSnoozesWins();
    void anOlderUnreadLosesToAllRead();
    void overIsOver_data();
    void overIsOver();
    void clampsTheTime();
    void leavesTheItemAloneUnlessChanged();
    void orderDoesNotMatter_data();
    void orderDoesNotMatter();
    void expiredCanBePutAway();
};

void TestStateMerge::implies_data()
{
    QTest::addColumn<int>("set");
    QTest::addColumn<bool>("seen");
    QTest::addColumn<bool>("read");
    QTest::newRow("seen") << int(OpSet::Seen) << true << false;
    QTest::newRow("click") << int(OpSet::Click) << true << false;
    QTest::newRow("read") << int(OpSet::Read) << true << true;
    QTest::newRow("ack") << int(OpSet::Ack) << true << true;
    QTest::newRow("archive") << int(OpSet::Archive) << true << true;
    QTest::newRow("delete") << int(OpSet::Delete) << false << false;
}

void TestStateMerge::implies()
{
    QFETCH(int, set);
    Notification n = item();
    QCOMPARE(apply(n, static_cast<OpSet>(set), 10), Merge::Changed);
    QTEST(n.engagement.seen.has_value(), "seen");
    QTEST(n.engagement.read.has_value(), "read");
}

void TestStateMerge::growsOnce()
{
    for (const OpSet set : {OpSet::Seen, OpSet::Ack, OpSet::Click}) {
        Notification n = item();
        QCOMPARE(apply(n, set, 20), Merge::Changed);
        const Engagement first = n.engagement;
        QCOMPARE(apply(n, set, 10), Merge::Unchanged);
        QCOMPARE(apply(n, set, 30), Merge::Unchanged);
        QVERIFY(n.engagement == first);
    }
}

/// Renotified: what was clicked is unseen again, and a click is news of it.
void TestStateMerge::seesWhatWasClickedBefore()
{
    Notification n = item();
    QCOMPARE(apply(n, OpSet::Click, 20), Merge::Changed);
    const auto clicked = n.engagement.clicked;
    n.engagement.seen.reset();
    QCOMPARE(apply(n, OpSet::Click, 30), Merge::Changed);
    QVERIFY(n.engagement.seen.has_value());
    QVERIFY(n.engagement.clicked == clicked);
    QCOMPARE(apply(n, OpSet::Click, 40), Merge::Unchanged);
}

void TestStateMerge::laterWins_data()
{
    QTest::addColumn<int>("first");
    QTest::addColumn<int>("firstAt");
    QTest::addColumn<int>("second");
    QTest::addColumn<int>("secondAt");
    QTest::addColumn<int>("expected");
    const auto row = [](const char *name, OpSet first, int firstAt, OpSet second, int secondAt,
                        Merge expected) {
        QTest::newRow(name) << int(first) << firstAt << int(second) << secondAt << int(expected);
    };
    row("unread after read", OpSet::Read, 10, OpSet::Unread, 11, Merge::Changed);
    row("unread before read", OpSet::Read, 10, OpSet::Unread, 9, Merge::Superseded);
    row("a tie: read wins", OpSet::Read, 10, OpSet::Unread, 10, Merge::Superseded);
    row("read again", OpSet::Read, 10, OpSet::Read, 11, Merge::Noted);
    row("read at the same time", OpSet::Read, 10, OpSet::Read, 10, Merge::Unchanged);
    row("read older than the last change", OpSet::Read, 10, OpSet::Read, 9, Merge::Superseded);
    row("unarchive after archive", OpSet::Archive, 10, OpSet::Unarchive, 11, Merge::Changed);
    row("unarchive before archive", OpSet::Archive, 10, OpSet::Unarchive, 9, Merge::Superseded);
    row("a tie: archive wins", OpSet::Archive, 10, OpSet::Unarchive, 10, Merge::Superseded);
    row("unsnooze after snooze", OpSet::Snooze, 10, OpSet::Unsnooze, 11, Merge::Changed);
    row("unsnooze before snooze", OpSet::Snooze, 10, OpSet::Unsnooze, 9, Merge::Superseded);
}

void TestStateMerge::laterWins()
{
    QFETCH(int, first);
    QFETCH(int, firstAt);
    QFETCH(int, second);
    QFETCH(int, secondAt);
    Notification n = item();
    QCOMPARE(apply(n, static_cast<OpSet>(first), firstAt, now + 1s), Merge::Changed);
    const int merged = int(apply(n, static_cast<OpSet>(second), secondAt, now + 1s));
    QTEST(merged, "expected");
}

void TestStateMerge::keepsWhatAnAckMeans()
{
    Notification acked = item();
    apply(acked, OpSet::Ack, 10);
    QCOMPARE(apply(acked, OpSet::Unread, 20), Merge::Superseded);
    Notification archived = item();
    apply(archived, OpSet::Archive, 10);
    QCOMPARE(apply(archived, OpSet::Unread, 20), Merge::Superseded);
    apply(archived, OpSet::Unarchive, 30);
    QCOMPARE(apply(archived, OpSet::Unread, 40), Merge::Changed);
    // An archive that comes late still means "read", whatever was said of it meanwhile.
    Notification late = item();
    apply(late, OpSet::Read, 5);
    apply(late, OpSet::Unread, 20);
    QCOMPARE(apply(late, OpSet::Archive, 10), Merge::Changed);
    QVERIFY(late.engagement.read.has_value());
}

void TestStateMerge::waitsForAnAck()
{
    for (const bool critical : {true, false}) {
        Notification n = item();
        n.content.critical = critical;
        n.content.ackRequired = !critical;
        QCOMPARE(apply(n, OpSet::Archive, 10), Merge::Superseded);
        QCOMPARE(apply(n, OpSet::Delete, 10), Merge::Superseded);
        QCOMPARE(apply(n, OpSet::Read, 10), Merge::Changed);
        QCOMPARE(apply(n, OpSet::Ack, 11), Merge::Changed);
        QCOMPARE(apply(n, OpSet::Archive, 12), Merge::Changed);
    }
}

void TestStateMerge::renotifyAsksAnew()
{
    for (const OpSet set : {OpSet::Seen, OpSet::Click, OpSet::Read, OpSet::Ack}) {
        Notification n = item();
        n.engagement.attentionAt = n.engagement.readChangedAt = at(10);
        const Engagement asked = n.engagement;
        QCOMPARE(apply(n, set, 9), Merge::Superseded);
        QVERIFY(n.engagement == asked);
        QCOMPARE(apply(n, set, 10), Merge::Changed);
    }
}

void TestStateMerge::deleteWins()
{
    Notification n = item();
    QCOMPARE(apply(n, OpSet::Delete, 10), Merge::Changed);
    QCOMPARE(apply(n, OpSet::Delete, 20), Merge::Unchanged);
    for (const OpSet set :
         {OpSet::Seen, OpSet::Read, OpSet::Ack, OpSet::Archive, OpSet::Snooze, OpSet::Unread})
        QCOMPARE(apply(n, set, 900), Merge::Superseded);
    QVERIFY(!n.engagement.seen);
}

void TestStateMerge::undoHasItsTime()
{
    Notification n = item();
    QCOMPARE(apply(n, OpSet::Undo, 5), Merge::Unchanged);
    apply(n, OpSet::Read, 5);
    apply(n, OpSet::Delete, 10);
    QCOMPARE(apply(n, OpSet::Undo, 9), Merge::Superseded);
    QCOMPARE(apply(n, OpSet::Undo, 10), Merge::Changed);
    QVERIFY(n.engagement.read.has_value()); // as it was

    apply(n, OpSet::Delete, 10);
    Op undo;
    undo.set = OpSet::Undo;
    QCOMPARE(mergeOp(n, undo, at(10) + undoRetention + 1us), Merge::Superseded);
    QCOMPARE(mergeOp(n, undo, at(10) + undoRetention), Merge::Changed);
}

void TestStateMerge::snoozesUntil()
{
    Notification n = item();
    QCOMPARE(apply(n, OpSet::Snooze, 10, now), Merge::Unchanged); // over before it began
    QCOMPARE(apply(n, OpSet::Snooze, 10, now + 60s), Merge::Changed);
    QVERIFY(n.engagement.snoozedUntil == now + 60s);
    QCOMPARE(apply(n, OpSet::Snooze, 20, now + 90s), Merge::Changed);
    QCOMPARE(apply(n, OpSet::Snooze, 15, now + 120s), Merge::Superseded);
    QVERIFY(n.engagement.snoozedUntil == now + 90s);
    QVERIFY(!model::isActive(n));
}

/// At the same time, whichever device is heard first.
void TestStateMerge::theLongerOfTwoSnoozesWins()
{
    for (const auto &[first, second] : {std::pair(60s, 90s), std::pair(90s, 60s)}) {
        Notification n = item();
        apply(n, OpSet::Snooze, 10, now + first);
        const Merge merge = apply(n, OpSet::Snooze, 10, now + second);
        QCOMPARE(merge, second > first ? Merge::Changed : Merge::Superseded);
        QVERIFY(n.engagement.snoozedUntil == now + 90s);
    }
}

void TestStateMerge::anOlderUnreadLosesToAllRead()
{
    const auto unread = [](int seconds, ReadUpTo allRead) {
        Notification n = item();
        apply(n, OpSet::Read, 10);
        Op op;
        op.set = OpSet::Unread;
        op.at = at(seconds);
        return mergeOp(n, op, now, allRead);
    };
    QCOMPARE(unread(20, {1, at(30)}), Merge::Superseded);
    QCOMPARE(unread(30, {1, at(30)}), Merge::Superseded);
    QCOMPARE(unread(31, {1, at(30)}), Merge::Changed);
    QCOMPARE(unread(20, {0, at(30)}), Merge::Changed); // it was none of these
    QCOMPARE(unread(20, {1, at(-5)}), Merge::Changed);
}

void TestStateMerge::overIsOver_data()
{
    QTest::addColumn<int>("state");
    QTest::addColumn<int>("createdSeq");
    using model::State;
    for (const State state :
         {State::Expired, State::Recalled, State::Cancelled, State::Suppressed, State::Dead})
        QTest::addRow("state %d", int(state)) << int(state) << 1;
    QTest::newRow("held") << int(State::Held) << 0;
}

void TestStateMerge::overIsOver()
{
    QFETCH(int, state);
    QFETCH(int, createdSeq);
    Notification n = item();
    n.state = static_cast<model::State>(state);
    n.createdSeq = createdSeq;
    QCOMPARE(apply(n, OpSet::Read, 10), Merge::Superseded);
    QVERIFY(n.engagement == Engagement{});
}

void TestStateMerge::clampsTheTime()
{
    Op op;
    QVERIFY(clampedAt(op, item(), now) == now);
    op.at = now + 1s;
    QVERIFY(clampedAt(op, item(), now) == now);
    op.at = created - 1s;
    QVERIFY(clampedAt(op, item(), now) == created);
    op.at = at(3);
    QVERIFY(clampedAt(op, item(), now) == at(3));
}

void TestStateMerge::leavesTheItemAloneUnlessChanged()
{
    std::vector<Notification> items(3, item());
    apply(items[1], OpSet::Archive, 10);
    apply(items[2], OpSet::Delete, 10);
    for (Notification n : items) {
        for (int set = 0; set <= int(OpSet::Undo); ++set) {
            for (const int seconds : {5, 10, 15}) {
                const Notification before = n;
                const Merge merge = apply(n, static_cast<OpSet>(set), seconds, now + 60s);
                QCOMPARE(n == before, merge == Merge::Unchanged || merge == Merge::Superseded);
                if (merge != Merge::Noted)
                    continue;
                n.engagement.readChangedAt = before.engagement.readChangedAt;
                n.engagement.archivedChangedAt = before.engagement.archivedChangedAt;
                n.engagement.snoozedChangedAt = before.engagement.snoozedChangedAt;
                QVERIFY(n == before); // nothing that anybody sees
            }
        }
    }
}

void TestStateMerge::orderDoesNotMatter_data()
{
    QTest::addColumn<int>("set");
    QTest::addColumn<int>("unset");
    QTest::newRow("read") << int(OpSet::Read) << int(OpSet::Unread);
    QTest::newRow("archive") << int(OpSet::Archive) << int(OpSet::Unarchive);
    QTest::newRow("snooze") << int(OpSet::Snooze) << int(OpSet::Unsnooze);
}

/// Three ops of a pair, at any of three times, come in any order: all devices end alike.
void TestStateMerge::orderDoesNotMatter()
{
    QFETCH(int, set);
    QFETCH(int, unset);
    for (int kinds = 0; kinds < 8; ++kinds) {
        for (int times = 0; times < 27; ++times) {
            const auto isOn = [&](int op) { return (kinds >> op & 1) != 0; };
            const int seconds[] = {1 + times % 3, 1 + times / 3 % 3, 1 + times / 9};
            int last = 0;
            for (int op = 1; op < 3; ++op) {
                if (std::pair(seconds[op], isOn(op)) > std::pair(seconds[last], isOn(last)))
                    last = op;
            }
            std::array<int, 3> order{0, 1, 2};
            do {
                Notification n = item();
                for (const int op : order)
                    apply(n, static_cast<OpSet>(isOn(op) ? set : unset), seconds[op], now + 60s);
                const Engagement &e = n.engagement;
                const bool on = set == int(OpSet::Read)      ? e.read.has_value()
                                : set == int(OpSet::Archive) ? e.archived.has_value()
                                                             : e.snoozedUntil.has_value();
                QVERIFY2(on == isOn(last), qPrintable(QStringLiteral("kinds %1, times %2, order %3 %4 %5")
                                                          .arg(kinds)
                                                          .arg(times)
                                                          .arg(order[0])
                                                          .arg(order[1])
                                                          .arg(order[2])));
            } while (std::next_permutation(order.begin(), order.end()));
        }
    }
}

void TestStateMerge::expiredCanBePutAway()
{
    Notification n = item();
    apply(n, OpSet::Archive, 10);
    n.state = model::State::Expired;
    QCOMPARE(apply(n, OpSet::Snooze, 20, now + 60s), Merge::Superseded);
    QCOMPARE(apply(n, OpSet::Delete, 20), Merge::Changed);
    QCOMPARE(apply(n, OpSet::Undo, 30), Merge::Changed);
    QCOMPARE(apply(n, OpSet::Unarchive, 30), Merge::Changed);
    n.createdSeq = 0; // was never in the inbox
    QCOMPARE(apply(n, OpSet::Delete, 40), Merge::Superseded);
}
} // namespace belfry::domain

QTEST_GUILESS_MAIN(belfry::domain::TestStateMerge)
#include "tst_state_merge.moc"
