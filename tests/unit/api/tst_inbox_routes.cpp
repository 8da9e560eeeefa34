#include "api_bed.h"

#include <QTest>

using namespace belfry;
using test::Answer;
using test::ApiBed;
using test::Request;

class TstInboxRoutes : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<ApiBed> m_bed;
    Answer get(const QByteArray &target) { return m_bed->admin(Request::get(target)); }
    Answer ops(const QByteArray &body)
    {
        return m_bed->admin(Request::post("/api/v1/users/anna/inbox/ops").json(body));
    }

private Q_SLOTS:
    void init() { m_bed = std::make_unique<ApiBed>(); }

    void pagesByCursor();
    void linksKeepTheQuestion();
    void walksThroughTheScheduled();
    void clampsTheLimit_data();
    void clampsTheLimit();
    void refusesBadQueries_data();
    void refusesBadQueries();
    void filters();
    void oneItem();
    void countsAreOfASeq();
    void snapshot();
    void log();
    void logReset();
    void appliesOps();
    void refusesBadOps_data();
    void refusesBadOps();
    void timeline();
};

void TstInboxRoutes::pagesByCursor()
{
    for (const char *title : {"one", "two", "three"})
        m_bed->send("anna", title);
    const Answer first = get("/api/v1/notifications/anna?limit=2");
    QCOMPARE(first.at("data.0.title").toString(), QStringLiteral("three"));
    const QByteArray cursor = first.at("meta.next_cursor").toString().toUtf8();
    QVERIFY(!cursor.isEmpty());
    m_bed->send("anna", "four"); // a cursor is stable under inserts
    const Answer second = get("/api/v1/notifications/anna?limit=2&cursor=" + cursor);
    QCOMPARE(second.at("data.0.title").toString(), QStringLiteral("one"));
    QVERIFY(second.at("meta.next_cursor").isNull());
    QVERIFY(!second.has("Link"));
}

void TstInboxRoutes::linksKeepTheQuestion()
{
    m_bed->send("anna b");
    m_bed->send("anna b");
    const Answer page = get("/api/v1/notifications/anna%20b?state=all&limit=1&offset=0");
    QCOMPARE(page.header("Link"),
             QByteArray("</api/v1/notifications/anna%20b?cursor=2&state=all&limit=1>; rel=\"next\""));
}

void TstInboxRoutes::walksThroughTheScheduled()
{
    for (const char *day : {"20", "10", "10", "10", "30", "10", "05"}) {
        const QByteArray body = QByteArray(R"({"user_id":"anna","title":")") + day +
                                R"(","scheduled_for":"2023-12-)" + day + R"(T08:00:00Z"})";
        QCOMPARE(m_bed->admin(Request::post("/api/v1/notifications").json(body)).status, 201);
    }
    QByteArray next = "/api/v1/notifications/anna?state=scheduled&limit=3";
    QByteArrayList titles;
    for (int pages = 0; !next.isEmpty(); ++pages) {
        QVERIFY(pages < 3);
        const Answer page = get(next);
        for (const QJsonValue &item : page.at("data").toArray())
            titles.append(item[QStringLiteral("title")].toString().toUtf8());
        const QByteArray link = page.header("Link");
        QCOMPARE(link.isEmpty(), page.at("meta.next_cursor").isNull());
        next = link.isEmpty() ? QByteArray() : link.sliced(1, link.indexOf('>') - 1);
    }
    QCOMPARE(titles, (QByteArrayList{"05", "10", "10", "10", "10", "20", "30"}));
}

void TstInboxRoutes::clampsTheLimit_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<int>("limit");
    QTest::newRow("absent") << QByteArray("") << 50;
    QTest::newRow("empty") << QByteArray("?limit=") << 50;
    QTest::newRow("zero") << QByteArray("?limit=0") << 50;
    QTest::newRow("negative") << QByteArray("?limit=-5") << 50;
    QTest::newRow("largest") << QByteArray("?limit=500") << 500;
    QTest::newRow("larger") << QByteArray("?limit=99999999999") << 500;
}

void TstInboxRoutes::clampsTheLimit()
{
    QFETCH(QByteArray, query);
    QFETCH(int, limit);
    QCOMPARE(get("/api/v1/notifications/anna" + query).at("meta.limit").toInt(), limit);
}

