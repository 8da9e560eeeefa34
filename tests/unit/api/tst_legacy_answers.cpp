#include "api_bed.h"

#include <QTest>

using namespace belfry;
using test::Answer;
using test::ApiBed;
using test::Request;

/// The exact bytes that the clients of S1, S2 and S4 read (api.md), ids masked; and that they need no
/// credential on this machine.
class TstLegacyAnswers : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<ApiBed> m_bed;
    Answer ask(Request request) { return m_bed->ask(request.local()); }

private Q_SLOTS:
    void init() { m_bed = std::make_unique<ApiBed>(); }

    // S1
    void s1Creates();
    void s1SchedulesForLater();
    void s1ListsNothing();
    void s1ListsAPage();
    void s1Reads();
    void whatHasExpiredUnreadIsNotMarked();
    void s1Preferences();
    void s1PreferencesAsRows();
    void s1Reminders();
    void s1StreakWithoutAStreak();
    void s1Health();

    // S2
    void s2CreatesUsers();
    void s2RefusesBadUsers_data();
    void s2RefusesBadUsers();
    void s2CreatesNotifications();
    void s2Lists();
    void s2ListsNothing();
    void s2ListsTheUnreadAsAnArray();
    void s2ReadsByEitherId();
    void s2ReadsNothingOfOthers();

    // S4
    void s4Sends_data();
    void s4Sends();
    void s4MessageToOneself();
    void s4NamesSenderAndReceiver();

    void badInputIs400_data();
    void badInputIs400();
    void unknownUsersWhereNoneAreMade_data();
    void unknownUsersWhereNoneAreMade();
};

void TstLegacyAnswers::s1Creates()
{
    const Answer answer = ask(Request::post("/api/v1/notifications").json(R"({
        "user_id": 42, "type": "achievement", "channel": "in_app", "priority": "high",
        "title": "Well done", "message": "Level 2", "metadata": {"level": 2}})"));
    QCOMPARE(answer.status, 201);
    QCOMPARE(answer.response.contentType, QByteArray("application/json"));
    const QByteArray wanted(R"({"message":"Notification queued","data":{"id":"<id>","legacy_id":null,)"
                            R"("user_id":"42","event_id":"<id>","seq":1,"created_seq":1,"revision":1,)"
                            R"("type":"achievement","title":"Well done","message":"Level 2",)"
                            R"("data":{"level": 2},"metadata":{"level": 2},)"
                            R"("channel":"in_app","channels":["in_app"],"priority":"high",)"
                            R"("urgency":"high","critical":false,"ack_required":false,)"
                            R"("collapse_key":null,"dedupe_key":null,"actions":[],"progress":null,)"
                            R"("icon":null,"link":null,"source":"anonymous","thread":null,"actor_id":null,)"
                            R"("status":"queued","state":"done","hold_reason":null,)"
                            R"("suppress_reason":null,"created_at":"2023-11-14T22:13:20.000Z",)"
                            R"("updated_at":"2023-11-14T22:13:20.000Z","scheduled_for":null,)"
                            R"("expires_at":"2023-12-14T22:13:20.000Z","seen_at":null,"read_at":null,)"
                            R"("acked_at":null,"archived_at":null,"snoozed_until":null,)"
                            R"("clicked_at":null,"deleted_at":null,"is_read":false}})");
    QVERIFY2(answer.body() == wanted, answer.body());
}

void TstLegacyAnswers::s1SchedulesForLater()
{
    const Answer answer = ask(Request::post("/api/v1/notifications").json(R"({
        "user_id": "42", "title": "Later", "scheduled_for": "2023-11-15T08:00:00Z"})"));
    QCOMPARE(answer.status, 201);
    QCOMPARE(answer.at("message").toString(), QStringLiteral("Notification scheduled"));
    QCOMPARE(answer.at("data.status").toString(), QStringLiteral("queued"));
    QCOMPARE(answer.at("data.state").toString(), QStringLiteral("held"));
    QVERIFY(answer.at("data.seq").isNull());
}

void TstLegacyAnswers::s1ListsNothing()
{
    const Answer answer = ask(Request::get("/api/v1/notifications/nobody"));
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body(),
             QByteArray(R"({"data":[],"meta":{"limit":50,"offset":0,"count":0,"next_cursor":null}})"));
}

void TstLegacyAnswers::s1ListsAPage()
{
    m_bed->send("42", "first");
    m_bed->send("42", "second");
    const Answer answer = ask(Request::get("/api/v1/notifications/42?limit=1&offset=1"));
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.at("data.0.title").toString(), QStringLiteral("first"));
    QCOMPARE(answer.at("data.0.status").toString(), QStringLiteral("sent")); // only its 201 said queued
    QCOMPARE(answer.at("meta.limit").toInt(), 1);
    QCOMPARE(answer.at("meta.offset").toInt(), 1);
    QCOMPARE(answer.at("meta.count").toInt(), 1);
}

