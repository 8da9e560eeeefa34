#include "api_bed.h"

#include <QTest>

using namespace belfry;
using auth::Scope;
using test::Answer;
using test::ApiBed;
using test::Request;

class TstAdminEventRoutes : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<ApiBed> m_bed;
    Answer admin(const Request &request) { return m_bed->admin(request); }

private Q_SLOTS:
    void init() { m_bed = std::make_unique<ApiBed>(); }

    void events();
    void toAdministerIsNotToRead();
    void eventsFilter_data();
    void eventsFilter();
    void eventsRefuse_data();
    void eventsRefuse();
    void aTailIsAStream();
    void outbox();
    void selfTest();
    void testEvent();
    void testEventRefuses_data();
    void testEventRefuses();
    void scopes();
};

void TstAdminEventRoutes::events()
{
    const QByteArray first = m_bed->send("anna", "one");
    m_bed->send("ben", "two");
    const Answer page = admin(Request::get("/api/v1/admin/events?limit=1"));
    QCOMPARE(page.status, 200);
    QCOMPARE(page.at("data").toArray().size(), 1);
    QCOMPARE(page.at("data.0.item.title").toString(), QStringLiteral("two"));
    QCOMPARE(page.at("data.0.item.user_id").toString(), QStringLiteral("ben"));
    QCOMPARE(page.at("data.0.event.user_id").toString(), QStringLiteral("ben"));
    QCOMPARE(page.at("data.0.event.event_id"), page.at("data.0.item.event_id"));
    QVERIFY(page.at("data.0.event.traceparent").toString().startsWith(QLatin1String("00-")));
    const QByteArray cursor = page.at("meta.next_cursor").toString().toUtf8();
    QVERIFY(page.header("Link").contains("cursor=" + cursor));
    const Answer next = admin(Request::get("/api/v1/admin/events?limit=1&cursor=" + cursor));
    QCOMPARE(next.at("data.0.item.id").toString().toUtf8(), first);
    QVERIFY(next.at("meta.next_cursor").isNull());
    admin(Request::remove("/api/v1/notifications/" + first));
    const Answer recalled = admin(Request::get("/api/v1/admin/events?state=recalled"));
    QCOMPARE(recalled.at("data.0.event.user_id").toString(), QStringLiteral("anna"));
    QVERIFY(recalled.at("data.0.item.gone").toBool());
    QVERIFY(recalled.at("data.0.item.title").isUndefined());
}

void TstAdminEventRoutes::toAdministerIsNotToRead()
{
    const QByteArray id = m_bed->send("anna", "between us");
    const QByteArray auditor = m_bed->addKey(Scope::AdminRead);
    const Answer page = m_bed->ask(Request::get("/api/v1/admin/events").key(auditor));
    QCOMPARE(page.at("data.0.event.id").toString().toUtf8(), id);
    QVERIFY(page.at("data.0.item").isNull());
    QVERIFY(!page.response.body.contains("between us"));
    const QByteArray reader = m_bed->addKey(Scope::AdminRead | Scope::InboxRead);
    const Answer read = m_bed->ask(Request::get("/api/v1/admin/events").key(reader));
    QCOMPARE(read.at("data.0.item.title").toString(), QStringLiteral("between us"));
}

void TstAdminEventRoutes::eventsFilter_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<int>("found");
    const auto row = [](const char *query, int found) { QTest::newRow(query) << QByteArray(query) << found; };
    row("user_id=anna", 1);
    row("user_id=cem", 0);
    row("type=general", 2);
    row("type=chat", 0);
    row("state=done", 2);
    row("state=held", 0);
    row("since=2023-11-14T22:13:20Z", 2);
    row("until=2023-11-14T22:13:20Z", 0);
    row("id=01890000-0000-7000-8000-000000000000", 0);
    row("event_id=01890000-0000-7000-8000-000000000000", 0);
    row("trace=00000000000000000000000000000001", 0);
}

void TstAdminEventRoutes::eventsFilter()
{
    QFETCH(QByteArray, query);
    QFETCH(int, found);
    m_bed->send("anna");
    m_bed->send("ben");
    QCOMPARE(admin(Request::get("/api/v1/admin/events?" + query)).at("data").toArray().size(), found);
}

void TstAdminEventRoutes::eventsRefuse_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QString>("pointer");
    const auto row = [](const char *query, const char *pointer) {
        QTest::newRow(query) << QByteArray(query) << QString::fromLatin1(pointer);
    };
    row("state=read", "state");
    row("id=x", "id");
    row("event_id=x", "event_id");
    row("cursor=7", "cursor");
    row("trace=xyz", "trace");
    row("since=yesterday", "since");
    row("until=1", "until");
    row("limit=x", "limit");
}

void TstAdminEventRoutes::eventsRefuse()
{
    QFETCH(QByteArray, query);
    QFETCH(QString, pointer);
    const Answer answer = admin(Request::get("/api/v1/admin/events?" + query));
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.at("errors.0.pointer").toString(), pointer);
}

