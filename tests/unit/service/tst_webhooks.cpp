#include "world.h"

#include <QTest>

using namespace belfry;
using namespace belfry::test;
using auth::Scope;
using model::ErrorCode;
using model::Result;
using ports::Webhook;

class TestWebhooks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesAndGoes();
    void makesSecretsThatDiffer();
    void urls_data();
    void urls();
    void secrets_data();
    void secrets();
    void rotates();
    void scopes();
};

namespace {
service::Webhooks::Wish hookTo(const QByteArray &url)
{
    return {url, {}, {}, {}, true};
}
} // namespace

void TestWebhooks::comesAndGoes()
{
    World w;
    service::Webhooks &webhooks = w.services.webhooks;
    Answer<Result<Webhook>> made, got, replaced, unknown;
    Answer<model::VoidResult> removed, again;
    webhooks.create(w.home, World::key(), {"https://app.example/x", {}, ada, {"chat"}, false}, made.reply());
    QVERIFY(made.wait());
    QVERIFY(*made);
    const Webhook &hook = made->value();
    QCOMPARE(hook.createdAt, w.clock.now());
    QVERIFY(!hook.enabled && hook.disabledAt && !hook.disabledReason.isEmpty());
    webhooks.get(w.home, World::key(), hook.id, got.reply());
    webhooks.replace(w.home, World::key(), hook.id, hookTo("http://other.example"), replaced.reply());
    webhooks.get(w.home, World::key(), ports::WebhookId::makeV7(w.clock.now()), unknown.reply());
    webhooks.remove(w.home, World::key(), hook.id, removed.reply());
    webhooks.remove(w.home, World::key(), hook.id, again.reply());
    QVERIFY(again.wait() && removed.wait() && replaced.wait() && got.wait());
    QCOMPARE(got->value(), hook);
    QCOMPARE(replaced->value().url, QByteArray("http://other.example"));
    QCOMPARE(replaced->value().secret, hook.secret);
    QCOMPARE(unknown->error().code, ErrorCode::NotFound);
    QVERIFY(*removed);
    QCOMPARE(again->error().code, ErrorCode::NotFound);
}

void TestWebhooks::makesSecretsThatDiffer()
{
    World w;
    Answer<Result<Webhook>> one, two;
    w.services.webhooks.create(w.home, World::key(), hookTo("https://a.example"), one.reply());
    w.services.webhooks.create(w.home, World::key(), hookTo("https://a.example"), two.reply());
    QVERIFY(one.wait() && two.wait());
    const QByteArray secret = one->value().secret;
    QVERIFY(secret.startsWith("whsec_"));
    QCOMPARE(QByteArray::fromBase64(secret.mid(6)).size(), 32);
    QVERIFY(secret != two->value().secret);
}

void TestWebhooks::urls_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<bool>("good");
    QTest::newRow("https") << QByteArray("https://app.example/hooks?x=1") << true;
    QTest::newRow("http with a port") << QByteArray("http://127.0.0.1:8081/") << true;
    QTest::newRow("IPv6") << QByteArray("http://[::1]:80/x") << true;
    QTest::newRow("nothing") << QByteArray() << false;
    QTest::newRow("no scheme") << QByteArray("app.example/hooks") << false;
    QTest::newRow("file") << QByteArray("file:///etc/passwd") << false;
    QTest::newRow("gopher") << QByteArray("gopher://app.example/") << false;
    QTest::newRow("no host") << QByteArray("https:///x") << false;
    QTest::newRow("user") << QByteArray("https://anna@app.example/") << false;
    QTest::newRow("password") << QByteArray("https://anna:secret@app.example/") << false;
    QTest::newRow("empty user") << QByteArray("https://@app.example/") << false;
    QTest::newRow("fragment") << QByteArray("https://app.example/#x") << false;
    QTest::newRow("blank") << QByteArray("https://app.example/a b") << false;
    QTest::newRow("line break") << QByteArray("https://app.example/\r\nX: y") << false;
    QTest::newRow("backslash") << QByteArray("https://app.example\\@evil.example/") << false;
    QTest::newRow("not ASCII") << QByteArray("https://b\xc3\xbc.example/") << false;
    QTest::newRow("bad port") << QByteArray("https://app.example:99999/") << false;
    QTest::newRow("2048") << "https://app.example/" + QByteArray(2028, 'a') << true;
    QTest::newRow("2049") << "https://app.example/" + QByteArray(2029, 'a') << false;
}

