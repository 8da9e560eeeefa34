#include "api_bed.h"

#include <QTest>

using namespace belfry;
using auth::Scope;
using test::Answer;
using test::ApiBed;
using test::Request;

/// Preferences, topics and keys.
class TstRegistryRoutes : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<ApiBed> m_bed;
    Answer admin(const Request &request) { return m_bed->admin(request); }

private Q_SLOTS:
    void init() { m_bed = std::make_unique<ApiBed>(); }

    void preferencesHaveAnETag();
    void preferencesIfMatch();
    void preferencesRefuse_data();
    void preferencesRefuse();
    void topicsComeAndGo();
    void subscribers();
    void keysComeAndGo();
    void keysGrantNoMoreThanTheyHave();
    void keysAreRotated();
    void keysRefuse_data();
    void keysRefuse();
    void aRepeatNeverShowsTheKey();
};

void TstRegistryRoutes::preferencesHaveAnETag()
{
    const Answer fresh = admin(Request::get("/api/v1/preferences/anna"));
    QCOMPARE(fresh.status, 200);
    QCOMPARE(fresh.at("data.time_zone").toString(), QStringLiteral("UTC"));
    const QByteArray tag = fresh.header("ETag");
    QVERIFY(tag.startsWith('"') && tag.endsWith('"') && tag.size() > 2);
    const Answer same = admin(Request::get("/api/v1/preferences/anna").header("if-none-match", tag));
    QCOMPARE(same.status, 304);
    QVERIFY(same.response.body.isEmpty());
    QCOMPARE(same.header("ETag"), tag);

    const Answer put = admin(Request::put("/api/v1/preferences/anna").json(R"({"sound":false,"colour":1})"));
    QCOMPARE(put.status, 200);
    QCOMPARE(put.at("meta.ignored"), QJsonValue(QJsonArray{QStringLiteral("colour")}));
    QVERIFY(put.header("ETag") != tag);
    const Answer changed = admin(Request::get("/api/v1/preferences/anna").header("if-none-match", tag));
    QCOMPARE(changed.status, 200);
    QCOMPARE(changed.header("ETag"), put.header("ETag"));
}

void TstRegistryRoutes::preferencesIfMatch()
{
    const QByteArray tag = admin(Request::get("/api/v1/preferences/anna")).header("ETag");
    const Request put = Request::put("/api/v1/preferences/anna").json(R"({"sound":false})");
    QCOMPARE(admin(Request(put).header("if-match", tag)).status, 200);
    const Answer stale = admin(Request(put).header("if-match", tag));
    QCOMPARE(stale.status, 412);
    const QByteArray now = admin(Request::get("/api/v1/preferences/anna")).header("ETag");
    QCOMPARE(admin(Request(put).header("if-match", tag + ", " + now)).status, 200);
    QCOMPARE(admin(Request(put).header("if-match", "W/" + now)).status, 412);
    QCOMPARE(admin(Request(put).header("if-match", "*")).status, 200);
    QCOMPARE(admin(put).status, 200);
}

void TstRegistryRoutes::preferencesRefuse_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::newRow("zone") << QByteArray(R"({"time_zone":"Mars/Base"})") << 422;
    QTest::newRow("offset as a zone") << QByteArray(R"({"time_zone":"UTC+02:00"})") << 422;
    QTest::newRow("channel") << QByteArray(R"({"matrix":{"*":{"pigeon":true}}})") << 422;
    QTest::newRow("day") << QByteArray(
                                R"({"quiet_hours":[{"days":["someday"],"start":"1:00","end":"2:00"}]})")
                         << 422;
    QTest::newRow("text") << QByteArray("sound=false") << 400;
}

void TstRegistryRoutes::preferencesRefuse()
{
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    QCOMPARE(admin(Request::put("/api/v1/preferences/anna").json(body)).status, status);
}