void TstAdminEventRoutes::aTailIsAStream()
{
    const Request tail =
        Request::get("/api/v1/admin/events?user_id=anna").header("accept", "text/event-stream");
    const Answer answer = admin(tail);
    QVERIFY(answer.streaming);
    QCOMPARE(answer.response.contentType, QByteArray("text/event-stream"));
    QVERIFY(!m_bed->tails.isFull()); // that connection is gone again
    const Answer bad =
        admin(Request::get("/api/v1/admin/events?state=x").header("accept", "text/event-stream"));
    QCOMPARE(bad.status, 400);
}

void TstAdminEventRoutes::outbox()
{
    QCOMPARE(admin(Request::get("/api/v1/admin/outbox")).at("data.relay"), QJsonValue(QJsonValue::Null));
    const Answer answer = admin(Request::get("/api/v1/admin/outbox"));
    QCOMPARE(answer.at("data.outbox.depth").toInt(-1), 0);
    QCOMPARE(answer.at("data.deliveries.at_least").toBool(true), false);
    QVERIFY(answer.at("data.broadcasts.oldest_at").isNull());
    m_bed->settings.relay = "external";
    QCOMPARE(admin(Request::get("/api/v1/admin/outbox")).at("data.relay").toString(),
             QStringLiteral("external"));
}

void TstAdminEventRoutes::selfTest()
{
    using std::chrono::milliseconds;
    m_bed->selfTest =
        api::SelfTestReport{{{"health", {}, milliseconds(3)}, {"open a socket", "refused", {}}}};
    QCOMPARE(
        admin(Request::post("/api/v1/admin/selftest")).body(),
        QByteArray(R"({"data":{"ok":false,"steps":[{"step":"health","ok":true,"detail":null,"took_ms":3},)"
                   R"({"step":"open a socket","ok":false,"detail":"refused","took_ms":0}]}})"));
    m_bed->selfTest = model::fail(model::ErrorCode::Conflict, "a self-test is running");
    QCOMPARE(admin(Request::post("/api/v1/admin/selftest")).status, 409);
}

void TstAdminEventRoutes::testEvent()
{
    m_bed->send("anna");
    const Answer answer = admin(Request::post("/api/v1/admin/test-event").json(R"({"user_id":"anna"})"));
    QCOMPARE(answer.status, 201);
    QCOMPARE(answer.at("data.notification.type").toString(), QStringLiteral("belfry.test"));
    QVERIFY(answer.at("data.notification.data.test").toBool());
    QCOMPARE(answer.at("data.notification.expires_at").toString(),
             QStringLiteral("2023-11-14T23:13:20.000Z"));
    QCOMPARE(answer.at("data.event_id"), answer.at("data.notification.event_id"));
    QCOMPARE(answer.at("data.request_id").toString().toUtf8(), answer.header("X-Request-Id"));
    const QByteArray trace = answer.at("data.traceparent").toString().toUtf8().mid(3, 32);
    const Answer found = admin(Request::get("/api/v1/admin/events?trace=" + trace));
    QCOMPARE(found.at("data.0.item.id"), answer.at("data.notification.id"));
    // Its own words, and whose inbox is closed gets none.
    admin(Request::put("/api/v1/preferences/anna").json(R"({"matrix":{"belfry.test":{"in_app":false}}})"));
    const Answer other = admin(Request::post("/api/v1/admin/test-event")
                                   .json(R"({"user_id":"anna","title":"Hi","message":"there"})"));
    QCOMPARE(other.at("data.notification.title").toString(), QStringLiteral("Hi"));
    QCOMPARE(other.at("data.notification.state").toString(), QStringLiteral("suppressed"));
}

void TstAdminEventRoutes::testEventRefuses_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::newRow("nobody") << QByteArray("{}") << 422;
    QTest::newRow("unknown user") << QByteArray(R"({"user_id":"cem"})") << 404;
    QTest::newRow("title") << QByteArray(R"({"user_id":"anna","title":1})") << 422;
    QTest::newRow("channel") << QByteArray(R"({"user_id":"anna","channels":["pigeon"]})") << 422;
}

void TstAdminEventRoutes::testEventRefuses()
{
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    m_bed->send("anna");
    QCOMPARE(admin(Request::post("/api/v1/admin/test-event").json(body)).status, status);
}

void TstAdminEventRoutes::scopes()
{
    const QByteArray reader = m_bed->addKey(Scope::AdminRead);
    QCOMPARE(m_bed->ask(Request::get("/api/v1/admin/events").key(reader)).status, 200);
    QCOMPARE(m_bed->ask(Request::get("/api/v1/admin/outbox").key(reader)).status, 200);
    QCOMPARE(m_bed->ask(Request::post("/api/v1/admin/selftest").key(reader)).status, 403);
    const Request test = Request::post("/api/v1/admin/test-event").json(R"({"user_id":"anna"})");
    QCOMPARE(m_bed->ask(Request(test).key(reader)).status, 403);
    m_bed->send("anna");
    const QByteArray writer = m_bed->addKey(Scope::AdminWrite);
    QCOMPARE(m_bed->ask(Request(test).key(writer)).status, 201);
    QCOMPARE(m_bed->ask(Request::get("/api/v1/admin/events").key(writer)).status, 403);
}

QTEST_GUILESS_MAIN(TstAdminEventRoutes)
#include "tst_admin_event_routes.moc"
