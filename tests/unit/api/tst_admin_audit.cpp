#include "api/route_table.h"
#include "api_bed.h"

#include <QMap>
#include <QTest>

using namespace belfry;
using api::Route;
using net::Method;
using test::Answer;
using test::ApiBed;
using test::Request;

namespace {
/// What makes an administrator's request succeed; none: no body is needed.
const QMap<QByteArray, QByteArray> &bodies()
{
    static const QMap<QByteArray, QByteArray> table{
        {"POST /api/v1/topics", R"({"name":"another"})"},
        {"PUT /api/v1/topics/:topic", R"({"title":"News"})"},
        {"POST /api/v1/topics/:topic/subscribers", R"({"user_ids":["anna"]})"},
        {"POST /api/v1/categories", R"({"name":"billing"})"},
        {"PUT /api/v1/categories/:category", R"({"title":"Bills"})"},
        {"POST /api/v1/webhooks", R"({"url":"https://app.example"})"},
        {"PUT /api/v1/webhooks/:id", R"({"url":"https://app.example/other"})"},
        {"POST /api/v1/webhooks/:id/rotate", "{}"},
        {"POST /api/v1/admin/api-keys", R"({"name":"ci","scopes":["notify:write"]})"},
        {"POST /api/v1/admin/api-keys/:id/rotate", "{}"},
        {"POST /api/v1/admin/users", "{}"},
        {"PATCH /api/v1/admin/users/:user", R"({"name":"Anna"})"},
        {"POST /createUser", R"({"name":"Ben","email":"b@example.org","password":"correct horse"})"},
        {"POST /api/v1/admin/test-event", R"({"user_id":"anna"})"},
        {"POST /api/v1/admin/dead-letters:redrive", R"({"all":true})"},
    };
    return table;
}

QByteArray stringOf(const Answer &answer, const char *path)
{
    return answer.at(path).toString().toUtf8();
}
} // namespace

/// Every write of an administrator stands in the audit log, whichever route it takes (decisions H99).
class TstAdminAudit : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<ApiBed> m_bed;
    QByteArray m_key, m_webhook, m_session;

    Answer newest() { return m_bed->admin(Request::get("/api/v1/admin/audit?limit=1")); }
    Request requestOf(const Route &route) const;

private Q_SLOTS:
    void init();
    void everyWriteIsThere_data();
    void everyWriteIsThere();
    void namesWhoAndWhat();
    void refusalsOfTheUseCaseAreThere();
    void whatChangedNothingIsNot();
    void broadcastsAreThere();
};

void TstAdminAudit::init()
{
    m_bed = std::make_unique<ApiBed>();
    const auto made = [this](const QByteArray &path, const QByteArray &body) {
        return stringOf(m_bed->admin(Request::post(path).json(body)), "data.id");
    };
    made("/api/v1/topics", R"({"name":"news"})");
    made("/api/v1/categories", R"({"name":"chat"})");
    m_key = made("/api/v1/admin/api-keys", R"({"name":"ci","scopes":["notify:write"]})");
    m_webhook = made("/api/v1/webhooks", R"({"url":"https://app.example"})");
    made("/api/v1/admin/users", R"({"user_id":"anna","email":"a@example.org","password":"correct horse"})");
    m_bed->ask(Request::post("/login").json(
        R"({"email":"a@example.org","password":"correct horse","device_id":"phone"})"));
    m_session = stringOf(m_bed->admin(Request::get("/api/v1/admin/sessions")), "data.0.id");
}

Request TstAdminAudit::requestOf(const Route &route) const
{
    const QByteArray name = api::methodName(route.method).toByteArray() + ' ' + route.pattern.toByteArray();
    QByteArray address = route.pattern.toByteArray().replace(":topic", "news").replace(":user", "anna");
    address.replace(":category", "chat");
    if (address.contains("/webhooks/"))
        address.replace(":id", m_webhook);
    else if (address.contains("/api-keys/"))
        address.replace(":id", m_key);
    else if (address.contains("/sessions"))
        address.replace(":id", m_session);
    if (name == "DELETE /api/v1/admin/sessions")
        address += "?user_id=anna";
    const Request request(route.method, address);
    return bodies().contains(name) ? Request(request).json(bodies()[name]) : request;
}

void TstAdminAudit::everyWriteIsThere_data()
{
    QTest::addColumn<const Route *>("route");
    for (const Route &route : api::routeTable()) {
        const bool writes = route.scopes & (auth::Scopes(auth::Scope::AdminWrite) | auth::Scope::UsersWrite);
        if (!writes)
            continue;
        const QByteArray name =
            api::methodName(route.method).toByteArray() + ' ' + route.pattern.toByteArray();
        QTest::newRow(name.constData()) << &route;
    }
}

void TstAdminAudit::everyWriteIsThere()
{
    QFETCH(const Route *, route);
    const double before = newest().at("data.0.id").toDouble();
    const Answer done = m_bed->admin(requestOf(*route));
    QVERIFY2(done.status / 100 == 2, done.response.body);
    const Answer entry = newest();
    QVERIFY(entry.at("data.0.id").toDouble() > before);
    QCOMPARE(stringOf(entry, "data.0.actor"), QByteArray("key:admin-key"));
    QCOMPARE(stringOf(entry, "data.0.address"), QByteArray("192.0.2.7"));
    QCOMPARE(stringOf(entry, "data.0.outcome"), QByteArray("done"));
    QVERIFY(stringOf(entry, "data.0.action").contains('.'));
    if (!route->audited.isEmpty())
        QCOMPARE(stringOf(entry, "data.0.action"), route->audited.toByteArray());
}

void TstAdminAudit::namesWhoAndWhat()
{
    const auto target = [this](const Request &request) {
        m_bed->admin(request);
        return stringOf(newest(), "data.0.target");
    };
    QCOMPARE(target(Request::post("/api/v1/topics").json(R"({"name":"b"})")), QByteArray("topic:b"));
    QCOMPARE(target(Request::post("/api/v1/categories").json(R"({"name":"b"})")), QByteArray("category:b"));
    QCOMPARE(target(Request::put("/api/v1/topics/news/subscribers/ben")), QByteArray("topic:news user:ben"));
    QCOMPARE(target(Request::remove("/api/v1/webhooks/" + m_webhook)), "webhook:" + m_webhook);
    const Answer made =
        m_bed->admin(Request::post("/api/v1/webhooks").json(R"({"url":"https://app.example"})"));
    QCOMPARE(stringOf(newest(), "data.0.target"), "webhook:" + stringOf(made, "data.id"));
    QVERIFY(!newest().response.body.contains("whsec_"));
    const Answer added =
        m_bed->admin(Request::post("/createUser")
                         .json(R"({"name":"Cleo","email":"c@example.org","password":"correct horse"})"));
    QCOMPARE(stringOf(newest(), "data.0.target"), "user:" + stringOf(added, "Id"));
    QVERIFY(!newest().response.body.contains("correct horse"));
    m_bed->ask(Request::post("/createUser")
                   .local()
                   .json(R"({"name":"Dora","email":"d@example.org","password":"correct horse"})"));
    QCOMPARE(stringOf(newest(), "data.0.actor"), QByteArray("nobody"));
}

void TstAdminAudit::refusalsOfTheUseCaseAreThere()
{
    const QByteArray key = m_bed->addKey(auth::allScopes & ~auth::Scopes(auth::Scope::NotifyCritical));
    const double before = newest().at("data.0.id").toDouble();
    const Answer refused = m_bed->ask(Request::post("/api/v1/notifications")
                                          .key(key)
                                          .json(R"({"broadcast":true,"title":"x","critical":true})"));
    QCOMPARE(refused.status, 403);
    QVERIFY(newest().at("data.0.id").toDouble() > before);
    QCOMPARE(stringOf(newest(), "data.0.outcome"), QByteArray("refused"));
}

void TstAdminAudit::whatChangedNothingIsNot()
{
    const double before = newest().at("data.0.id").toDouble();
    const auto status = [this](Request request) { return m_bed->admin(request).status; };
    QCOMPARE(status(Request::remove("/api/v1/topics/none")), 404);
    QCOMPARE(status(Request::post("/api/v1/topics").json("{}")), 422);
    QCOMPARE(status(Request::get("/api/v1/topics")), 200);
    const QByteArray key = m_bed->addKey(auth::Scope::AdminRead);
    QCOMPARE(m_bed->ask(Request::remove("/api/v1/topics/news").key(key)).status, 403);
    QCOMPARE(newest().at("data.0.id").toDouble(), before);
    // A repeat is no second deed.
    const auto again = [this] {
        return m_bed->admin(
            Request::post("/api/v1/topics").json(R"({"name":"c"})").header("idempotency-key", "1"));
    };
    QCOMPARE(again().status, 201);
    const double first = newest().at("data.0.id").toDouble();
    QVERIFY(again().has("Idempotency-Replayed"));
    QCOMPARE(newest().at("data.0.id").toDouble(), first);
}

void TstAdminAudit::broadcastsAreThere()
{
    const auto send = [this](const QByteArray &path, const QByteArray &body) {
        m_bed->admin(Request::post(path).json(body));
        return stringOf(newest(), "data.0.action");
    };
    QVERIFY(send("/api/v1/notifications", R"({"broadcast":true,"title":"x","ttl":0})") !=
            "notification.broadcast");
    QVERIFY(send("/api/v1/notifications", R"({"user_id":"anna","title":"x"})") != "notification.broadcast");
    QCOMPARE(send("/api/v1/notifications", R"({"broadcast":true,"title":"x"})"),
             QByteArray("notification.broadcast"));
    m_bed->admin(Request::post("/api/v1/topics").json(R"({"name":"in-between"})"));
    QCOMPARE(send("/api/v1/notifications:batch", R"([{"broadcast":true,"title":"x"}])"),
             QByteArray("notification.broadcast"));
}

QTEST_GUILESS_MAIN(TstAdminAudit)
#include "tst_admin_audit.moc"
