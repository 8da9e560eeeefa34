#include "world.h"

#include <QTest>

using namespace belfry;
using namespace belfry::test;
using model::ErrorCode;

class TestReminders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onceALocalDay();
    void dayOfTheUsersZone();
    void everybody();
    void aFailedOneCanBeRepeated();
    void unknownUser();
    void noStreak();
    void needsScope();
};

using Sent = Answer<model::Result<service::Reminders::Sent>>;

void TestReminders::onceALocalDay()
{
    World w;
    w.store.knownPeople[ada] = {ada, "Ada", {}, {}, {}};
    Sent first, repeat, tomorrow;
    service::Reminders &reminders = w.services.reminders;
    reminders.daily(w.home, World::key(), ada, first.reply());
    QVERIFY(first.wait());
    QCOMPARE(first->value().sent, 1);
    QCOMPARE(w.store.submits[0].content->type, "daily_reminder");
    QCOMPARE(w.store.submits[0].recipients[0].user, ada);
    reminders.daily(w.home, World::key(), ada, repeat.reply());
    QVERIFY(repeat.wait());
    QCOMPARE(repeat->value().sent, 0);
    QCOMPARE(repeat->value().alreadyToday, 1);
    w.clock.advance(model::days(1));
    reminders.daily(w.home, World::key(), ada, tomorrow.reply());
    QVERIFY(tomorrow.wait());
    QCOMPARE(tomorrow->value().sent, 1);
}

void TestReminders::dayOfTheUsersZone()
{
    World w; // its clock: 2023-11-14 22:13:20 UTC
    w.store.knownPeople[ada] = {ada, "Ada", {}, {}, {}};
    w.store.documents[ada].timeZone = "Europe/Zurich";
    Sent evening, afterMidnight;
    w.services.reminders.daily(w.home, World::key(), ada, evening.reply());
    QVERIFY(evening.wait());
    w.clock.advance(std::chrono::hours(1)); // still the 14th in UTC
    w.services.reminders.daily(w.home, World::key(), ada, afterMidnight.reply());
    QVERIFY(afterMidnight.wait());
    QCOMPARE(afterMidnight->value().sent, 1);
    QCOMPARE(w.store.submits[0].content->dedupeKey, "daily_reminder:2023-11-14");
    QCOMPARE(w.store.submits[1].content->dedupeKey, "daily_reminder:2023-11-15");
    QVERIFY(w.store.submits[1].dedupeWindow == model::days(2)); // a local day is over by then, wherever
}

void TestReminders::everybody()
{
    World w;
    for (int i = 0; i < 750; ++i) {
        const model::UserId user{"u" + QByteArray::number(i)};
        w.store.knownPeople[user] = {user, {}, {}, {}, {}};
    }
    w.store.dedupes.insert("u7 daily_reminder:2023-11-14");
    Sent sent;
    w.services.reminders.daily(w.home, World::key(), {}, sent.reply());
    QVERIFY(sent.wait());
    QCOMPARE(sent->value().sent, 749);
    QCOMPARE(sent->value().alreadyToday, 1);

    World nobody;
    Sent none;
    nobody.services.reminders.daily(nobody.home, World::key(), {}, none.reply());
    QVERIFY(none.wait());
    QCOMPARE(none->value().sent, 0);
}

void TestReminders::aFailedOneCanBeRepeated()
{
    World w;
    w.store.knownPeople[ada] = {ada, "Ada", {}, {}, {}};
    w.store.knownPeople[bob] = {bob, "Bob", {}, {}, {}};
    w.store.failSubmitTo = bob;
    Sent failed, repeated;
    w.services.reminders.daily(w.home, World::key(), {}, failed.reply());
    QVERIFY(failed.wait());
    QCOMPARE(failed->error().code, ErrorCode::Overloaded);
    w.store.failSubmitTo.reset();
    w.services.reminders.daily(w.home, World::key(), {}, repeated.reply());
    QVERIFY(repeated.wait());
    QCOMPARE(repeated->value().sent, 1); // Bob's only
    QCOMPARE(repeated->value().alreadyToday, 1);
}

void TestReminders::unknownUser()
{
    World w;
    Sent daily, streak;
    w.services.reminders.daily(w.home, World::key(), ada, daily.reply());
    w.services.reminders.streak(w.home, World::key(), ada, streak.reply());
    QVERIFY(daily.wait() && streak.wait());
    QCOMPARE(daily->error().code, ErrorCode::NotFound);
    QCOMPARE(streak->error().code, ErrorCode::NotFound);
    QVERIFY(w.store.submits.empty());
}

void TestReminders::noStreak()
{
    World w;
    w.store.knownPeople[ada] = {ada, "Ada", {}, {}, {}};
    Sent one, all;
    w.services.reminders.streak(w.home, World::key(), ada, one.reply());
    w.services.reminders.streak(w.home, World::key(), {}, all.reply());
    QVERIFY(one.wait() && all.wait());
    QCOMPARE(one->error().code, ErrorCode::Conflict);
    QCOMPARE(all->value().sent, 0);
}

void TestReminders::needsScope()
{
    World w;
    Sent daily, streak;
    w.services.reminders.daily(w.home, World::person(ada), ada, daily.reply());
    w.services.reminders.streak(w.home, World::person(ada), ada, streak.reply());
    QCOMPARE(daily->error().code, ErrorCode::Forbidden);
    QCOMPARE(streak->error().code, ErrorCode::Forbidden);
}

QTEST_GUILESS_MAIN(TestReminders)
#include "tst_reminders.moc"
