#include "api_bed.h"

#include <QTest>

using namespace belfry;
using auth::Scope;
using test::Answer;
using test::ApiBed;
using test::Request;

class TstNotificationRoutes : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<ApiBed> m_bed;
    Answer post(const QByteArray &body)
    {
        return m_bed->admin(Request::post("/api/v1/notifications").json(body));
    }
    Answer batch(const QByteArray &body)
    {
        return m_bed->admin(Request::post("/api/v1/notifications:batch").json(body));
    }

private Q_SLOTS:
    void init() { m_bed = std::make_unique<ApiBed>(); }

    void oneRecipient();
    void takesForms();
    void manyRecipients();
    void topicsAndBroadcasts();
    void unknownTopic();
    void namesIgnoredMembers();
    void refuses_data();
    void refuses();
    void collapses();
    void deduplicates();
    void liveOnlyWithoutAnybody();
    void explains();
    void criticalNeedsItsScope();
    void anonymousLimits_data();
    void anonymousLimits();
    void sourceIsTheKeysName();

    void batchItemByItem();
    void batchOfNothing_data();
    void batchOfNothing();

    void patches();
    void patchRefuses_data();
    void patchRefuses();
    void toSendIsNotToRead();
    void recalls();
    void cancels();
    void reads();
};

void TstNotificationRoutes::oneRecipient()
{
    const Answer answer = post(R"({"user_id":"anna","title":"Hi"})");
    QCOMPARE(answer.status, 201);
    QCOMPARE(answer.at("data.user_id").toString(), QStringLiteral("anna"));
    QCOMPARE(answer.at("data.seq").toInt(), 1);
    QVERIFY(answer.at("meta").isUndefined());
}

void TstNotificationRoutes::takesForms()
{
    const Answer answer =
        m_bed->admin(Request::post("/api/v1/notifications").form("user_id=7&title=A+form&ttl=60"));
    QCOMPARE(answer.status, 201);
    QCOMPARE(answer.at("data.title").toString(), QStringLiteral("A form"));
}

void TstNotificationRoutes::manyRecipients()
{
    const Answer answer = post(R"({"user_ids":["anna","ben","anna"],"title":"Hi"})");
    QCOMPARE(answer.status, 201);
    QCOMPARE(answer.body(), QByteArray(R"({"data":{"event_id":"<id>","notifications":[)"
                                       R"({"id":"<id>","user_id":"anna","seq":1},)"
                                       R"({"id":"<id>","user_id":"ben","seq":1}]}})"));
}

void TstNotificationRoutes::topicsAndBroadcasts()
{
    QCOMPARE(m_bed->admin(Request::put("/api/v1/topics/news")).status, 201);
    for (const char *body : {R"({"topic":"news","title":"Hi"})", R"({"broadcast":true,"title":"Hi"})",
                             R"({"broadcast":true,"title":"Hi","ttl":0})"}) {
        const Answer answer = post(body);
        QCOMPARE(answer.status, 202);
        QCOMPARE(answer.body(), QByteArray(R"({"data":{"event_id":"<id>"}})"));
    }
}

void TstNotificationRoutes::unknownTopic()
{
    QCOMPARE(post(R"({"topic":"none","title":"Hi"})").status, 404);
}

void TstNotificationRoutes::namesIgnoredMembers()
{
    const Answer answer = post(R"({"user_id":"anna","title":"Hi","colour":"red"})");
    QCOMPARE(answer.status, 201);
    QCOMPARE(answer.at("meta.ignored"), QJsonValue(QJsonArray{QStringLiteral("colour")}));
}

void TstNotificationRoutes::refuses_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("pointer");
    const auto row = [](const char *name, const char *body, int status, const char *pointer) {
        QTest::newRow(name) << QByteArray(body) << status << QString::fromLatin1(pointer);
    };
    row("no body", "", 400, "");
    row("no object", "[]", 422, "");
    row("broken", "{", 400, "");
    row("nobody", R"({"title":"x"})", 422, "/user_id");
    row("two audiences", R"({"user_id":1,"topic":"t","title":"x"})", 422, "");
    row("nothing to say", R"({"user_id":1})", 422, "/title");
    row("bad user", R"({"user_id":"","title":"x"})", 422, "/user_id");
    row("bad urgency", R"({"user_id":1,"title":"x","urgency":"soon"})", 422, "/urgency");
    row("bad time", R"({"user_id":1,"title":"x","expires_at":"tomorrow"})", 422, "/expires_at");
    row("ended already", R"({"user_id":1,"title":"x","expires_at":"2020-01-01T00:00:00Z"})", 422,
        "/expires_at");
    row("ttl 0 and a schedule", R"({"user_id":1,"title":"x","ttl":0,"scheduled_for":"2024-01-01T00:00:00Z"})",
        422, "/ttl");
    row("too far ahead", R"({"user_id":1,"title":"x","scheduled_for":"2030-01-01T00:00:00Z"})", 422,
        "/scheduled_for");
    row("data is no object", R"({"user_id":1,"title":"x","data":[]})", 422, "/data");
}

