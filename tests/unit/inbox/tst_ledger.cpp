#include "inbox/ledger.h"
#include "inbox_samples.h"

#include <QtTest>

namespace belfry::inbox {
using model::OpSet;

class TestLedger : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void appliesEachChangeOnce();
    void aReplayedItemIsAsOfNow();
    void unansweredOpsLieOnTop();
    void whatIsShownAsItWasToldIsHeldOnce();
    void whatWonElsewhereShowsAfterTheAnswer();
    void pendingEverythingLeavesNewsAlone();
    void aSnapshotIsADifference();
    void anOlderPageBringsNothingBack();
    void tellsWhatItLacks();
    void snoozesEndWithoutTheServer();
    void rememberWhoWoke();
    void renotifiedStandsWhereItCame();
    void trimsTheLeastNeeded();
    void liveOnlyIsNotOfTheInbox();
};

namespace {
const model::Engagement &engagement(const Ledger &ledger, qint64 number)
{
    return ledger.find(idOf(number))->shown->engagement;
}
} // namespace

void TestLedger::appliesEachChangeOnce()
{
    Ledger ledger;
    QCOMPARE(numbersOf(ledger.tell(created(sample(1)), noon).shown), QList<qint64>{1});
    ledger.tell(applied(2, op("a", OpSet::Read, {1})), noon);
    ledger.tell(applied(3, op("b", OpSet::Unread, {1})), noon);
    QVERIFY(!engagement(ledger, 1).read);
    QCOMPARE(ledger.tell(applied(2, op("a", OpSet::Read, {1})), noon), Delta());
    QCOMPARE(ledger.tell(created(sample(1)), noon), Delta());
    QVERIFY(!engagement(ledger, 1).read);
    QCOMPARE(numbersOf(ledger.tell(gone(4, 1), noon).removed), QList<qint64>{1});
    QVERIFY(!ledger.find(idOf(1)));
    QCOMPARE(ledger.tell(gone(4, 1), noon), Delta());
}

void TestLedger::aReplayedItemIsAsOfNow()
{
    Ledger ledger;
    model::Notification now = sample(1);
    now.seq = 9; // it was read and unread after it was made
    ledger.tell(created(now, 1), noon);
    ledger.tell(applied(5, op("a", OpSet::Read, {1})), noon);
    QVERIFY(!engagement(ledger, 1).read);
    ledger.tell(applied(10, op("b", OpSet::Read, {1})), noon);
    QVERIFY(engagement(ledger, 1).read);
}

void TestLedger::unansweredOpsLieOnTop()
{
    Ledger ledger;
    ledger.tell(created(sample(1)), noon);
    const Delta begun = ledger.begin(op("a", OpSet::Archive, {1}), noon);
    QCOMPARE(numbersOf(begun.shown), QList<qint64>{1});
    QVERIFY(begun.told.isEmpty()); // the cache keeps what the server said
    QVERIFY(ledger.find(idOf(1))->isPending);
    QVERIFY(engagement(ledger, 1).archived);
    QVERIFY(!ledger.find(idOf(1))->told->engagement.archived);
    // What comes meanwhile is under it.
    model::Notification changed = sample(1);
    changed.seq = 5;
    changed.content.title = "New title";
    ledger.tell(created(changed), noon);
    QVERIFY(engagement(ledger, 1).archived);
    QCOMPARE(ledger.find(idOf(1))->shown->content.title, model::Text("New title"));
    // Refused: as it was.
    ledger.settle({"a"}, noon);
    QVERIFY(!engagement(ledger, 1).archived);
    QVERIFY(!ledger.find(idOf(1))->isPending);
    QVERIFY(!ledger.hasUnanswered());
    QCOMPARE(ledger.settle({"a"}, noon), Delta());
}

