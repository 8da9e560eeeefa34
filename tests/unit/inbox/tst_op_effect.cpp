#include "inbox/op_effect.h"
#include "inbox_samples.h"

#include <QtTest>

namespace belfry::inbox {
using model::OpSet;

class TestOpEffect : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void toldOpsHoldAsTheyStand();
    void everythingUpToMeansItsList();
    void likelyRefusedOnesShowNothing_data();
    void likelyRefusedOnesShowNothing();
};

void TestOpEffect::toldOpsHoldAsTheyStand()
{
    model::Notification item = sample(1);
    model::Engagement &e = item.engagement;
    applyTold(item, op("a", OpSet::Archive, {1}), noon);
    QVERIFY(e.seen && e.read && e.archived); // semantics 1
    applyTold(item, op("b", OpSet::Unarchive, {1}), noon);
    applyTold(item, op("c", OpSet::Unread, {1}), noon);
    QVERIFY(e.seen && !e.read && !e.archived);
    applyTold(item, op("d", OpSet::Ack, {1}), noon);
    QVERIFY(e.acked && e.read);
    applyTold(item, op("e", OpSet::Snooze, {1}, noon + model::days(1)), noon);
    QCOMPARE(e.snoozedUntil, model::MaybeInstant(noon + model::days(1)));
    applyTold(item, op("f", OpSet::Unsnooze, {1}), noon);
    QVERIFY(!e.snoozedUntil);
    applyTold(item, op("g", OpSet::Delete, {1}), noon);
    QVERIFY(e.deleted);
    applyTold(item, op("h", OpSet::Undo, {1}), noon);
    applyTold(item, op("i", OpSet::Click, {1}), noon);
    QVERIFY(!e.deleted && e.clicked);
    model::Op early = op("j", OpSet::Seen, {1});
    early.at = model::Instant{1};
    e.seen.reset();
    applyTold(item, early, noon);
    QCOMPARE(e.seen, model::MaybeInstant(item.createdAt)); // never before it was there
}

void TestOpEffect::everythingUpToMeansItsList()
{
    const auto upTo = [](OpSet set) { return model::Op{{"x"}, set, model::UpTo{5, {idOf(4)}}, noon, {}}; };
    QVERIFY(isMeant(sample(5), upTo(OpSet::Read)));
    QVERIFY(!isMeant(sample(6), upTo(OpSet::Read)));
    QVERIFY(!isMeant(sample(4), upTo(OpSet::Read)));
    model::Notification archived = sample(1);
    archived.engagement.archived = noon;
    QVERIFY(!isMeant(archived, upTo(OpSet::Read)));
    QVERIFY(isMeant(archived, upTo(OpSet::Unarchive)));
    model::Notification snoozed = sample(1);
    snoozed.engagement.snoozedUntil = noon;
    QVERIFY(!isMeant(snoozed, upTo(OpSet::Archive)));
    QVERIFY(isMeant(snoozed, upTo(OpSet::Unsnooze)));
}

void TestOpEffect::likelyRefusedOnesShowNothing_data()
{
    QTest::addColumn<int>("set");
    QTest::addColumn<int>("state");
    QTest::addColumn<QByteArray>("has");
    QTest::addColumn<bool>("shows");
    const auto row = [](const char *name, OpSet set, const char *has, bool shows,
                        model::State state = model::State::Done) {
        QTest::newRow(name) << int(set) << int(state) << QByteArray(has) << shows;
    };
    row("read", OpSet::Read, "", true);
    row("read again", OpSet::Read, "read", false);
    row("unread of an acked one", OpSet::Unread, "read acked", false);
    row("unread of an archived one", OpSet::Unread, "read archived", false);
    row("archive before the ack", OpSet::Archive, "critical", false);
    row("archive after the ack", OpSet::Archive, "critical acked", true);
    row("delete before the ack", OpSet::Delete, "critical", false);
    row("archive of a deleted one", OpSet::Archive, "deleted", false);
    row("undo of a deleted one", OpSet::Undo, "deleted", true);
    row("snooze that is over", OpSet::Snooze, "", false);
    row("read of an expired one", OpSet::Read, "", false, model::State::Expired);
    row("delete of an expired one", OpSet::Delete, "", true, model::State::Expired);
}

void TestOpEffect::likelyRefusedOnesShowNothing()
{
    QFETCH(int, set);
    QFETCH(int, state);
    QFETCH(QByteArray, has);
    model::Notification item = sample(1);
    item.state = static_cast<model::State>(state);
    item.content.critical = has.contains("critical");
    const auto mark = [&](model::MaybeInstant &field, const char *word) {
        if (has.contains(word))
            field = noon;
    };
    mark(item.engagement.read, "read");
    item.engagement.seen = item.engagement.read;
    mark(item.engagement.acked, "acked");
    mark(item.engagement.archived, "archived");
    mark(item.engagement.deleted, "deleted");
    const model::Notification before = item;
    const bool shows = applyLikely(item, op("x", static_cast<OpSet>(set), {1}, noon), noon);
    QTEST(shows, "shows");
    QCOMPARE(item != before, shows);
}
} // namespace belfry::inbox

QTEST_APPLESS_MAIN(belfry::inbox::TestOpEffect)
#include "tst_op_effect.moc"