void TstNotificationRoutes::refuses()
{
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    QFETCH(QString, pointer);
    const Answer answer = post(body);
    QCOMPARE(answer.status, status);
    if (!pointer.isEmpty())
        QCOMPARE(answer.at("errors.0.pointer").toString(), pointer);
    QCOMPARE(answer.at("instance").toString().toUtf8(), answer.header("X-Request-Id"));
}

void TstNotificationRoutes::collapses()
{
    const Answer first = post(R"({"user_id":"anna","title":"1 new","collapse_key":"mail"})");
    const Answer second = post(R"({"user_id":"anna","title":"2 new","collapse_key":"mail"})");
    QCOMPARE(first.status, 201);
    QCOMPARE(second.status, 200);
    QCOMPARE(second.at("data.id"), first.at("data.id"));
    QCOMPARE(second.at("data.revision").toInt(), 2);
}

void TstNotificationRoutes::deduplicates()
{
    const Answer first = post(R"({"user_id":"anna","title":"x","dedupe_key":"k"})");
    const Answer second = post(R"({"user_id":"anna","title":"x","dedupe_key":"k"})");
    QCOMPARE(second.status, 200);
    QCOMPARE(second.at("data.id"), first.at("data.id"));
    const Answer many = post(R"({"user_ids":["anna","ben"],"title":"x","dedupe_key":"k"})");
    QCOMPARE(many.status, 201);
    QVERIFY(many.at("data.notifications.0.deduplicated").toBool());
    QVERIFY(many.at("data.notifications.1.deduplicated").isUndefined());
}

void TstNotificationRoutes::liveOnlyWithoutAnybody()
{
    const Answer answer = post(R"({"user_id":"anna","title":"x","ttl":0})");
    QCOMPARE(answer.status, 201);
    QVERIFY(answer.at("data.seq").isNull());
    QCOMPARE(answer.at("data.status").toString(), QStringLiteral("expired"));
    QVERIFY(answer.at("message").toString().contains(QLatin1String("not connected")));
    // One's own action is never shown, and nothing is stored either.
    const Answer own = post(R"({"user_id":"anna","title":"x","ttl":0,"actor_id":"anna"})");
    QCOMPARE(own.status, 201);
    QVERIFY(!own.at("message").toString().contains(QLatin1String("stored")));
}

void TstNotificationRoutes::explains()
{
    const auto explain = [this](const QByteArray &body) {
        return m_bed->admin(Request::post("/api/v1/notifications:explain").json(body));
    };
    const Answer plain = explain(R"({"user_id":"anna","type":"news","at":"2026-01-03T22:30:00Z"})");
    QCOMPARE(plain.status, 200);
    QCOMPARE(plain.at("data.user_id").toString(), QStringLiteral("anna"));
    QCOMPARE(plain.at("data.at").toString(), QStringLiteral("2026-01-03T22:30:00.000Z"));
    QCOMPARE(plain.at("data.decisions").toArray().size(), 6);
    QCOMPARE(plain.at("data.decisions.0.channel").toString(), QStringLiteral("in_app"));
    QCOMPARE(plain.at("data.decisions.0.action").toString(), QStringLiteral("deliver"));
    QCOMPARE(plain.at("data.decisions.0.rule").toString(), QStringLiteral("server_default"));
    QCOMPARE(m_bed->admin(Request::put("/api/v1/preferences/anna").json(R"({"matrix":{"news":{"*":false}}})"))
                 .status,
             200);
    const Answer muted = explain(R"({"user_id":"anna","type":"news"})");
    QCOMPARE(muted.at("data.decisions.0.action").toString(), QStringLiteral("suppress"));
    QCOMPARE(muted.at("data.decisions.0.reason").toString(), QStringLiteral("preference"));
    QCOMPARE(muted.at("data.decisions.0.rule").toString(), QStringLiteral("category:news"));
    const Answer critical = explain(R"({"user_id":"anna","type":"news","critical":true})");
    QCOMPARE(critical.at("data.decisions.0.rule").toString(), QStringLiteral("critical"));
    QCOMPARE(explain("{}").status, 422);
    QCOMPARE(m_bed->admin(Request::get("/api/v1/users/anna/inbox/counts")).at("data.seq").toInt(), 1);
}

