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

QTEST_GUILESS_MAIN(TstWebhookRoutes)
#include "tst_webhook_routes.moc"