void TestLedger::whatIsShownAsItWasToldIsHeldOnce()
{
    Ledger ledger;
    ledger.tell(created(sample(1)), noon);
    const auto isHeldOnce = [&] { return &*ledger.find(idOf(1))->told == &*ledger.find(idOf(1))->shown; };
    QVERIFY(isHeldOnce());
    ledger.begin(op("a", OpSet::Read, {1}), noon);
    QVERIFY(!isHeldOnce());
    QVERIFY(!ledger.find(idOf(1))->told->engagement.read);
    ledger.tell(applied(2, op("a", OpSet::Read, {1})), noon);
    ledger.settle({"a"}, noon);
    QVERIFY(isHeldOnce());
    QVERIFY(engagement(ledger, 1).read);
}

void TestLedger::whatWonElsewhereShowsAfterTheAnswer()
{
    Ledger ledger;
    ledger.tell(created(sample(1)), noon);
    ledger.begin(op("mine", OpSet::Read, {1}), noon);
    ledger.tell(applied(2, op("theirs", OpSet::Delete, {1})), noon);
    QVERIFY(engagement(ledger, 1).deleted); // delete wins (semantics 16)
    ledger.settle({"mine"}, noon);
    QVERIFY(engagement(ledger, 1).deleted);
    // The usual case: told, then answered; nothing flickers.
    ledger.tell(created(sample(3)), noon);
    ledger.begin(op("next", OpSet::Read, {3}), noon);
    const model::Notification before = ledger.find(idOf(3))->shown;
    ledger.tell(applied(4, op("next", OpSet::Read, {3})), noon);
    ledger.settle({"next"}, noon);
    QCOMPARE(ledger.find(idOf(3))->shown->engagement, before.engagement);
}

void TestLedger::pendingEverythingLeavesNewsAlone()
{
    Ledger ledger;
    ledger.tell(created(sample(1)), noon);
    ledger.tell(created(sample(2)), noon);
    ledger.begin({{"all"}, OpSet::Read, model::UpTo{2, {}}, noon, {}}, noon);
    ledger.tell(created(sample(3)), noon);
    QVERIFY(engagement(ledger, 1).read && engagement(ledger, 2).read && !engagement(ledger, 3).read);
    const Delta settled = ledger.settle({"all"}, noon);
    QCOMPARE(numbersOf(settled.shown), (QList<qint64>{1, 2}));
}

void TestLedger::aSnapshotIsADifference()
{
    Ledger ledger;
    for (const qint64 number : {1, 2, 3, 9})
        ledger.tell(created(sample(number)), noon);
    model::Notification changed = sample(2);
    changed.seq = 6;
    changed.content.title = "Other";
    const Delta delta = ledger.replace({sample(1), changed, sample(5)}, 8, noon);
    QCOMPARE(numbersOf(delta.shown), (QList<qint64>{2, 5}));
    QCOMPARE(numbersOf(delta.removed), QList<qint64>{3});
    QVERIFY(ledger.find(idOf(9))); // came after it
}

void TestLedger::anOlderPageBringsNothingBack()
{
    Ledger ledger;
    // The log speaks of items that a page, asked for before, has not brought yet.
    ledger.tell(applied(20, op("a", OpSet::Archive, {1})), noon);
    ledger.tell(gone(21, 2), noon);
    ledger.take(sample(1), noon);
    ledger.take(sample(2), noon);
    QVERIFY(engagement(ledger, 1).archived);
    QCOMPARE(ledger.find(idOf(1))->told->seq, model::Seq(20));
    QVERIFY(!ledger.find(idOf(2)));
}

void TestLedger::tellsWhatItLacks()
{
    Ledger ledger;
    QCOMPARE(numbersOf(ledger.tell(applied(5, op("a", OpSet::Unarchive, {7, 8})), noon).missing),
             (QList<qint64>{7, 8}));
    QVERIFY(ledger.tell(applied(6, op("b", OpSet::Read, {7})), noon).missing.isEmpty());
    QVERIFY(
        ledger.tell(applied(7, {{"c"}, OpSet::Unsnooze, model::UpTo{5, {}}, noon, {}}), noon).mayMissMore);
}

