#include "api_bed.h"

#include <QTest>

using namespace belfry;
using auth::Scope;
using test::Answer;
using test::ApiBed;
using test::Request;

class TstCategoryRoutes : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<ApiBed> m_bed;
    Answer admin(const Request &request) { return m_bed->admin(request); }

private Q_SLOTS:
    void init() { m_bed = std::make_unique<ApiBed>(); }

    void comeAndGo();
    void areReadByPeople();
    void decide();
    void refuse_data();
    void refuse();
};

void TstCategoryRoutes::comeAndGo()
{
    const QByteArray expected =
        R"({"data":{"name":"chat","title":"Chat","description":"","channels":{"toast":false,"*":true},)"
        R"("mandatory":false,"ttl":60,"retention_days":0,)"
        R"("created_at":"2023-11-14T22:13:20.000Z","updated_at":"2023-11-14T22:13:20.000Z"}})";
    const Answer made = admin(
        Request::post("/api/v1/categories")
            .json(
                R"({"name":"chat","title":"Chat","channels":{"toast":false,"*":true},"ttl":60,"retention_days":0})"));
    QCOMPARE(made.status, 201);
    QCOMPARE(made.body(), expected);
    QCOMPARE(admin(Request::get("/api/v1/categories/chat")).body(), expected);
    m_bed->clock.advance(std::chrono::seconds(1));
    const Answer replaced = admin(Request::put("/api/v1/categories/chat").json(R"({"mandatory":true})"));
    QCOMPARE(replaced.status, 200);
    QVERIFY(replaced.at("data.mandatory").toBool());
    QVERIFY(replaced.at("data.ttl").isNull() && replaced.at("data.retention_days").isNull());
    QCOMPARE(replaced.at("data.title").toString(), QString());
    QCOMPARE(admin(Request::put("/api/v1/categories/a%20b")).status, 201);
    const Answer all = admin(Request::get("/api/v1/categories"));
    QCOMPARE(all.at("data.0.name").toString(), QStringLiteral("a b"));
    QCOMPARE(all.at("data").toArray().size(), 2);
    QCOMPARE(admin(Request::remove("/api/v1/categories/chat")).status, 200);
    QCOMPARE(admin(Request::remove("/api/v1/categories/chat")).status, 404);
    QCOMPARE(admin(Request::get("/api/v1/categories/chat")).status, 404);
}

void TstCategoryRoutes::areReadByPeople()
{
    admin(Request::put("/api/v1/categories/chat"));
    const QByteArray token = m_bed->token({"anna"});
    QCOMPARE(m_bed->ask(Request::get("/api/v1/categories").key(token)).status, 200);
    QCOMPARE(m_bed->ask(Request::get("/api/v1/categories/chat").key(token)).status, 200);
    QCOMPARE(m_bed->ask(Request::put("/api/v1/categories/chat").key(token)).status, 403);
    QCOMPARE(m_bed->ask(Request::remove("/api/v1/categories/chat").key(token)).status, 403);
    const QByteArray operatorKey = m_bed->addKey(Scope::AdminRead);
    QCOMPARE(m_bed->ask(Request::get("/api/v1/categories").key(operatorKey)).status, 200);
    const QByteArray sender = m_bed->addKey(Scope::NotifyWrite);
    QCOMPARE(m_bed->ask(Request::get("/api/v1/categories").key(sender)).status, 403);
}

void TstCategoryRoutes::decide()
{
    admin(Request::put("/api/v1/categories/code").json(R"({"channels":{"in_app":false},"ttl":60})"));
    const Answer sent = admin(
        Request::post("/api/v1/notifications").json(R"({"user_id":"anna","type":"code","title":"1234"})"));
    QCOMPARE(sent.at("data.state").toString(), QStringLiteral("suppressed"));
    QCOMPARE(sent.at("data.expires_at").toString(), QStringLiteral("2023-11-14T22:14:20.000Z"));
    // Whoever wishes for it gets it.
    admin(Request::put("/api/v1/preferences/anna").json(R"({"matrix":{"code":{"in_app":true}}})"));
    const Answer wished = admin(
        Request::post("/api/v1/notifications").json(R"({"user_id":"anna","type":"code","title":"1234"})"));
    QCOMPARE(wished.at("data.seq").toInt(), 2);
    admin(Request::put("/api/v1/categories/code").json(R"({"mandatory":true})"));
    admin(Request::put("/api/v1/preferences/anna").json(R"({"matrix":{"*":{"*":false}}})"));
    const Answer told = admin(Request::post("/api/v1/notifications:explain")
                                  .json(R"({"user_id":"anna","type":"code","title":"x"})"));
    QCOMPARE(told.at("data.decisions.0.rule").toString(), QStringLiteral("mandatory"));
    QCOMPARE(told.at("data.decisions.0.action").toString(), QStringLiteral("deliver"));
}

void TstCategoryRoutes::refuse_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("pointer");
    QTest::newRow("no json") << QByteArray("x") << 400 << QString();
    QTest::newRow("no name") << QByteArray("{}") << 422 << QStringLiteral("/name");
    QTest::newRow("channel") << QByteArray(R"({"name":"a","channels":{"x":true}})") << 422
                             << QStringLiteral("/channels/x");
}

void TstCategoryRoutes::refuse()
{
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    QFETCH(QString, pointer);
    const Answer answer = admin(Request::post("/api/v1/categories").json(body));
    QCOMPARE(answer.status, status);
    if (!pointer.isEmpty())
        QCOMPARE(answer.at("errors.0.pointer").toString(), pointer);
}

QTEST_GUILESS_MAIN(TstCategoryRoutes)
#include "tst_category_routes.moc"
