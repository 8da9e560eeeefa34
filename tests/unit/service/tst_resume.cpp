#include "world.h"

#include <QTest>

using namespace belfry;
using namespace belfry::test;

class TestResume : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void manyBecomeOneRead();
    void knownAfterTheFirst();
    void alwaysReadsWhereOthersWrite();
    void staleReadIsNotKept();
    void mode();
    void pages();
};

using State = Answer<model::Result<ports::LogState>>;

void TestResume::manyBecomeOneRead()
{
    World w;
    std::vector<State> states(1'200);
    for (std::size_t i = 0; i < states.size(); ++i) {
        const model::UserId user{"u" + QByteArray::number(int(i))};
        w.store.logs[user].head = model::Seq(i);
        w.services.resume.standing(w.home, user, states[i].reply());
    }
    QVERIFY(waitUntil([&] { return states.back().has(); }));
    for (std::size_t i = 0; i < states.size(); ++i)
        QCOMPARE(states[i]->value().head, model::Seq(i));
    QCOMPARE(w.store.logStateReads, (std::vector<std::size_t>{500, 500, 200}));
}

void TestResume::knownAfterTheFirst()
{
    World w;
    w.store.logs[ada] = {4, 2, {1, 1}};
    QVERIFY(!w.services.resume.known(ada));
    State read, known;
    w.services.resume.standing(w.home, ada, read.reply());
    QVERIFY(read.wait());
    w.services.changes.committed(commitOf(ada, 5, model::ChangeKind::Created, {2, 2}));
    w.services.resume.standing(w.home, ada, known.reply());
    QVERIFY(known.has()); // at once
    QCOMPARE(known->value().head, model::Seq(5));
    QCOMPARE(known->value().counts.unread, 2);
}

void TestResume::alwaysReadsWhereOthersWrite()
{
    World w;
    w.store.exclusive = false;
    for (int i = 1; i <= 2; ++i) {
        State read;
        w.services.resume.standing(w.home, ada, read.reply());
        QVERIFY(read.wait());
        QCOMPARE(w.store.logStateReads.size(), std::size_t(i));
    }
}

void TestResume::staleReadIsNotKept()
{
    World w;
    w.store.logs[ada] = {4, 1, {}};
    State read;
    w.services.resume.standing(w.home, ada, read.reply());
    QVERIFY(waitUntil([&] { return !w.store.logStateReads.empty(); }));
    w.services.changes.committed(commitOf(ada, 5, model::ChangeKind::Created));
    QVERIFY(read.wait());
    QVERIFY(!w.services.resume.known(ada)); // the next one reads again
}

void TestResume::mode()
{
    World w;
    QCOMPARE(w.services.resume.mode({"fake-epoch"}, 3, {5, 1, {}}), domain::ResumeMode::Resume);
    QCOMPARE(w.services.resume.mode({"another"}, 3, {5, 1, {}}), domain::ResumeMode::Reset);
}

void TestResume::pages()
{
    World w;
    w.store.logs[ada].head = 1'000;
    Answer<model::Result<ports::LogPage>> page;
    w.services.resume.page(w.home, ada, 100, page.reply());
    QVERIFY(page.wait());
    QCOMPARE(page->value().changes.size(), std::size_t(500));
    QCOMPARE(page->value().changes.front().seq, model::Seq(101));
}

QTEST_GUILESS_MAIN(TestResume)
#include "tst_resume.moc"
