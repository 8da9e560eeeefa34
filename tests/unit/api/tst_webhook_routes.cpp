#include "api_bed.h"

#include <QTest>

using namespace belfry;
using test::Answer;
using test::ApiBed;
using test::Request;

class TstWebhookRoutes : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<ApiBed> m_bed;
    Answer admin(const Request &request) { return m_bed->admin(request); }

private Q_SLOTS:
    void init() { m_bed = std::make_unique<ApiBed>(); }

    void comeAndGo();
    void theSecretIsShownOnce();
    void aPutReplacesAllButTheSecret();
    void rotate();
    void refuse_data();
    void refuse();
    void aRepeatNeverShowsTheSecret();
    void aKeyThatReadsNoInboxesPointsNoneAtThem();
    void deliveriesAndDeadLetters();
    void deliveriesRefuse_data();
    void deliveriesRefuse();
    void redriveRefuses_data();
    void redriveRefuses();
};

void TstWebhookRoutes::comeAndGo()
{
    const Answer made =
        admin(Request::post("/api/v1/webhooks")
                  .json(R"({"url":"https://app.example/x","user_id":7,"types":["chat","chat"]})"));
    QCOMPARE(made.status, 201);
    QCOMPARE(made.header("Cache-Control"), QByteArray("no-store"));
    QCOMPARE(made.at("data.user_id").toString(), QStringLiteral("7"));
    QCOMPARE(made.at("data.types").toArray().size(), 1);
    QVERIFY(made.at("data.enabled").toBool());
    const QByteArray path = "/api/v1/webhooks/" + made.at("data.id").toString().toUtf8();
    QCOMPARE(
        admin(Request::get(path)).body(),
        QByteArray(R"({"data":{"id":"<id>","url":"https://app.example/x","user_id":"7","types":["chat"],)"
                   R"("enabled":true,"disabled_reason":null,"disabled_at":null,"old_secret_until":null,)"
                   R"("created_at":"2023-11-14T22:13:20.000Z","updated_at":"2023-11-14T22:13:20.000Z"}})"));
    QCOMPARE(admin(Request::get("/api/v1/webhooks")).at("data").toArray().size(), 1);
    QCOMPARE(admin(Request::remove(path)).status, 200);
    QCOMPARE(admin(Request::remove(path)).status, 404);
    QCOMPARE(admin(Request::get(path)).status, 404);
    QCOMPARE(admin(Request::get("/api/v1/webhooks/none")).status, 404);
    QCOMPARE(admin(Request::get("/api/v1/webhooks")).body(), QByteArray(R"({"data":[]})"));
}

void TstWebhookRoutes::theSecretIsShownOnce()
{
    const Answer made = admin(Request::post("/api/v1/webhooks").json(R"({"url":"https://app.example"})"));
    const QByteArray secret = made.at("data.secret").toString().toUtf8();
    QVERIFY(secret.startsWith("whsec_"));
    const QByteArray path = "/api/v1/webhooks/" + made.at("data.id").toString().toUtf8();
    for (const Request &request : {Request::get(path), Request::get("/api/v1/webhooks"),
                                   Request::put(path).json(R"({"url":"https://other.example"})")}) {
        const Answer answer = admin(request);
        QCOMPARE(answer.status, 200);
        QVERIFY(!answer.response.body.contains(secret));
    }
}

void TstWebhookRoutes::aPutReplacesAllButTheSecret()
{
    const Answer made = admin(Request::post("/api/v1/webhooks")
                                  .json(R"({"url":"https://app.example","user_id":"a","types":["t"]})"));
    const QByteArray path = "/api/v1/webhooks/" + made.at("data.id").toString().toUtf8();
    const Answer off = admin(Request::put(path).json(R"({"url":"https://b.example","enabled":false})"));
    QCOMPARE(off.status, 200);
    QVERIFY(off.at("data.user_id").isNull() && off.at("data.types").toArray().isEmpty());
    QVERIFY(!off.at("data.enabled").toBool());
    QCOMPARE(off.at("data.disabled_reason").toString(), QStringLiteral("by an administrator"));
    const Answer on = admin(Request::put(path).json(R"({"url":"https://b.example"})"));
    QVERIFY(on.at("data.enabled").toBool() && on.at("data.disabled_reason").isNull());
    const Answer refused =
        admin(Request::put(path).json(R"({"url":"https://b.example","secret":"whsec_x"})"));
    QCOMPARE(refused.status, 422);
    QCOMPARE(refused.at("errors.0.pointer").toString(), QStringLiteral("/secret"));
}

void TstWebhookRoutes::rotate()
{
    const Answer made = admin(Request::post("/api/v1/webhooks").json(R"({"url":"https://app.example"})"));
    const QByteArray path = "/api/v1/webhooks/" + made.at("data.id").toString().toUtf8() + "/rotate";
    const Answer rotated = admin(Request::post(path).json(R"({"overlap":3600})"));
    QCOMPARE(rotated.status, 200);
    QVERIFY(rotated.at("data.secret") != made.at("data.secret"));
    QCOMPARE(rotated.at("data.old_secret_until").toString(), QStringLiteral("2023-11-14T23:13:20.000Z"));
    QCOMPARE(admin(Request::post(path)).status, 200);
    QCOMPARE(admin(Request::post(path).json(R"({"overlap":604801})")).status, 422);
    QCOMPARE(admin(Request::post("/api/v1/webhooks/none/rotate")).status, 404);
}

void TstWebhookRoutes::refuse_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("pointer");
    const auto row = [](const char *name, const char *body, const char *pointer) {
        QTest::newRow(name) << QByteArray(body) << QString::fromLatin1(pointer);
    };
    row("no url", R"({})", "/url");
    row("url of a kind", R"({"url":7})", "/url");
    row("scheme", R"({"url":"ftp://app.example"})", "/url");
    row("password", R"({"url":"https://a:b@app.example"})", "/url");
    row("secret", R"({"url":"https://app.example","secret":"short"})", "/secret");
    row("types", R"({"url":"https://app.example","types":"chat"})", "/types");
    row("empty type", R"({"url":"https://app.example","types":[""]})", "/types");
    row("user", R"({"url":"https://app.example","user_id":{}})", "/user_id");
    row("enabled", R"({"url":"https://app.example","enabled":1})", "/enabled");
}

void TstWebhookRoutes::refuse()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, pointer);
    const Answer answer = admin(Request::post("/api/v1/webhooks").json(body));
    QCOMPARE(answer.status, 422);
    QCOMPARE(answer.at("errors.0.pointer").toString(), pointer);
}

void TstWebhookRoutes::aRepeatNeverShowsTheSecret()
{
    const Request request = Request::post("/api/v1/webhooks")
                                .header("idempotency-key", "once")
                                .json(R"({"url":"https://app.example"})");
    const Answer first = admin(request);
    QVERIFY(first.at("data.secret").isString());
    const Answer again = admin(request);
    QCOMPARE(again.status, 201);
    QCOMPARE(again.at("data.id"), first.at("data.id"));
    QVERIFY(again.at("data.secret").isNull());
}

void TstWebhookRoutes::aKeyThatReadsNoInboxesPointsNoneAtThem()
{
    using auth::Scope;
    const QByteArray hooks = "/api/v1/webhooks";
    const QByteArray key = m_bed->addKey(Scope::AdminWrite);
    const Answer refused =
        m_bed->ask(Request::post(hooks).key(key).json(R"({"url":"https://a.example","user_id":"ben"})"));
    QCOMPARE(refused.status, 403);
    QCOMPARE(refused.at("errors.0.pointer").toString(), QStringLiteral("/user_id"));
    QVERIFY(refused.at("detail").toString().contains(QStringLiteral("inbox:read")));
    const QByteArray reads = m_bed->addKey(Scope::AdminWrite | Scope::InboxRead);
    const Answer made = m_bed->ask(Request::post(hooks).key(reads).json(R"({"url":"https://a.example"})"));
    QCOMPARE(made.status, 201);
    const QByteArray path = hooks + '/' + made.at("data.id").toString().toUtf8();
    const Answer elsewhere = m_bed->ask(Request::put(path).key(key).json(R"({"url":"https://b.example"})"));
    QCOMPARE(elsewhere.status, 403);
    const Answer off =
        m_bed->ask(Request::put(path).key(key).json(R"({"url":"https://a.example","enabled":false})"));
    QCOMPARE(off.status, 200);
}

void TstWebhookRoutes::deliveriesAndDeadLetters()
{
    const Answer made = admin(Request::post("/api/v1/webhooks").json(R"({"url":"https://app.example"})"));
    const QByteArray hook = made.at("data.id").toString().toUtf8();
    const QByteArray id = m_bed->send("anna");
    const Answer all =
        admin(Request::get("/api/v1/admin/deliveries?state=pending&user_id=anna&webhook_id=" + hook));
    QCOMPARE(
        all.body(),
        QByteArray(R"({"data":[{"id":"<id>","notification_id":"<id>","user_id":"anna","channel":"webhook",)"
                   R"("webhook_id":"<id>","state":"pending","rule":"server_default","reason":null,)"
                   R"("attempts":[],"next_at":"2023-11-14T22:13:20.000Z",)"
                   R"("created_at":"2023-11-14T22:13:20.000Z","updated_at":"2023-11-14T22:13:20.000Z"}],)"
                   R"("meta":{"next_cursor":null}})"));
    QCOMPARE(all.at("data.0.notification_id").toString().toUtf8(), id);
    const Answer timeline = admin(Request::get("/api/v1/notifications/" + id + "/timeline"));
    QCOMPARE(timeline.at("data.deliveries.0.channel").toString(), QStringLiteral("webhook"));
    QCOMPARE(timeline.at("data.deliveries.0.endpoint").toString().toUtf8(), hook);
    QCOMPARE(timeline.at("data.deliveries.0.next_at").toString(), QStringLiteral("2023-11-14T22:13:20.000Z"));

    (void)m_bed->send("ben");
    const Answer first = admin(Request::get("/api/v1/admin/deliveries?limit=1"));
    QCOMPARE(first.at("data").toArray().size(), 1);
    QVERIFY(first.header("Link").contains("rel=\"next\""));
    const QByteArray next = first.at("meta.next_cursor").toString().toUtf8();
    const Answer second = admin(Request::get("/api/v1/admin/deliveries?limit=1&cursor=" + next));
    QCOMPARE(second.at("data.0.user_id").toString(), QStringLiteral("anna"));
    QVERIFY(second.at("meta.next_cursor").isNull());

    QCOMPARE(admin(Request::get("/api/v1/admin/dead-letters")).at("data").toArray().size(), 0);
    const Answer none = admin(Request::post("/api/v1/admin/dead-letters:redrive").json(R"({"all":true})"));
    QCOMPARE(none.status, 200);
    QCOMPARE(none.body(), QByteArray(R"({"data":{"redriven":0}})"));
}

void TstWebhookRoutes::deliveriesRefuse_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::newRow("state") << QByteArray("state=lost");
    QTest::newRow("notification") << QByteArray("notification_id=7");
    QTest::newRow("webhook") << QByteArray("webhook_id=7");
    QTest::newRow("cursor") << QByteArray("cursor=x");
    QTest::newRow("limit") << QByteArray("limit=x");
}

void TstWebhookRoutes::deliveriesRefuse()
{
    QFETCH(QByteArray, query);
    const Answer answer = admin(Request::get("/api/v1/admin/deliveries?" + query));
    QCOMPARE(answer.status, 400);
    QVERIFY(answer.at("errors.0.pointer").toString().toUtf8().startsWith(query.split('=').first()));
}

void TstWebhookRoutes::redriveRefuses_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("nothing said") << QByteArray("{}");
    QTest::newRow("not all") << QByteArray(R"({"all":false})");
    QTest::newRow("two ways") << QByteArray(R"({"all":true,"user_id":"a"})");
    QTest::newRow("no ids") << QByteArray(R"({"ids":[]})");
    QTest::newRow("bad id") << QByteArray(R"({"ids":["x"]})");
    QTest::newRow("bad webhook") << QByteArray(R"({"webhook_id":"x"})");
}

void TstWebhookRoutes::redriveRefuses()
{
    QFETCH(QByteArray, body);
    QCOMPARE(admin(Request::post("/api/v1/admin/dead-letters:redrive").json(body)).status, 422);
}

QTEST_GUILESS_MAIN(TstWebhookRoutes)
#include "tst_webhook_routes.moc"