void TstLegacyAnswers::s1Reads()
{
    const QByteArray id = m_bed->send("42");
    for (int repeat = 0; repeat < 2; ++repeat) {
        const Answer answer = ask(Request::put("/api/v1/notifications/" + id + "/read"));
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.body(), QByteArray(R"({"message":"Notification marked as read"})"));
    }
    QVERIFY(ask(Request::get("/api/v1/notifications/42")).at("data.0.is_read").toBool());
}

void TstLegacyAnswers::whatHasExpiredUnreadIsNotMarked()
{
    const auto sent = [this](const char *title) {
        return m_bed
            ->admin(Request::post("/api/v1/notifications")
                        .json(QByteArray(R"({"user_id":"42","ttl":60,"title":")") + title + "\"}"))
            .at("data.id")
            .toString()
            .toUtf8();
    };
    const QByteArray read = sent("read");
    const QByteArray unread = sent("unread");
    QCOMPARE(ask(Request::put("/api/v1/notifications/" + read + "/read")).status, 200);
    m_bed->clock.advance(std::chrono::minutes(2));
    m_bed->expire({"42"}, {read, unread});

    QCOMPARE(ask(Request::put("/api/v1/notifications/" + read + "/read")).status, 200);
    for (const Request &late : {Request::put("/api/v1/notifications/" + unread + "/read"),
                                Request::patch("/notifications/42/" + unread + "/read")}) {
        const Answer answer = ask(late);
        QCOMPARE(answer.status, 409);
        QCOMPARE(answer.response.contentType, QByteArray("application/problem+json"));
        QVERIFY2(answer.at("message").toString().contains(QLatin1String("has expired")), answer.body());
    }
}

void TstLegacyAnswers::s1Preferences()
{
    const Answer put = ask(Request::put("/api/v1/preferences/42").json(R"({
        "time_zone": "Europe/Zurich", "quiet_hours": [{"days": ["mon"], "start": "22:00", "end": "07:00"}],
        "matrix": {"marketing": {"email": false}}})"));
    QCOMPARE(put.status, 200);
    QCOMPARE(put.body(), QByteArray(R"({"message":"Preferences updated"})"));
    const Answer get = ask(Request::get("/api/v1/preferences/42"));
    QCOMPARE(get.status, 200);
    QCOMPARE(get.at("data.time_zone").toString(), QStringLiteral("Europe/Zurich"));
    QCOMPARE(get.at("data.quiet_hours.0.start").toString(), QStringLiteral("22:00"));
    QVERIFY(!get.at("data.matrix.marketing.email").toBool(true));
}

void TstLegacyAnswers::s1PreferencesAsRows()
{
    const Answer put = ask(Request::put("/api/v1/preferences/42").json(R"([
        {"notification_type": "social", "channel": "email", "enabled": false}])"));
    QCOMPARE(put.status, 200);
    const Answer get = ask(Request::get("/api/v1/preferences/42"));
    QVERIFY(!get.at("data.matrix.social.email").toBool(true));
}

void TstLegacyAnswers::s1Reminders()
{
    m_bed->send("42");
    for (const int unread : {2, 2}) { // once a local day
        const Answer answer = ask(Request::post("/api/v1/reminders/daily").json(R"({"user_id": 42})"));
        QCOMPARE(answer.status, 201);
        QVERIFY(!answer.at("message").toString().isEmpty());
        const Answer counts = m_bed->admin(Request::get("/api/v1/users/42/inbox/counts"));
        QCOMPARE(counts.at("data.unread").toInt(), unread);
    }
    QCOMPARE(ask(Request::post("/api/v1/reminders/daily")).status, 201);
    QCOMPARE(ask(Request::post("/api/v1/reminders/daily").json(R"({"user_id": "nobody"})")).status, 404);
}

void TstLegacyAnswers::s1StreakWithoutAStreak()
{
    m_bed->send("42");
    const Answer answer = ask(Request::post("/api/v1/reminders/streak").json(R"({"user_id": 42})"));
    QCOMPARE(answer.status, 409);
}

void TstLegacyAnswers::s1Health()
{
    const Answer answer = ask(Request::get("/health"));
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.at("status").toString(), QStringLiteral("ok"));
}

