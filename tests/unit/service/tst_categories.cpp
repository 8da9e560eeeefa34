#include "world.h"

#include <QTest>

using namespace belfry;
using namespace belfry::test;
using model::Channel;
using model::ErrorCode;
using ports::Category;

/// What categories say where users are silent.
class TestCategories : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void emptyWithoutCategories();
    void aChangeCountsBeforeItsReply();
    void scopes();
    void submitsFollowTheCategory();
    void theCategorysEnd();
    void explainsByTheCategory();
    void livesOfCategories();
    void anOlderReadComesTooLate();
    void followsOtherServers();
    void whatCouldNotBeReadIsReadAgain();
};

namespace {
Category quietOne(const QByteArray &name)
{
    Category category;
    category.name = name;
    category.channels.byChannel[std::size_t(Channel::Toast)] = false;
    return category;
}

Category putInto(World &w, Category category)
{
    Answer<model::Result<Category>> stored;
    w.services.categories.put(w.home, World::key(), std::move(category), stored.reply());
    if (!stored.wait() || !*stored)
        qFatal("not stored");
    return **stored;
}

service::Submission aboutChat()
{
    service::Submission what;
    what.to = model::UserId{"ada"};
    what.content.type = "chat";
    what.content.title = "Hello";
    return what;
}

void submitTo(World &w, service::Submission what)
{
    Answer<model::Result<ports::SubmitResult>> answer;
    w.services.submitter.submit(w.home, World::key(), std::move(what), answer.reply());
    if (!answer.wait() || !*answer)
        qFatal("refused");
}
} // namespace

void TestCategories::emptyWithoutCategories()
{
    World w;
    QVERIFY(!w.services.categoryBook.find("chat"));
    QVERIFY(w.services.categoryBook.rulesOf("chat") == domain::CategoryRules{});
    QVERIFY(w.services.categoryBook.lives().empty());
}

void TestCategories::aChangeCountsBeforeItsReply()
{
    World w;
    const Category made = putInto(w, quietOne("chat"));
    QVERIFY(made.createdAt == w.clock.now() && made.updatedAt == w.clock.now());
    QVERIFY(w.services.categoryBook.find("chat"));
    QVERIFY(!w.services.categoryBook.find("billing"));
    putInto(w, quietOne("general"));
    QVERIFY(w.services.categoryBook.find("")); // without a type is general
    Answer<model::VoidResult> removed;
    w.services.categories.remove(w.home, World::key(), "chat", removed.reply());
    QVERIFY(removed.wait() && *removed);
    QVERIFY(!w.services.categoryBook.find("chat"));
}

void TestCategories::scopes()
{
    World w;
    putInto(w, quietOne("chat"));
    Answer<model::Result<std::vector<Category>>> listed;
    w.services.categories.list(w.home, World::person({"ada"}), listed.reply());
    QVERIFY(listed.wait() && *listed);
    QCOMPARE((*listed)->size(), 1u);
    Answer<model::Result<std::vector<Category>>> refusedList;
    w.services.categories.list(w.home, World::key(auth::Scope::NotifyWrite), refusedList.reply());
    QVERIFY(refusedList.wait());
    QCOMPARE(refusedList->error().code, ErrorCode::Forbidden);
    Answer<model::Result<Category>> refused;
    w.services.categories.put(w.home, World::person({"ada"}), quietOne("x"), refused.reply());
    QVERIFY(refused.wait());
    QCOMPARE(refused->error().code, ErrorCode::Forbidden);
    Answer<model::VoidResult> kept;
    w.services.categories.remove(w.home, World::person({"ada"}), "chat", kept.reply());
    QVERIFY(kept.wait());
    QCOMPARE(kept->error().code, ErrorCode::Forbidden);
}

