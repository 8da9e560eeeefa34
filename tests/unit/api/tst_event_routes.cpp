#include "api_bed.h"

#include <QTest>

using namespace belfry;
using test::Answer;
using test::ApiBed;
using test::Request;

namespace {
QByteArray eventJson(const QByteArray &id, const QByteArray &data = R"({"title":"On its way"})")
{
    return R"({"specversion":"1.0","id":")" + id +
           R"(","source":"/shop","type":"shipped","subject":"anna","data":)" + data + '}';
}
} // namespace

/// CloudEvents over HTTP, in all three modes of its binding.
class TstEventRoutes : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<ApiBed> m_bed;

    Answer post(const QByteArray &type, const QByteArray &body, const QByteArray &path = "/api/v1/events")
    {
        Request request = Request::post(path).json(body);
        for (net::Header &header : request.http.headers) {
            if (header.name == "content-type")
                header.value = type;
        }
        return m_bed->admin(request);
    }
    int unread()
    {
        return m_bed->admin(Request::get("/api/v1/users/anna/inbox/counts")).at("data.unread").toInt();
    }

private Q_SLOTS:
    void init() { m_bed = std::make_unique<ApiBed>(); }

    void structured();
    void aRepeatedEventChangesNothing();
    void binary();
    void aBatchTellsOfEach();
    void aBadOneAloneIsTheAnswer();
    void toATopicThereIsNobodyYet();
    void theRouteOfNotificationsTakesThemToo();
    void theTraceOfTheEventGoesOn();
    void anIdempotencyKeyKeepsTheAnswer();
};

void TstEventRoutes::structured()
{
    const Answer answer = post("application/cloudevents+json; charset=utf-8", eventJson("1"));
    QCOMPARE(answer.status, 202);
    QCOMPARE(answer.body(), QByteArray(R"({"data":[{"id":"1","status":201,"notification_ids":["<id>"]}]})"));
    QCOMPARE(unread(), 1);
}

void TstEventRoutes::aRepeatedEventChangesNothing()
{
    const Answer first = post("application/json", eventJson("1"));
    const Answer again = post("application/json", eventJson("1"));
    QCOMPARE(again.status, 202);
    QCOMPARE(again.at("data.0.status").toInt(), 200);
    QCOMPARE(again.at("data.0.notification_ids.0"), first.at("data.0.notification_ids.0"));
    QCOMPARE(unread(), 1);
}

void TstEventRoutes::binary()
{
    Request request = Request::post("/api/v1/events").json(R"({"title":"Delivered"})");
    request.header("ce-specversion", "1.0").header("ce-id", "2").header("ce-source", "/shop");
    request.header("ce-type", "shipped").header("ce-subject", "an%6Ea");
    QCOMPARE(m_bed->admin(request).status, 202);
    QCOMPARE(unread(), 1);
    request.header("ce-partitionkey", "%ff");
    QCOMPARE(m_bed->admin(request).status, 400);
}

void TstEventRoutes::aBatchTellsOfEach()
{
    const Answer answer =
        post("application/cloudevents-batch+json",
             '[' + eventJson("1") + ',' + eventJson("2", R"({"title":7})") + ",7," + eventJson("3") + ']');
    QCOMPARE(answer.status, 202);
    QCOMPARE(answer.at("data.0.status").toInt(), 201);
    QCOMPARE(answer.at("data.1.id").toString(), QStringLiteral("2"));
    QCOMPARE(answer.at("data.1.status").toInt(), 422);
    QCOMPARE(answer.at("data.1.problem.errors.0.pointer").toString(), QStringLiteral("/data/title"));
    QVERIFY(answer.at("data.2.id").isNull());
    QVERIFY(answer.at("data.2.status").toInt() >= 400);
    QCOMPARE(answer.at("data.3.notification_ids").toArray().size(), 1);
    QCOMPARE(unread(), 2);
}

void TstEventRoutes::aBadOneAloneIsTheAnswer()
{
    QCOMPARE(post("application/cloudevents+json", R"({"specversion":"1.0"})").status, 422);
    QCOMPARE(post("application/cloudevents+json", "{").status, 400);
    QCOMPARE(post("application/cloudevents-batch+json", "[]").status, 422);
    QCOMPARE(post("text/plain", "x").status, 415);
    const Answer large = post("application/json", eventJson("1", R"({"title":"T","data":{"x":")" +
                                                                     QByteArray(256 * 1024, 'x') + "\"}}"));
    QCOMPARE(large.status, 413);
}

void TstEventRoutes::toATopicThereIsNobodyYet()
{
    QCOMPARE(m_bed->admin(Request::put("/api/v1/topics/news").json("{}")).status, 201);
    const Answer answer = post("application/json", eventJson("1", R"({"title":"T","topic":"news"})"));
    QCOMPARE(answer.body(), QByteArray(R"({"data":[{"id":"1","status":202,"notification_ids":[]}]})"));
}

void TstEventRoutes::theRouteOfNotificationsTakesThemToo()
{
    const Answer answer = post("application/cloudevents+json", eventJson("1"), "/api/v1/notifications");
    QCOMPARE(answer.status, 201);
    QCOMPARE(answer.at("data.type").toString(), QStringLiteral("shipped"));
    QCOMPARE(answer.at("data.source").toString(), QStringLiteral("/shop"));
    QCOMPARE(post("application/cloudevents+json", eventJson("1"), "/api/v1/notifications").status, 200);
    Request anonymous = Request::post("/api/v1/notifications").json(eventJson("2")).local();
    anonymous.header("ce-specversion", "1.0");
    QCOMPARE(m_bed->ask(anonymous).status, 422);
}

void TstEventRoutes::theTraceOfTheEventGoesOn()
{
    const QByteArray trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    QByteArray traced = eventJson("1");
    traced.insert(traced.size() - 1, R"(,"traceparent":"00-)" + trace + "-00f067aa0ba902b7-01\"");
    QCOMPARE(post("application/json", traced).status, 202);
    const Answer log = m_bed->admin(Request::get("/api/v1/users/anna/log?since=0"));
    QVERIFY(log.at("data.0.traceparent").toString().contains(QString::fromLatin1(trace)));
}

void TstEventRoutes::anIdempotencyKeyKeepsTheAnswer()
{
    Request request = Request::post("/api/v1/events").json('[' + eventJson("1") + ',' + eventJson("2") + ']');
    request.header("idempotency-key", "k");
    const Answer first = m_bed->admin(request);
    const Answer again = m_bed->admin(request);
    QCOMPARE(again.header("Idempotency-Replayed"), QByteArray("true"));
    QCOMPARE(again.response.body, first.response.body);
}

QTEST_GUILESS_MAIN(TstEventRoutes)
#include "tst_event_routes.moc"