void TestWebhooks::urls()
{
    QFETCH(QByteArray, url);
    QFETCH(bool, good);
    World w;
    Answer<Result<Webhook>> made;
    w.services.webhooks.create(w.home, World::key(), hookTo(url), made.reply());
    QVERIFY(made.wait());
    QCOMPARE(made->has_value(), good);
    if (!good)
        QCOMPARE(made->error().fields.value(0).pointer, QByteArray("/url"));
}

void TestWebhooks::secrets_data()
{
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<bool>("good");
    QTest::newRow("24 bytes") << "whsec_" + QByteArray(24, 'k').toBase64() << true;
    QTest::newRow("64 bytes") << "whsec_" + QByteArray(64, 'k').toBase64() << true;
    QTest::newRow("23 bytes") << "whsec_" + QByteArray(23, 'k').toBase64() << false;
    QTest::newRow("65 bytes") << "whsec_" + QByteArray(65, 'k').toBase64() << false;
    QTest::newRow("no prefix") << QByteArray(24, 'k').toBase64() << false;
    QTest::newRow("no base64") << "whsec_" + QByteArray(40, '!') << false;
}

void TestWebhooks::secrets()
{
    QFETCH(QByteArray, secret);
    QFETCH(bool, good);
    World w;
    Answer<Result<Webhook>> made;
    w.services.webhooks.create(w.home, World::key(), {"https://a.example", secret, {}, {}, true},
                               made.reply());
    QVERIFY(made.wait());
    QCOMPARE(made->has_value(), good);
    if (good) {
        QCOMPARE(made->value().secret, secret);
    } else {
        QCOMPARE(made->error().fields.value(0).pointer, QByteArray("/secret"));
        QVERIFY(!made->error().detail.contains(secret));
    }
}

void TestWebhooks::rotates()
{
    World w;
    Answer<Result<Webhook>> made, rotated, refused;
    w.services.webhooks.create(w.home, World::key(), hookTo("https://a.example"), made.reply());
    QVERIFY(made.wait());
    const Webhook hook = made->value();
    w.services.webhooks.rotate(w.home, World::key(), hook.id, "short", std::chrono::hours(1),
                               refused.reply());
    w.services.webhooks.rotate(w.home, World::key(), hook.id, {}, std::chrono::hours(1), rotated.reply());
    QVERIFY(rotated.wait());
    QCOMPARE(refused->error().fields.value(0).pointer, QByteArray("/secret"));
    QVERIFY(rotated->value().secret != hook.secret);
    QCOMPARE(rotated->value().oldSecret, hook.secret);
    QCOMPARE(rotated->value().oldSecretUntil, model::MaybeInstant(w.clock.now() + std::chrono::hours(1)));
}

void TestWebhooks::scopes()
{
    World w;
    service::Webhooks &webhooks = w.services.webhooks;
    const auth::Principal reader = World::key(Scope::AdminRead), writer = World::key(Scope::AdminWrite);
    Answer<Result<Webhook>> created, replaced, rotated, deaf, byWriter;
    Answer<Result<std::vector<Webhook>>> readByWriter, readByReader;
    Answer<model::VoidResult> removed;
    webhooks.create(w.home, reader, hookTo("https://a.example"), created.reply());
    webhooks.replace(w.home, reader, {}, hookTo("https://a.example"), replaced.reply());
    webhooks.rotate(w.home, reader, {}, {}, std::chrono::hours(1), rotated.reply());
    webhooks.remove(w.home, reader, {}, removed.reply());
    webhooks.list(w.home, writer, readByWriter.reply());
    webhooks.create(w.home, writer, hookTo("https://a.example"), deaf.reply());
    webhooks.create(w.home, World::key(Scope::AdminWrite | Scope::InboxRead), hookTo("https://a.example"),
                    byWriter.reply());
    webhooks.list(w.home, reader, readByReader.reply());
    QVERIFY(byWriter.wait() && readByReader.wait());
    QCOMPARE(created->error().code, ErrorCode::Forbidden);
    QCOMPARE(replaced->error().code, ErrorCode::Forbidden);
    QCOMPARE(rotated->error().code, ErrorCode::Forbidden);
    QCOMPARE(removed->error().code, ErrorCode::Forbidden);
    QCOMPARE(readByWriter->error().code, ErrorCode::Forbidden);
    QCOMPARE(deaf->error().code, ErrorCode::Forbidden); // what a webhook gets, its maker may read
    QVERIFY(*byWriter && *readByReader);
}

QTEST_GUILESS_MAIN(TestWebhooks)
#include "tst_webhooks.moc"
