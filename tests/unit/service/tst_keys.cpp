#include "auth/key.h"
#include "world.h"

#include <QTest>

using namespace belfry;
using namespace belfry::test;
using auth::Scope;
using model::ErrorCode;
using service::Keys;

class TestKeys : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void worksFromCreationToRevocation();
    void rotates();
    void refuses_data();
    void refuses();
    void loadsAtStart();
    void hearsOfOtherServers();
    void listNeedsScope();
    void writesUsesNowAndThen();
};

using Made = Answer<model::Result<Keys::Made>>;

void TestKeys::worksFromCreationToRevocation()
{
    World w;
    Made made;
    w.services.keys.create(w.home, World::key(), "192.0.2.1", {"ci", Scope::NotifyWrite, {}}, made.reply());
    QVERIFY(made.wait());
    const Keys::Made &key = made->value();
    QVERIFY(key.key.startsWith("blf_"));
    QCOMPARE(key.record.hash, auth::hashKey(key.key));
    QCOMPARE(w.store.apiKeys[0].name, "ci");
    const auto principal = w.authenticator.fromHeader("Bearer " + key.key);
    QVERIFY(principal);
    QVERIFY(principal->has(Scope::NotifyWrite));

    Answer<model::VoidResult> revoked, unknown;
    w.services.keys.revoke(w.home, World::key(), "192.0.2.1", key.record.id, revoked.reply());
    w.services.keys.revoke(w.home, World::key(), "192.0.2.1", "other", unknown.reply());
    QVERIFY(revoked.wait() && unknown.wait());
    QVERIFY(*revoked);
    QCOMPARE(unknown->error().code, ErrorCode::NotFound);
    QVERIFY(!w.authenticator.fromHeader("Bearer " + key.key));
    QCOMPARE(w.store.audit.size(), std::size_t(2));
    const ports::AuditEntry created{
        0,           w.clock.now(), "key:key-1",   "key.create", "key:" + key.record.id,
        "192.0.2.1", true,          "notify:write"};
    QCOMPARE(w.store.audit[0], created);
    QCOMPARE(w.store.audit[1].action, "key.revoke");
}

void TestKeys::rotates()
{
    World w;
    Made refused, made;
    w.services.keys.rotate(w.home, World::key(Scope::AdminRead), {}, "old", std::chrono::hours(1),
                           refused.reply());
    QCOMPARE(refused->error().code, ErrorCode::Forbidden);
    w.services.keys.rotate(w.home, World::key(), "192.0.2.1", "old", std::chrono::hours(1), made.reply());
    QVERIFY(made.wait());
    QVERIFY(w.authenticator.fromHeader("Bearer " + made->value().key));
    QCOMPARE(w.store.audit.back().action, "key.rotate");
    QCOMPARE(w.store.audit.back().target, "key:old");
}

void TestKeys::refuses_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<int>("makerScopes");
    QTest::addColumn<int>("scopes");
    QTest::addColumn<bool>("ended");
    QTest::addColumn<int>("code");
    const int admin = int(Scope::AdminWrite);
    QTest::newRow("no admin:write") << QByteArray("k") << 1 << 1 << false << int(ErrorCode::Forbidden);
    QTest::newRow("more than the maker has (H03)")
        << QByteArray("k") << admin << (admin | 1) << false << int(ErrorCode::Forbidden);
    QTest::newRow("no name") << QByteArray() << admin << admin << false << int(ErrorCode::Invalid);
    QTest::newRow("no scope") << QByteArray("k") << admin << 0 << false << int(ErrorCode::Invalid);
    QTest::newRow("ended") << QByteArray("k") << admin << admin << true << int(ErrorCode::Invalid);
}

void TestKeys::refuses()
{
    QFETCH(QByteArray, name);
    QFETCH(int, makerScopes);
    QFETCH(int, scopes);
    QFETCH(bool, ended);
    QFETCH(int, code);
    World w;
    Keys::NewKey wish{name, auth::Scopes::fromInt(quint32(scopes)), {}};
    if (ended)
        wish.expiresAt = w.clock.now();
    Made made;
    w.services.keys.create(w.home, World::key(auth::Scopes::fromInt(quint32(makerScopes))), {}, wish,
                           made.reply());
    QVERIFY(made.has());
    QCOMPARE(int(made->error().code), code);
    QVERIFY(w.store.apiKeys.empty());
}

void TestKeys::loadsAtStart()
{
    World w;
    const QByteArray key = auth::makeKey();
    ports::ApiKey record;
    record.id = "1";
    record.hash = auth::hashKey(key);
    record.scopes = quint32(Scope::AdminRead);
    w.store.apiKeys.push_back(record);
    QVERIFY(!w.authenticator.fromHeader("Bearer " + key));
    Answer<model::VoidResult> loaded;
    w.services.keys.load(w.home, loaded.reply());
    QVERIFY(loaded.wait());
    QVERIFY(w.authenticator.fromHeader("Bearer " + key));
}

void TestKeys::hearsOfOtherServers()
{
    World w;
    const QByteArray key = auth::makeKey();
    ports::ApiKey record;
    record.hash = auth::hashKey(key);
    w.store.apiKeys.push_back(record);
    w.store.exclusive = false;
    w.services.keys.follow(w.home, std::chrono::milliseconds(1));
    QTRY_VERIFY(w.authenticator.fromHeader("Bearer " + key));
    w.store.failWith = model::Error{ErrorCode::Unavailable, "away", {}, {}};
    w.store.apiKeys[0].revokedAt = w.clock.now();
    const int reads = w.store.keyReads;
    QTRY_VERIFY(w.store.keyReads > reads + 1); // it goes on
    QVERIFY(w.authenticator.fromHeader("Bearer " + key));
    w.store.failWith.reset();
    QTRY_VERIFY(!w.authenticator.fromHeader("Bearer " + key));
}

void TestKeys::listNeedsScope()
{
    World w;
    Answer<model::Result<std::vector<ports::ApiKey>>> refused, listed;
    w.services.keys.list(w.home, World::person(ada), refused.reply());
    QCOMPARE(refused->error().code, ErrorCode::Forbidden);
    w.store.apiKeys.resize(2);
    w.services.keys.list(w.home, World::key(Scope::AdminRead), listed.reply());
    QVERIFY(listed.wait());
    QCOMPARE(listed->value().size(), std::size_t(2));
}

void TestKeys::writesUsesNowAndThen()
{
    World w;
    ports::ApiKey row;
    row.id = "key-1";
    row.hash = auth::hashKey("blf_a");
    w.authenticator.setKeys({row});
    QVERIFY(w.authenticator.fromToken("blf_a"));
    QVERIFY(w.authenticator.fromToken("blf_a"));
    w.services.keys.followUses(w.home, std::chrono::milliseconds(1));
    QTRY_COMPARE(w.store.keyUses.size(), std::size_t(1));
    QCOMPARE(w.store.keyUses[0].id, "key-1");
    QCOMPARE(w.store.keyUses[0].at, w.clock.now());
    w.clock.advance(std::chrono::seconds(2));
    QVERIFY(w.authenticator.fromToken("blf_a"));
    QTRY_COMPARE(w.store.keyUses.size(), std::size_t(2));
}

QTEST_GUILESS_MAIN(TestKeys)
#include "tst_keys.moc"