void TstInboxRoutes::refusesBadQueries_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QString>("names");
    QTest::newRow("state") << QByteArray("state=lost") << QStringLiteral("state");
    QTest::newRow("limit") << QByteArray("limit=many") << QStringLiteral("limit");
    QTest::newRow("offset") << QByteArray("offset=-1") << QStringLiteral("offset");
    QTest::newRow("cursor") << QByteArray("cursor=here") << QStringLiteral("cursor");
    QTest::newRow("cursor of the scheduled")
        << QByteArray("cursor=1.01234567-89ab-7def-8123-456789abcdef") << QStringLiteral("cursor");
    QTest::newRow("scheduled, cursor of another")
        << QByteArray("state=scheduled&cursor=3") << QStringLiteral("cursor");
    QTest::newRow("scheduled, half a cursor")
        << QByteArray("state=scheduled&cursor=1.") << QStringLiteral("cursor");
    QTest::newRow("scheduled, both")
        << QByteArray("state=scheduled&cursor=1.01234567-89ab-7def-8123-456789abcdef&offset=2")
        << QStringLiteral("cursor");
    QTest::newRow("both") << QByteArray("cursor=3&offset=2") << QStringLiteral("cursor");
    QTest::newRow("escape") << QByteArray("q=%4") << QString();
    QTest::newRow("NUL") << QByteArray("q=%00") << QString();
}

void TstInboxRoutes::refusesBadQueries()
{
    QFETCH(QByteArray, query);
    QFETCH(QString, names);
    const Answer answer = get("/api/v1/notifications/anna?" + query);
    QCOMPARE(answer.status, 400);
    QVERIFY2(answer.at("details").toString().contains(names), answer.response.body);
}

void TstInboxRoutes::filters()
{
    (void)m_bed->admin(Request::post("/api/v1/notifications")
                           .json(R"({"user_id":"anna","title":"Rechnung für März","type":"billing"})"));
    const QByteArray read = m_bed->send("anna", "other");
    (void)m_bed->admin(Request::put("/api/v1/notifications/" + read + "/read"));
    const auto titles = [this](const QByteArray &query) {
        QStringList found;
        for (const QJsonValue &item : get("/api/v1/notifications/anna?" + query).at("data").toArray())
            found.append(item[QStringLiteral("title")].toString());
        return found;
    };
    const QString bill = QStringLiteral("Rechnung für März"), other = QStringLiteral("other");
    QCOMPARE(titles("type=billing"), QStringList{bill});
    QCOMPARE(titles("state=unread"), QStringList{bill});
    QCOMPARE(titles("state=read"), QStringList{other});
    QCOMPARE(titles("q=marz+rechn"), QStringList{bill});
    QCOMPARE(titles("state=archived"), QStringList());
}

void TstInboxRoutes::oneItem()
{
    const QByteArray id = m_bed->send("anna");
    QCOMPARE(get("/api/v1/users/anna/inbox/" + id).at("data.id").toString().toUtf8(), id);
    QCOMPARE(get("/api/v1/users/ben/inbox/" + id).status, 404);
    QCOMPARE(get("/api/v1/users/anna/inbox/none").status, 404);
    QCOMPARE(get("/api/v1/users/anna/inbox/01234567-89ab-7def-8123-456789abcdef").status, 404);
}

void TstInboxRoutes::countsAreOfASeq()
{
    QCOMPARE(get("/api/v1/users/anna/inbox/counts").body(),
             QByteArray(R"({"data":{"unseen":0,"unread":0,"seq":0}})"));
    m_bed->send("anna");
    QCOMPARE(get("/api/v1/users/anna/inbox/counts").body(),
             QByteArray(R"({"data":{"unseen":1,"unread":1,"seq":1}})"));
}

void TstInboxRoutes::snapshot()
{
    m_bed->send("anna");
    const Answer answer = get("/api/v1/users/anna/inbox/snapshot");
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.at("data.seq").toInt(), 1);
    QCOMPARE(answer.at("data.unread").toInt(), 1);
    QCOMPARE(answer.at("data.items").toArray().size(), 1);
    QVERIFY(!answer.at("data.epoch").toString().isEmpty());
    QVERIFY(answer.at("data.next_cursor").isNull());
}

