#include "world.h"

#include <QTest>

using namespace belfry;
using namespace belfry::test;
using model::ErrorCode;

class TestAmendments : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void passesOn();
    void usersMayNot();
    void aNewEndFallsDue();
};

using Item = Answer<model::Result<model::Notification>>;

void TestAmendments::passesOn()
{
    World w;
    const model::NotificationId id{1, 2};
    w.store.items[id].id = id;
    Item patched, recalled, cancelled;
    ports::Patch patch;
    patch.id = id;
    patch.title = "new";
    w.services.amendments.patch(w.home, World::key(), patch, patched.reply());
    w.services.amendments.recall(w.home, World::key(), id, recalled.reply());
    w.services.amendments.cancel(w.home, World::key(), id, cancelled.reply());
    QVERIFY(patched.wait() && recalled.wait() && cancelled.wait());
    QVERIFY(*patched && *recalled && *cancelled);
    QCOMPARE(w.store.patches[0].title, "new");
    QVERIFY(w.store.patches[0].now == w.clock.now());
    QCOMPARE(w.store.recalls, std::vector{id});
    QCOMPARE(w.store.cancels, std::vector{id});
}

void TestAmendments::usersMayNot()
{
    World w;
    Item patched, recalled, cancelled;
    w.services.amendments.patch(w.home, World::person(ada), {}, patched.reply());
    w.services.amendments.recall(w.home, World::person(ada), {}, recalled.reply());
    w.services.amendments.cancel(w.home, World::person(ada), {}, cancelled.reply());
    QCOMPARE(patched->error().code, ErrorCode::Forbidden); // H19
    QCOMPARE(recalled->error().code, ErrorCode::Forbidden);
    QCOMPARE(cancelled->error().code, ErrorCode::Forbidden);
}

void TestAmendments::aNewEndFallsDue()
{
    World w;
    std::vector<model::Instant> alarms;
    w.services.submitter.setAlarms({[&alarms](model::Instant at) { alarms.push_back(at); }, {}});
    const model::NotificationId id{1, 2};
    w.store.items[id].id = id;
    ports::Patch patch;
    patch.id = id;
    Item untouched, moved, unknown;
    w.services.amendments.patch(w.home, World::key(), patch, untouched.reply());
    patch.expiresAt = w.store.items[id].expiresAt = w.clock.now() + std::chrono::hours(1);
    w.services.amendments.patch(w.home, World::key(), patch, moved.reply());
    patch.id = {3, 4};
    w.services.amendments.patch(w.home, World::key(), patch, unknown.reply());
    QVERIFY(untouched.wait() && moved.wait() && unknown.wait());
    QVERIFY(*moved && !*unknown);
    QCOMPARE(alarms, std::vector{w.clock.now() + std::chrono::hours(1)});
}

QTEST_GUILESS_MAIN(TestAmendments)
#include "tst_amendments.moc"