void TestLedger::snoozesEndWithoutTheServer()
{
    Ledger ledger;
    model::Notification item = sample(1);
    item.expiresAt = noon + model::days(2);
    ledger.tell(created(item), noon);
    ledger.tell(applied(2, op("a", OpSet::Snooze, {1}, noon + model::days(1))), noon);
    QVERIFY(!model::isActive(ledger.find(idOf(1))->shown));
    QCOMPARE(ledger.nextDue(), model::MaybeInstant(noon + model::days(1)));
    QCOMPARE(ledger.pass(noon + std::chrono::hours(1)), Delta());
    QCOMPARE(numbersOf(ledger.pass(noon + model::days(1)).shown), QList<qint64>{1});
    QVERIFY(model::isActive(ledger.find(idOf(1))->shown));
    QCOMPARE(ledger.find(idOf(1))->wokeAt, model::MaybeInstant(noon + model::days(1)));
    ledger.pass(noon + model::days(2));
    QCOMPARE(ledger.find(idOf(1))->shown->state, model::State::Expired);
    QVERIFY(!ledger.nextDue());
}

void TestLedger::rememberWhoWoke()
{
    Ledger ledger;
    model::Notification item = sample(1);
    item.engagement.snoozedUntil = noon;
    ledger.take(item, noon - model::days(1));
    item.engagement.snoozedUntil.reset();
    item.seq = 5;
    item.updatedAt = noon + std::chrono::seconds(1);
    ledger.tell({5, model::ChangeKind::Updated, item.updatedAt, item, model::Alert::Sound},
                noon - std::chrono::seconds(3));
    QCOMPARE(ledger.find(idOf(1))->wokeAt, model::MaybeInstant(noon));
    ledger.tell(applied(6, op("a", OpSet::Snooze, {1}, noon + model::days(1))), noon);
    QVERIFY(!ledger.find(idOf(1))->wokeAt);
}

void TestLedger::renotifiedStandsWhereItCame()
{
    Ledger ledger;
    ledger.tell(created(sample(1)), noon);
    QCOMPARE(ledger.find(idOf(1))->placedAt, sample(1).createdAt);
    model::Notification again = sample(1);
    again.revision = 2;
    again.seq = again.createdSeq = 8;
    ledger.tell({8, model::ChangeKind::Updated, noon, again, model::Alert::Sound}, noon);
    QCOMPARE(ledger.find(idOf(1))->placedAt, noon);
    ledger.tell(applied(9, op("a", OpSet::Read, {1})), noon);
    QCOMPARE(ledger.find(idOf(1))->placedAt, noon);
    // A replay shows it as it is now, at its first entry already.
    Ledger late;
    again.seq = 9;
    late.tell(created(again, 1), noon + model::days(1));
    late.tell({8, model::ChangeKind::Updated, noon, again, model::Alert::Sound}, noon + model::days(1));
    QCOMPARE(late.find(idOf(1))->placedAt, noon);
}

void TestLedger::trimsTheLeastNeeded()
{
    Ledger ledger;
    for (qint64 number = 1; number <= 6; ++number)
        ledger.tell(created(sample(number)), noon);
    ledger.tell(applied(7, op("a", OpSet::Archive, {5, 6})), noon);
    ledger.begin(op("b", OpSet::Read, {1}), noon);
    const auto rank = [](const model::Notification &item) { return item.engagement.archived ? 1 : 0; };
    QCOMPARE(numbersOf(ledger.trim(3, rank).removed), (QList<qint64>{2, 5, 6}));
    QVERIFY(ledger.trim(3, rank).removed.isEmpty());
}

void TestLedger::liveOnlyIsNotOfTheInbox()
{
    Ledger ledger;
    model::Notification item = sample(1);
    item.seq = item.createdSeq = 0;
    QCOMPARE(ledger.tell({0, model::ChangeKind::Created, noon, item, model::Alert::Sound}, noon), Delta());
    QCOMPARE(ledger.size(), std::size_t(0));
}
} // namespace belfry::inbox

QTEST_APPLESS_MAIN(belfry::inbox::TestLedger)
#include "tst_ledger.moc"
