#include "auth/password.h"
#include "world.h"

#include <QTest>

using namespace belfry;
using namespace belfry::test;
using model::ErrorCode;
using service::NewUser;

Q_DECLARE_METATYPE(NewUser)

class TestUsers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void creates();
    void emailIsTaken();
    void refuses_data();
    void refuses();
    void needsScope();
    void waitingIsBounded();
    void names();
};

using Record = Answer<model::Result<ports::UserRecord>>;

void TestUsers::creates()
{
    World w;
    Record made;
    w.services.users.create(w.home, World::key(), {"Ada", "Ada@Example.org", "secret"}, made.reply());
    QVERIFY(made.wait());
    QVERIFY(*made);
    QCOMPARE(made->value().id.text, "1");
    const ports::UserRecord &stored = w.store.knownPeople[{"1"}];
    QCOMPARE(stored.name, "Ada");
    QCOMPARE(stored.email, "ada@example.org");
    QVERIFY(stored.createdAt == w.clock.now());
    QVERIFY(stored.passwordHash.startsWith("$argon2id$"));
    QVERIFY(auth::fitsPassword(stored.passwordHash, "secret"));
    QVERIFY(!auth::fitsPassword(stored.passwordHash, "Secret"));
}

void TestUsers::emailIsTaken()
{
    World w;
    w.store.knownPeople[ada] = {ada, "Ada", "ada@example.org", {}, {}};
    Record made;
    w.services.users.create(w.home, World::key(), {"A", "ADA@example.org", "x"}, made.reply());
    QVERIFY(made.wait());
    QCOMPARE(made->error().code, ErrorCode::Conflict);
}

void TestUsers::refuses_data()
{
    QTest::addColumn<NewUser>("user");
    QTest::addColumn<QByteArray>("pointer");
    QTest::newRow("no name") << NewUser{"", "a@b", "x"} << QByteArray("/name");
    QTest::newRow("no email") << NewUser{"A", "", "x"} << QByteArray("/email");
    QTest::newRow("no password") << NewUser{"A", "a@b", ""} << QByteArray("/password");
    QTest::newRow("long email") << NewUser{"A", QByteArray(255, 'a'), "x"} << QByteArray("/email");
    QTest::newRow("long password") << NewUser{"A", "a@b", QByteArray(1'025, 'x')} << QByteArray("/password");
}

void TestUsers::refuses()
{
    QFETCH(NewUser, user);
    QFETCH(QByteArray, pointer);
    World w;
    Record made;
    w.services.users.create(w.home, World::key(), user, made.reply());
    QVERIFY(made.has());
    QCOMPARE(made->error().code, ErrorCode::Malformed); // S2 answers 400 (H13)
    QCOMPARE(made->error().fields.value(0).pointer, pointer);
}

void TestUsers::needsScope()
{
    World w;
    Record made;
    w.services.users.create(w.home, World::person(ada), {"A", "a@b", "x"}, made.reply());
    QCOMPARE(made->error().code, ErrorCode::Forbidden);
}

void TestUsers::waitingIsBounded()
{
    World w;
    service::PasswordWork passwords(1);
    service::Users users(w.store, passwords, w.clock);
    Record first, refused, later;
    users.create(w.home, World::key(), {"A", "a@b", "x"}, first.reply());
    users.create(w.home, World::key(), {"B", "b@b", "x"}, refused.reply());
    QVERIFY(refused.has());
    QCOMPARE(refused->error().code, ErrorCode::Overloaded);
    QVERIFY(refused->error().retryAfter);
    QVERIFY(first.wait());
    users.create(w.home, World::key(), {"C", "c@b", "x"}, later.reply());
    QVERIFY(later.wait());
    QVERIFY(*first && *later);
}

void TestUsers::names()
{
    World w;
    w.store.knownPeople[ada] = {ada, "Ada", {}, {}, {}};
    Answer<model::Result<std::vector<ports::UserRecord>>> found;
    w.services.users.names(w.home, {bob, ada}, found.reply());
    QVERIFY(found.wait());
    QCOMPARE(found->value()[0].id, bob);
    QVERIFY(found->value()[0].name.isEmpty());
    QCOMPARE(found->value()[1].name, "Ada");
}

QTEST_GUILESS_MAIN(TestUsers)
#include "tst_users.moc"
