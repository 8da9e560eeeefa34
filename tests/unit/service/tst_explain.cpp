#include "world.h"

#include <QTest>

using namespace belfry;
using namespace belfry::test;
using domain::Verdict;

class TestExplain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhichRule();
    void needsScope();
};

using Explained = Answer<model::Result<service::Explanation>>;

void TestExplain::saysWhichRule()
{
    World w;
    w.store.documents[ada] = withInboxOff();
    Explained now, later;
    w.services.explain.explain(w.home, World::key(auth::Scope::AdminRead), ada, {}, {}, now.reply());
    model::Content critical;
    critical.critical = true;
    const model::Instant at = w.clock.now() + std::chrono::hours(3);
    w.services.explain.explain(w.home, World::key(auth::Scope::NotifyWrite), ada, critical, at,
                               later.reply());
    QVERIFY(now.wait() && later.wait());
    QCOMPARE(now->value().user, ada);
    QVERIFY(now->value().at == w.clock.now());
    QCOMPARE(now->value().decisions[0].verdict, Verdict::Suppress);
    QCOMPARE(now->value().decisions[0].rule, "channel:*");
    QVERIFY(later->value().at == at);
    QCOMPARE(later->value().decisions[0].rule, "critical");
}

void TestExplain::needsScope()
{
    World w;
    Explained refused;
    w.services.explain.explain(w.home, World::person(ada), ada, {}, {}, refused.reply());
    QCOMPARE(refused->error().code, model::ErrorCode::Forbidden);
}

QTEST_GUILESS_MAIN(TestExplain)
#include "tst_explain.moc"
