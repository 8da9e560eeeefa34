#include "world.h"

#include <QTest>

using namespace belfry;
using namespace belfry::test;

class TestPreferenceSource : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneReadForATurn();
    void mixesCachedAndRead();
    void defaultsAreShared();
    void changedMeanwhileIsNotKept();
    void failureReachesAll();
};

using Documents = Answer<service::PreferenceSource::Documents>;

void TestPreferenceSource::oneReadForATurn()
{
    World w;
    w.store.documents[bob] = withToastOff();
    Documents first, second;
    w.services.preferenceSource.get(w.home, {ada}, first.reply());
    w.services.preferenceSource.get(w.home, {bob, ada}, second.reply());
    QVERIFY(first.wait() && second.wait());
    QCOMPARE(w.store.preferenceReads, std::vector<std::size_t>{3});
    QVERIFY(*second->value()[0] == withToastOff());
    QVERIFY(*second->value()[1] == model::Preferences());
}

void TestPreferenceSource::mixesCachedAndRead()
{
    World w;
    w.cache.keepPreferences(ada, std::make_shared<const model::Preferences>(withInboxOff()));
    w.store.documents[bob] = withToastOff();
    Documents both, none;
    w.services.preferenceSource.get(w.home, {bob, ada}, both.reply());
    QVERIFY(both.wait());
    QCOMPARE(w.store.preferenceReads, std::vector<std::size_t>{1});
    QVERIFY(*both->value()[0] == withToastOff());
    QVERIFY(*both->value()[1] == withInboxOff());
    w.services.preferenceSource.get(w.home, {}, none.reply());
    QVERIFY(none.has());
}

void TestPreferenceSource::defaultsAreShared()
{
    World w;
    Documents both;
    w.services.preferenceSource.get(w.home, {ada, bob}, both.reply());
    QVERIFY(both.wait());
    QVERIFY(both->value()[0] == both->value()[1]);
}

void TestPreferenceSource::changedMeanwhileIsNotKept()
{
    World w;
    Documents read;
    w.services.preferenceSource.get(w.home, {ada}, read.reply());
    QVERIFY(waitUntil([&] { return !w.store.preferenceReads.empty(); }));
    w.services.changes.committed(commitOf(ada, 1, model::ChangeKind::Preferences));
    QVERIFY(read.wait());
    QVERIFY(!w.services.preferenceSource.cached(ada));
}

void TestPreferenceSource::failureReachesAll()
{
    World w;
    w.store.failWith = model::Error{model::ErrorCode::Unavailable, "away", {}, {}};
    Documents first, second;
    w.services.preferenceSource.get(w.home, {ada}, first.reply());
    w.services.preferenceSource.get(w.home, {bob}, second.reply());
    QVERIFY(first.wait() && second.wait());
    QCOMPARE(first->error().code, model::ErrorCode::Unavailable);
    QCOMPARE(second->error().code, model::ErrorCode::Unavailable);
    QVERIFY(!w.services.preferenceSource.cached(ada));
}

QTEST_GUILESS_MAIN(TestPreferenceSource)
#include "tst_preference_source.moc"