void TstLegacyAnswers::s2CreatesUsers()
{
    const QByteArray anna = R"({"name": "Anna", "email": "anna@example.org", "password": "secret"})";
    const Answer first = ask(Request::post("/createUser").json(anna));
    QCOMPARE(first.status, 200);
    QCOMPARE(first.body(), QByteArray(R"({"Message":"User added","Id":"1"})"));
    QCOMPARE(ask(Request::post("/createUser").json(anna)).status, 409);
    QCOMPARE(ask(Request::post("/createUser").json(QByteArray(anna).replace("anna@", " anna@"))).status, 409);
    const Answer second =
        ask(Request::post("/createUser").form("name=Ben&email=ben%40example.org&password=x"));
    QCOMPARE(second.body(), QByteArray(R"({"Message":"User added","Id":"2"})"));
}

void TstLegacyAnswers::s2RefusesBadUsers_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("names");
    QTest::newRow("no name") << QByteArray(R"({"email":"a@b","password":"x"})") << QStringLiteral("name");
    QTest::newRow("no email") << QByteArray(R"({"name":"a","password":"x"})") << QStringLiteral("email");
    QTest::newRow("no password") << QByteArray(R"({"name":"a","email":"a@b"})") << QStringLiteral("password");
    QTest::newRow("empty") << QByteArray(R"({"name":"","email":"a@b","password":"x"})")
                           << QStringLiteral("name");
    QTest::newRow("number") << QByteArray(R"({"name":7,"email":"a@b","password":"x"})")
                            << QStringLiteral("name");
    QTest::newRow("no body") << QByteArray() << QString();
}

void TstLegacyAnswers::s2RefusesBadUsers()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, names);
    const Answer answer = ask(Request::post("/createUser").json(body));
    QCOMPARE(answer.status, 400);
    QVERIFY2(answer.at("details").toString().contains(names), answer.response.body);
}

void TstLegacyAnswers::s2CreatesNotifications()
{
    const Answer answer = ask(
        Request::post("/createNotification")
            .json(
                R"({"user_id": 1, "event": "signup", "message": "Welcome", "metadata": {"plan": "free"}})"));
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body(),
             QByteArray(R"({"message":"Notification sent successfully!","id":"<id>","seq":1})"));
}

void TstLegacyAnswers::s2Lists()
{
    (void)ask(
        Request::post("/createNotification")
            .json(R"({"user_id": 1, "event": "signup", "message": "Welcome", "metadata": {"plan":"free"}})"));
    const Answer answer = ask(Request::get("/notifications/1"));
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body(),
             QByteArray(R"({"notifications":[{"id":"<id>","legacy_id":1,"user_id":1,"event":"signup",)"
                        R"("message":"Welcome","metadata":{"plan":"free"},"is_read":false,)"
                        R"("created_at":"2023-11-14T22:13:20.000Z","seq":1,"from":{"id":null,"name":""},)"
                        R"("to":{"id":1,"name":""}}]})"));
}

void TstLegacyAnswers::s2ListsNothing()
{
    const Answer answer = ask(Request::get("/notifications/nobody"));
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body(), QByteArray(R"({"notifications":[],"message":"No notifications found"})"));
    QCOMPARE(ask(Request::get("/notifications/nobody?shape=array")).body(), QByteArray("[]"));
}

void TstLegacyAnswers::s2ListsTheUnreadAsAnArray()
{
    const QByteArray read = m_bed->send("1", "read");
    m_bed->send("1", "unread");
    (void)ask(Request::put("/api/v1/notifications/" + read + "/read"));
    QCOMPARE(ask(Request::get("/notifications/1")).at("notifications").toArray().size(), 2);
    const Answer array = ask(Request::get("/notifications/1?shape=array"));
    QVERIFY(!array.at("0.is_read").toBool(true));
    QVERIFY(array.at("1").isUndefined());

    m_bed->settings.arrayDialect = {false, true};
    Request marked = Request::get("/notifications/1");
    marked.http.peer.listener = 1;
    QVERIFY(ask(marked).response.body.startsWith('['));
    QVERIFY(ask(Request::get("/notifications/1")).response.body.startsWith('{'));
}

void TstLegacyAnswers::s2ReadsByEitherId()
{
    (void)ask(Request::post("/createNotification").json(R"({"user_id": 1, "event": "a"})"));
    const QByteArray id = m_bed->send("1");
    for (const QByteArray &either : {QByteArray("1"), id}) {
        const Answer answer = ask(Request::patch("/notifications/1/" + either + "/read"));
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.body(), QByteArray(R"({"Message":"Notification marked as read","StatuCode":200})"));
    }
    QCOMPARE(ask(Request::get("/notifications/1?shape=array")).body(), QByteArray("[]"));
}