void TstNotificationRoutes::criticalNeedsItsScope()
{
    const QByteArray body = R"({"user_id":"anna","title":"Fire","critical":true})";
    const QByteArray key = m_bed->addKey(Scope::NotifyWrite);
    QCOMPARE(m_bed->ask(Request::post("/api/v1/notifications").key(key).json(body)).status, 403);
    QCOMPARE(post(body).status, 201);
}

void TstNotificationRoutes::anonymousLimits_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::newRow("S1's members") << QByteArray(R"({"user_id":1,"title":"x","metadata":{}})") << 201;
    QTest::newRow("native member") << QByteArray(R"({"user_id":1,"title":"x","collapse_key":"k"})") << 403;
    QTest::newRow("critical") << QByteArray(R"({"user_id":1,"title":"x","critical":true})") << 403;
    QTest::newRow("broadcast") << QByteArray(R"({"broadcast":true,"title":"x"})") << 403;
    QTest::newRow("topic") << QByteArray(R"({"topic":"t","title":"x"})") << 403;
}

void TstNotificationRoutes::anonymousLimits()
{
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    QCOMPARE(m_bed->ask(Request::post("/api/v1/notifications").local().json(body)).status, status);
}

void TstNotificationRoutes::sourceIsTheKeysName()
{
    const QByteArray key = m_bed->addKey(Scope::NotifyWrite);
    const Request request = Request::post("/api/v1/notifications").key(key);
    QCOMPARE(m_bed->ask(Request(request).json(R"({"user_id":1,"title":"x"})")).at("data.source").toString(),
             QStringLiteral("ci"));
    QCOMPARE(m_bed->ask(Request(request).json(R"({"user_id":1,"title":"x","source":"shop"})"))
                 .at("data.source")
                 .toString(),
             QStringLiteral("shop"));
}

void TstNotificationRoutes::batchItemByItem()
{
    const Answer answer = batch(R"([{"user_id":"anna","title":"one"},{"title":"nobody"},
        {"user_ids":["anna","ben"],"title":"two"},{"broadcast":true,"title":"all"},7])");
    QCOMPARE(answer.status, 200);
    const QList<int> statuses{201, 422, 201, 202, 400};
    for (int i = 0; i < statuses.size(); ++i) {
        const QByteArray at = "data." + QByteArray::number(i);
        QVERIFY2(i == 4 || answer.at(at + ".status").toInt() == statuses[i], answer.response.body);
        QCOMPARE(answer.at(at + ".problem").isUndefined(), statuses[i] < 300);
    }
    QCOMPARE(answer.at("data.1.problem.errors.0.pointer").toString(), QStringLiteral("/1/user_id"));
    QCOMPARE(answer.at("data.2.data.notifications.1.user_id").toString(), QStringLiteral("ben"));
}

void TstNotificationRoutes::batchOfNothing_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::newRow("empty list") << QByteArray("[]") << 422;
    QTest::newRow("no list") << QByteArray("{}") << 422;
    QTest::newRow("broken") << QByteArray("[{") << 400;
    QTest::newRow("too many") << ("[" + QByteArray(R"({"user_id":1,"title":"x"},)").repeated(1000) + "{}]")
                              << 422;
}

void TstNotificationRoutes::batchOfNothing()
{
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    QCOMPARE(batch(body).status, status);
}

void TstNotificationRoutes::patches()
{
    const QByteArray id = m_bed->send("anna");
    const Answer answer =
        m_bed->admin(Request::patch("/api/v1/notifications/" + id).json(R"({"title":"New","progress":0.5})"));
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.at("data.title").toString(), QStringLiteral("New"));
    QCOMPARE(answer.at("data.progress").toDouble(), 0.5);
    QCOMPARE(answer.at("data.seq").toInt(), 2);
}

