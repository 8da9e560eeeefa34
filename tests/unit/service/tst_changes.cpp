#include "world.h"

#include <QTest>

using namespace belfry;
using namespace belfry::test;
using model::ChangeKind;

class TestChanges : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void followsTheHead();
    void firstChangeNeedsNoRead();
    void knowsNothingWhereOthersWrite();
    void dropsPreferences();
    void readThatACommitOvertookIsNotKept();
};

void TestChanges::followsTheHead()
{
    World w;
    service::Changes &changes = w.services.changes;
    changes.committed(commitOf(ada, 7, ChangeKind::Created, {1, 1}));
    QVERIFY(!changes.logState(ada)); // its floor is not known
    changes.keepLogState(ada, changes.stamp(ada), {7, 3, {1, 1}});
    changes.committed(commitOf(ada, 8, ChangeKind::State, {0, 1}));
    const auto state = changes.logState(ada);
    QVERIFY(state);
    QCOMPARE(state->head, model::Seq(8));
    QCOMPARE(state->floor, model::Seq(3));
    QCOMPARE(state->counts.unseen, 0);
}

void TestChanges::firstChangeNeedsNoRead()
{
    World w;
    w.services.changes.committed(commitOf(ada, 1, ChangeKind::Created, {1, 1}));
    QCOMPARE(w.services.changes.logState(ada)->floor, model::Seq(1));
}

void TestChanges::knowsNothingWhereOthersWrite()
{
    World w;
    w.store.exclusive = false;
    service::Changes &changes = w.services.changes;
    changes.committed(commitOf(ada, 1, ChangeKind::Created));
    changes.keepLogState(ada, changes.stamp(ada), {1, 1, {}});
    QVERIFY(!changes.logState(ada));
    QVERIFY(!w.cache.logState(ada));
}

void TestChanges::dropsPreferences()
{
    World w;
    w.cache.keepPreferences(ada, std::make_shared<const model::Preferences>());
    w.services.changes.committed(commitOf(ada, 2, ChangeKind::Created));
    QVERIFY(w.cache.preferences(ada));
    w.services.changes.committed(commitOf(ada, 3, ChangeKind::Preferences));
    QVERIFY(!w.cache.preferences(ada));
}

void TestChanges::readThatACommitOvertookIsNotKept()
{
    World w;
    service::Changes &changes = w.services.changes;
    const auto before = changes.stamp(ada);
    changes.committed(commitOf(ada, 5, ChangeKind::Preferences));
    changes.keepPreferences(ada, before, std::make_shared<const model::Preferences>());
    changes.keepLogState(ada, before, {4, 1, {}});
    QVERIFY(!w.cache.preferences(ada));
    QVERIFY(!changes.logState(ada));
    changes.keepPreferences(ada, changes.stamp(ada), std::make_shared<const model::Preferences>());
    QVERIFY(w.cache.preferences(ada));
}

QTEST_GUILESS_MAIN(TestChanges)
#include "tst_changes.moc"