void TstRegistryRoutes::topicsComeAndGo()
{
    const Answer made = admin(Request::post("/api/v1/topics").json(R"({"name":"news","title":"News"})"));
    QCOMPARE(made.status, 201);
    QCOMPARE(made.body(), QByteArray(R"({"data":{"name":"news","title":"News"}})"));
    QCOMPARE(admin(Request::post("/api/v1/topics").json(R"({"name":"news","title":"Other"})")).status, 200);
    QCOMPARE(admin(Request::put("/api/v1/topics/two%20words")).status, 201);
    const Answer list = admin(Request::get("/api/v1/topics"));
    QCOMPARE(list.at("data").toArray().size(), 2);
    QCOMPARE(admin(Request::get("/api/v1/topics/news")).body(),
             QByteArray(R"({"data":{"name":"news","title":"Other",)"
                        R"("created_at":"2023-11-14T22:13:20.000Z","subscribers":0}})"));
    QCOMPARE(admin(Request::remove("/api/v1/topics/news")).status, 200);
    QCOMPARE(admin(Request::get("/api/v1/topics/news")).status, 404);
    QCOMPARE(admin(Request::remove("/api/v1/topics/news")).status, 404);
    QCOMPARE(admin(Request::post("/api/v1/topics").json(R"({"title":"nameless"})")).status, 422);
    const Answer other = admin(Request::put("/api/v1/topics/news").json(R"({"name":"old"})"));
    QCOMPARE(other.status, 422);
    QCOMPARE(other.at("errors.0.pointer").toString(), QStringLiteral("/name"));
    QCOMPARE(admin(Request::put("/api/v1/topics/news").json(R"({"name":"news"})")).status, 201);
    const Answer array = admin(Request::post("/api/v1/topics").json("[1]"));
    QCOMPARE(array.at("detail").toString(), QStringLiteral("must be a JSON object"));
}

void TstRegistryRoutes::subscribers()
{
    (void)admin(Request::put("/api/v1/topics/news"));
    const QByteArray path = "/api/v1/topics/news/subscribers";
    QCOMPARE(admin(Request::put(path + "/anna")).status, 200);
    QCOMPARE(admin(Request::put(path + "/anna")).status, 200);
    QCOMPARE(admin(Request::post(path).json(R"({"user_ids":["ben",3]})")).status, 200);
    const Answer all = admin(Request::get(path));
    QCOMPARE(all.at("data").toArray().size(), 3);
    QVERIFY(all.at("meta.next_cursor").isNull());
    QCOMPARE(admin(Request::remove(path + "/ben")).status, 200);
    QCOMPARE(admin(Request::get("/api/v1/topics/news")).at("data.subscribers").toInt(), 2);
    QCOMPARE(admin(Request::put("/api/v1/topics/none/subscribers/anna")).status, 404);
    QCOMPARE(admin(Request::post("/api/v1/topics/none/subscribers").json(R"({"user_ids":["a","b"]})")).status,
             404);
    QCOMPARE(admin(Request::post(path).json(R"({"user_ids":[]})")).status, 422);
}

void TstRegistryRoutes::keysComeAndGo()
{
    const Answer made = admin(
        Request::post("/api/v1/admin/api-keys").json(R"({"name":"ci","scopes":["notify:write","inbox:*"]})"));
    QCOMPARE(made.status, 201);
    QCOMPARE(made.header("Cache-Control"), QByteArray("no-store"));
    QCOMPARE(made.at("data.name").toString(), QStringLiteral("ci"));
    QCOMPARE(made.at("data.scopes").toArray().size(), 3);
    QVERIFY(made.at("data.expires_at").isNull());
    const QByteArray key = made.at("data.key").toString().toUtf8();
    QVERIFY(key.startsWith("blf_"));
    QCOMPARE(m_bed->ask(Request::get("/api/v1/notifications/anna").key(key)).status, 200);

    const Answer list = admin(Request::get("/api/v1/admin/api-keys"));
    QCOMPARE(list.at("data.0.id"), made.at("data.id"));
    QVERIFY(!list.response.body.contains(key));

    const QByteArray id = made.at("data.id").toString().toUtf8();
    QCOMPARE(admin(Request::remove("/api/v1/admin/api-keys/" + id)).status, 200);
    QCOMPARE(m_bed->ask(Request::get("/api/v1/notifications/anna").key(key)).status, 401);
    QCOMPARE(admin(Request::remove("/api/v1/admin/api-keys/none")).status, 404);
}