void TstNotificationRoutes::patchRefuses_data()
{
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    const QByteArray unknown = "01234567-89ab-7def-8123-456789abcdef";
    QTest::newRow("unknown") << unknown << QByteArray(R"({"title":"x"})") << 404;
    QTest::newRow("no id") << QByteArray("seven") << QByteArray(R"({"title":"x"})") << 404;
    QTest::newRow("other member") << QByteArray() << QByteArray(R"({"user_id":"x"})") << 422;
    QTest::newRow("nothing") << QByteArray() << QByteArray("{}") << 422;
    QTest::newRow("no text") << QByteArray() << QByteArray(R"({"title":"","message":""})") << 422;
    QTest::newRow("null for text") << QByteArray() << QByteArray(R"({"title":null,"message":null})") << 422;
    QTest::newRow("an end that is over")
        << QByteArray() << QByteArray(R"({"expires_at":"2020-01-01T00:00:00Z"})") << 422;
}

void TstNotificationRoutes::patchRefuses()
{
    QFETCH(QByteArray, id);
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    if (id.isEmpty())
        id = m_bed->send("anna");
    QCOMPARE(m_bed->admin(Request::patch("/api/v1/notifications/" + id).json(body)).status, status);
}

void TstNotificationRoutes::recalls()
{
    const QByteArray id = m_bed->send("anna");
    for (int repeat = 0; repeat < 2; ++repeat) {
        const Answer answer = m_bed->admin(Request::remove("/api/v1/notifications/" + id));
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.body(), QByteArray(R"({"message":"Notification recalled"})"));
    }
    QCOMPARE(m_bed->admin(Request::patch("/api/v1/notifications/" + id).json(R"({"title":"x"})")).status,
             409);
    QCOMPARE(m_bed->admin(Request::put("/api/v1/notifications/" + id + "/read")).status, 404);
    QCOMPARE(
        m_bed->admin(Request::remove("/api/v1/notifications/01234567-89ab-7def-8123-456789abcdef")).status,
        404);
}

void TstNotificationRoutes::cancels()
{
    const Answer held = post(R"({"user_id":"anna","title":"x","scheduled_for":"2023-11-15T08:00:00Z"})");
    const QByteArray id = held.at("data.id").toString().toUtf8();
    QCOMPARE(m_bed->admin(Request::put("/api/v1/notifications/" + id + "/read")).status, 409);
    for (int repeat = 0; repeat < 2; ++repeat) {
        const Answer answer = m_bed->admin(Request::post("/api/v1/notifications/" + id + "/cancel"));
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.at("message").toString(), QStringLiteral("Notification cancelled"));
        QCOMPARE(answer.at("data.state").toString(), QStringLiteral("cancelled"));
    }
    const QByteArray sent = m_bed->send("anna");
    QCOMPARE(m_bed->admin(Request::post("/api/v1/notifications/" + sent + "/cancel")).status, 409);
}

void TstNotificationRoutes::reads()
{
    const QByteArray id = m_bed->send("anna");
    const Request request = Request::put("/api/v1/notifications/" + id + "/read");
    QCOMPARE(m_bed->ask(Request(request).key(m_bed->token({"ben"}))).status, 404);
    QCOMPARE(m_bed->ask(Request(request).key(m_bed->token({"anna"}))).status, 200);
    const Answer counts = m_bed->admin(Request::get("/api/v1/users/anna/inbox/counts"));
    QCOMPARE(counts.body(), QByteArray(R"({"data":{"unseen":0,"unread":0,"seq":2}})"));
}

void TstNotificationRoutes::toSendIsNotToRead()
{
    const QByteArray path = "/api/v1/notifications/" + m_bed->send("ben");
    const auto patch = [&](auth::Scopes scopes) {
        return m_bed->ask(Request::patch(path).key(m_bed->addKey(scopes)).json(R"({"renotify":false})"));
    };
    const Answer sender = patch(Scope::NotifyWrite);
    QCOMPARE(sender.status, 200);
    QCOMPARE(sender.at("data.user_id").toString(), QStringLiteral("ben"));
    QCOMPARE(sender.at("data.state").toString(), QStringLiteral("done"));
    QVERIFY(sender.at("data.title").isUndefined() && sender.at("data.data").isUndefined());
    const Answer reader = patch(Scope::NotifyWrite | Scope::InboxRead);
    QCOMPARE(reader.at("data.title").toString(), QStringLiteral("Hello"));
}

QTEST_GUILESS_MAIN(TstNotificationRoutes)
#include "tst_notification_routes.moc"