void TstLegacyAnswers::s2ReadsNothingOfOthers()
{
    const QByteArray id = m_bed->send("1");
    QCOMPARE(ask(Request::patch("/notifications/2/" + id + "/read")).status, 404);
    QCOMPARE(ask(Request::patch("/notifications/1/77/read")).status, 404);
    QCOMPARE(ask(Request::patch("/notifications/1/none/read")).status, 404);
}

void TstLegacyAnswers::s4Sends_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    const QByteArray form = "application/x-www-form-urlencoded";
    QTest::newRow("form") << form << QByteArray("fromID=2&toID=1&message=hello+there");
    QTest::newRow("no message") << form << QByteArray("fromID=2&toID=1&message=");
    QTest::newRow("json") << QByteArray("application/json")
                          << QByteArray(R"({"fromID":2,"toID":"1","message":"x"})");
    QTest::newRow("json that says it is a form")
        << form << QByteArray(R"({"fromID":2,"toID":1,"message":"x"})");
}

void TstLegacyAnswers::s4Sends()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    const Answer answer = ask(Request::post("/send").form(body).header("content-type", type));
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body(), QByteArray(R"({"message":"Notification sent successfully!"})"));
    QCOMPARE(ask(Request::get("/notifications/1")).at("notifications.0.from.id").toInt(), 2);
}

void TstLegacyAnswers::s4MessageToOneself()
{
    const Answer answer = ask(Request::post("/send").form("fromID=1&toID=1&message=me"));
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body(), QByteArray(R"({"message":"Notification sent successfully!"})"));
    QCOMPARE(ask(Request::get("/notifications/1")).at("notifications").toArray().size(), 0);
}

void TstLegacyAnswers::s4NamesSenderAndReceiver()
{
    for (const char *name : {"Anna", "Ben"}) {
        const QByteArray who(name);
        (void)ask(Request::post("/createUser").form("name=" + who + "&email=" + who + "%40x.org&password=x"));
    }
    (void)ask(Request::post("/send").form("fromID=2&toID=1&message=hello"));
    (void)ask(Request::post("/send").form("fromID=stranger&toID=1&message=hello"));
    const Answer list = ask(Request::get("/notifications/1"));
    QCOMPARE(list.at("notifications.1.from.name").toString(), QStringLiteral("Ben"));
    QCOMPARE(list.at("notifications.1.to.name").toString(), QStringLiteral("Anna"));
    QCOMPARE(list.at("notifications.0.from.id").toString(), QStringLiteral("stranger"));
    QCOMPARE(list.at("notifications.0.from.name").toString(), QString());
}

void TstLegacyAnswers::badInputIs400_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char *name, const char *path, const char *body) {
        QTest::newRow(name) << QByteArray(path) << QByteArray(body);
    };
    row("S2 without a user", "/createNotification", R"({"event":"x"})");
    row("S2 without anything to say", "/createNotification", R"({"user_id":1})");
    row("S2 user is a list", "/createNotification", R"({"user_id":[1],"event":"x"})");
    row("S2 metadata is no object", "/createNotification", R"({"user_id":1,"event":"x","metadata":7})");
    row("S2 broken", "/createNotification", R"({"user_id":1,)");
    row("S2 NUL", "/createNotification", R"({"user_id":1,"event":"a\u0000b"})");
    row("S4 without a sender", "/send", "toID=1&message=x");
    row("S4 without a receiver", "/send", "fromID=1&message=x");
    row("S4 bad escape", "/send", "fromID=1&toID=2&message=%4");
    row("S4 empty", "/send", "");
}

void TstLegacyAnswers::badInputIs400()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, body);
    const Answer answer = ask(Request::post(path).form(body));
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.response.contentType, QByteArray("application/problem+json"));
    QCOMPARE(answer.at("status").toInt(), 400);
}

void TstLegacyAnswers::unknownUsersWhereNoneAreMade_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("S1") << QByteArray("/api/v1/notifications") << QByteArray(R"({"user_id":9,"title":"x"})");
    QTest::newRow("S2") << QByteArray("/createNotification") << QByteArray(R"({"user_id":9,"event":"x"})");
    QTest::newRow("S4") << QByteArray("/send") << QByteArray("fromID=8&toID=9&message=x");
}

void TstLegacyAnswers::unknownUsersWhereNoneAreMade()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, body);
    service::Settings settings = ApiBed::unlimited();
    settings.usersOnFirstUse = false;
    ApiBed strict(settings);
    QCOMPARE(strict.ask(Request::post(path).form(body).local()).status, 404);
    QCOMPARE(strict.ask(Request::get("/notifications/9").local()).status, 200);
}

QTEST_GUILESS_MAIN(TstLegacyAnswers)
#include "tst_legacy_answers.moc"