void TstRegistryRoutes::keysGrantNoMoreThanTheyHave()
{
    const QByteArray key = m_bed->addKey(auth::Scopes(Scope::AdminWrite) | Scope::NotifyWrite);
    const auto make = [&](const QByteArray &scope) {
        return m_bed->ask(Request::post("/api/v1/admin/api-keys")
                              .key(key)
                              .json(R"({"name":"x","scopes":[")" + scope + R"("]})"));
    };
    QCOMPARE(make("users:write").status, 403);
    QCOMPARE(make("notify:write").status, 201);
}

void TstRegistryRoutes::keysAreRotated()
{
    const Answer made = admin(
        Request::post("/api/v1/admin/api-keys").json(R"({"name":"ci","scopes":["inbox:*","users:write"]})"));
    const QByteArray old = made.at("data.key").toString().toUtf8();
    const QByteArray path = "/api/v1/admin/api-keys/" + made.at("data.id").toString().toUtf8() + "/rotate";
    const Answer next = admin(Request::post(path).json(R"({"overlap":60})"));
    QCOMPARE(next.status, 200);
    QCOMPARE(next.header("Cache-Control"), QByteArray("no-store"));
    QCOMPARE(next.at("data.scopes"), made.at("data.scopes"));
    QVERIFY(next.at("data.id") != made.at("data.id"));
    const QByteArray fresh = next.at("data.key").toString().toUtf8();
    const auto reads = [this](const QByteArray &key) {
        return m_bed->ask(Request::get("/api/v1/notifications/anna").key(key)).status;
    };
    QVERIFY(fresh != old && reads(fresh) == 200 && reads(old) == 200);
    QCOMPARE(admin(Request::post(path)).status, 409); // two are enough
    m_bed->clock.advance(std::chrono::seconds(60));
    QCOMPARE(reads(fresh), 200);
    QCOMPARE(reads(old), 401);

    QCOMPARE(admin(Request::post("/api/v1/admin/api-keys/none/rotate")).status, 404);
    const Answer bad = admin(Request::post(path).json(R"({"overlap":604801})"));
    QCOMPARE(bad.status, 422);
    QCOMPARE(bad.at("errors.0.pointer").toString(), QStringLiteral("/overlap"));
    const Answer audit = admin(Request::get("/api/v1/admin/audit"));
    QCOMPARE(audit.at("data.0.action").toString(), QStringLiteral("key.rotate"));
    QCOMPARE(audit.at("data.0.actor").toString(), QStringLiteral("key:admin-key"));
    QCOMPARE(audit.at("data.1.action").toString(), QStringLiteral("key.create"));
    QVERIFY(!audit.response.body.contains(fresh));
}

void TstRegistryRoutes::keysRefuse_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("names");
    QTest::newRow("no name") << QByteArray(R"({"scopes":["notify:write"]})") << QStringLiteral("name");
    QTest::newRow("no scope") << QByteArray(R"({"name":"x"})") << QStringLiteral("scopes");
    QTest::newRow("unknown scope") << QByteArray(R"({"name":"x","scopes":["world:rule"]})")
                                   << QStringLiteral("/scopes/0");
    QTest::newRow("over")
        << QByteArray(R"({"name":"x","scopes":["notify:write"],"expires_at":"2020-01-01T00:00:00Z"})")
        << QStringLiteral("expires_at");
}

void TstRegistryRoutes::keysRefuse()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, names);
    const Answer answer = admin(Request::post("/api/v1/admin/api-keys").json(body));
    QCOMPARE(answer.status, 422);
    QVERIFY2(answer.at("details").toString().contains(names), answer.response.body);
}

void TstRegistryRoutes::aRepeatNeverShowsTheKey()
{
    const Request request = Request::post("/api/v1/admin/api-keys")
                                .header("idempotency-key", "once")
                                .json(R"({"name":"ci","scopes":["notify:write"]})");
    const Answer first = admin(request);
    QVERIFY(first.at("data.key").isString());
    const Answer again = admin(request);
    QCOMPARE(again.status, 201);
    QCOMPARE(again.at("data.id"), first.at("data.id"));
    QVERIFY(again.at("data.key").isNull());
    QCOMPARE(again.header("Idempotency-Replayed"), QByteArray("true"));
}

QTEST_GUILESS_MAIN(TstRegistryRoutes)
#include "tst_registry_routes.moc"