void TestCategories::submitsFollowTheCategory()
{
    World w;
    putInto(w, quietOne("chat"));
    submitTo(w, aboutChat());
    const ports::Recipient &silent = w.store.submits.back().recipients.front();
    QVERIFY(silent.inApp && !silent.toast);
    QCOMPARE(silent.rule, QByteArray("category_default"));
    auto other = aboutChat();
    other.content.type = "billing";
    submitTo(w, other);
    QVERIFY(w.store.submits.back().recipients.front().toast);
}

void TestCategories::theCategorysEnd()
{
    World w;
    Category code = quietOne("chat");
    code.ttl = std::chrono::minutes(5);
    putInto(w, code);
    submitTo(w, aboutChat());
    QVERIFY(w.store.submits.back().expiresAt == w.clock.now() + std::chrono::minutes(5));
    auto own = aboutChat();
    own.times.ttl = std::chrono::hours(1);
    submitTo(w, own);
    QVERIFY(w.store.submits.back().expiresAt == w.clock.now() + std::chrono::hours(1));
    auto end = aboutChat();
    end.times.expiresAt = w.clock.now() + std::chrono::hours(2);
    submitTo(w, end);
    QVERIFY(w.store.submits.back().expiresAt == w.clock.now() + std::chrono::hours(2));
}

void TestCategories::explainsByTheCategory()
{
    World w;
    putInto(w, quietOne("chat"));
    model::Content content;
    content.type = "chat";
    Answer<model::Result<service::Explanation>> told;
    w.services.explain.explain(w.home, World::key(), {"ada"}, content, {}, told.reply());
    QVERIFY(told.wait() && *told);
    QCOMPARE((*told)->decisions[std::size_t(Channel::Toast)].rule, QByteArray("category_default"));
}

void TestCategories::livesOfCategories()
{
    World w;
    Category week = quietOne("week");
    week.retainDays = 7;
    Category ever = quietOne("ever");
    ever.retainDays = 0;
    putInto(w, week);
    putInto(w, ever);
    putInto(w, quietOne("usual"));
    const auto lives = w.services.categoryBook.lives();
    QCOMPARE(lives.size(), 2u);
    QVERIFY(lives.at("week") == model::days(7));
    QVERIFY(!lives.at("ever"));
}

void TestCategories::anOlderReadComesTooLate()
{
    World w;
    w.store.holdReads = true;
    Answer<model::VoidResult> early, late;
    w.services.categoryBook.load(w.home, early.reply());
    w.store.kinds = {{"chat", quietOne("chat")}};
    w.services.categoryBook.load(w.home, late.reply());
    w.store.heldReads.at(1)();
    QVERIFY(late.wait() && *late);
    w.store.heldReads.at(0)();
    QVERIFY(early.wait() && *early);
    QVERIFY(w.services.categoryBook.find("chat"));
}

void TestCategories::followsOtherServers()
{
    World w;
    w.store.exclusive = false;
    w.services.categoryBook.follow(w.home, std::chrono::milliseconds(1));
    w.store.kinds = {{"chat", quietOne("chat")}};
    QVERIFY(waitUntil([&w] { return w.services.categoryBook.find("chat") != nullptr; }));
    w.home.dropDelayed();
}

void TestCategories::whatCouldNotBeReadIsReadAgain()
{
    World w;
    w.store.holdReads = true;
    Answer<model::Result<Category>> stored;
    w.services.categories.put(w.home, World::key(), quietOne("chat"), stored.reply());
    QVERIFY(waitUntil([&w] { return !w.store.heldReads.empty(); }));
    w.store.failWith = model::Error{ErrorCode::Unavailable, "away", {}, {}};
    w.store.holdReads = false;
    w.store.heldReads.front()();
    QVERIFY(stored.wait() && *stored); // it is in the database
    QVERIFY(!w.services.categoryBook.find("chat"));
    w.store.failWith.reset();
    QVERIFY(waitUntil([&w] { return w.services.categoryBook.find("chat") != nullptr; }));
    w.home.dropDelayed();
}

QTEST_GUILESS_MAIN(TestCategories)
#include "tst_categories.moc"