void TstInboxRoutes::log()
{
    const QByteArray id = m_bed->send("anna");
    (void)m_bed->admin(Request::remove("/api/v1/notifications/" + id));
    m_bed->send("anna");
    const Answer answer = get("/api/v1/users/anna/log?since=0");
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.at("data").toArray().size(), 3);
    QCOMPARE(answer.at("data.0.seq").toInt(), 1);
    QVERIFY2(answer.at("data.0.item.gone").toBool(), "no text of a recalled one is replayed");
    QCOMPARE(answer.at("data.0.alert").toString(), QStringLiteral("none")); // H31: as on a socket
    QCOMPARE(answer.at("data.2.alert").toString(), QStringLiteral("sound"));
    QCOMPARE(answer.at("data.1.kind").toString(), QStringLiteral("recalled"));
    QCOMPARE(answer.at("meta.head").toInt(), 3);
    QCOMPARE(answer.at("meta.floor").toInt(), 1);
    QCOMPARE(get("/api/v1/users/anna/log?since=1&limit=1").at("data.0.seq").toInt(), 2);
    const Answer first = get("/api/v1/users/anna/log?since=0&limit=1");
    QVERIFY2(first.header("Link").startsWith("</api/v1/users/anna/log?since=1&"), first.header("Link"));
    QVERIFY(first.header("Link").endsWith("rel=\"next\""));
    QVERIFY(!answer.has("Link"));
    QCOMPARE(get("/api/v1/users/anna/log?since=x").status, 400);
}

void TstInboxRoutes::logReset()
{
    const Answer answer = get("/api/v1/users/anna/log?since=7");
    QCOMPARE(answer.status, 410);
    QCOMPARE(answer.at("type").toString(), QStringLiteral("urn:belfry:problem:log-reset"));
}

void TstInboxRoutes::appliesOps()
{
    m_bed->send("anna");
    m_bed->send("anna");
    const QByteArray body =
        R"({"ops":[{"op_id":"a","set":"read","upto_seq":1},{"op_id":"b","set":"seen","upto_seq":2}]})";
    const Answer answer = ops(body);
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.at("data.applied.0.op_id").toString(), QStringLiteral("a"));
    QCOMPARE(answer.at("data.applied.0.seq").toInt(), 3);
    QCOMPARE(answer.at("data.unread").toInt(), 1);
    QCOMPARE(answer.at("data.unseen").toInt(), 0);
    QCOMPARE(answer.at("data.seq").toInt(), 4);
    QCOMPARE(ops(body).at("data.seq").toInt(), 4); // the same op ids change nothing
}

void TstInboxRoutes::refusesBadOps_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const char *body, int status) {
        QTest::newRow(name) << QByteArray(body) << status;
    };
    row("none", R"({"ops":[]})", 422);
    row("no set", R"({"ops":[{"op_id":"a","upto_seq":1}]})", 422);
    row("unknown set", R"({"ops":[{"op_id":"a","set":"burn","upto_seq":1}]})", 422);
    row("no target", R"({"ops":[{"op_id":"a","set":"read"}]})", 422);
    row("snooze without until", R"({"ops":[{"op_id":"a","set":"snooze","upto_seq":1}]})", 422);
    row("nobody's item",
        R"({"ops":[{"op_id":"a","set":"read","ids":["01234567-89ab-7def-8123-456789abcdef"]}]})", 404);
    row("one bad of two", R"({"ops":[{"op_id":"a","set":"read","upto_seq":1},{"op_id":"b"}]})", 422);
}

void TstInboxRoutes::refusesBadOps()
{
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    m_bed->send("anna");
    QCOMPARE(ops(body).status, status);
    QCOMPARE(get("/api/v1/users/anna/inbox/counts").at("data.unread").toInt(), 1); // nothing was applied
}

void TstInboxRoutes::timeline()
{
    const QByteArray id = m_bed->send("anna");
    const Answer answer = get("/api/v1/notifications/" + id + "/timeline");
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.at("data.notification.id").toString().toUtf8(), id);
    QVERIFY(!answer.at("data.trace.0.step").toString().isEmpty());
    QVERIFY(answer.at("data.deliveries").isArray());
    const Answer mail = m_bed->admin(Request::post("/api/v1/notifications")
                                         .json(R"({"user_id":"anna","title":"x","channels":["email"]})"));
    const QByteArray mailed = mail.at("data.id").toString().toUtf8();
    const Answer told = get("/api/v1/notifications/" + mailed + "/timeline");
    QCOMPARE(told.at("data.deliveries.0.state").toString(), QStringLiteral("suppressed"));
    QCOMPARE(told.at("data.deliveries.0.id").toString().toUtf8(), mailed + "/email");
    const Request request = Request::get("/api/v1/notifications/" + id + "/timeline");
    QCOMPARE(m_bed->ask(Request(request).key(m_bed->token({"ben"}))).status, 404);
    QCOMPARE(get("/api/v1/notifications/none/timeline").status, 404);
}

QTEST_GUILESS_MAIN(TstInboxRoutes)
#include "tst_inbox_routes.moc"
