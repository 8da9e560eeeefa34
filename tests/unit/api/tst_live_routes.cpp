#include "api_bed.h"

#include <QTest>

using namespace belfry;
using test::Answer;
using test::ApiBed;
using test::Request;

class TstLiveRoutes : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<ApiBed> m_bed;
    QByteArray ticket(const QByteArray &user)
    {
        return m_bed->admin(Request::post("/api/v1/users/" + user + "/tickets"))
            .at("data.ticket")
            .toString()
            .toUtf8();
    }

private Q_SLOTS:
    void init() { m_bed = std::make_unique<ApiBed>(); }

    void socketWithoutACredential();
    void socketsAreForPagesOfTheAllowListOnly();
    void socketWithACredential();
    void socketRefuses_data();
    void socketRefuses();
    void socketTakesATicketOnce();
    void asksForAnUpgrade();
    void plainSocket();
    void plainSocketRefuses();
    void streams();
    void streamRefuses();
    void ticketsAreNeverKept();
};

void TstLiveRoutes::socketWithoutACredential()
{
    const Answer answer = m_bed->ask(Request::get("/ws").upgrade("chat, belfry.v1"));
    QVERIFY(answer.upgraded);
    QCOMPARE(answer.subprotocol, QByteArray("belfry.v1"));
    QCOMPARE(m_bed->live.visitors.size(), std::size_t(1));
    QVERIFY(!m_bed->live.visitors[0].principal);
    QVERIFY(!m_bed->live.visitors[0].traceparent.isEmpty());
}

// The same list as for the rest of the API (H64), for both sockets.
void TstLiveRoutes::socketsAreForPagesOfTheAllowListOnly()
{
    const QByteArray key = m_bed->token({"42"});
    const auto statusFor = [&](const QByteArray &origin) {
        const auto with = [&](Request request) {
            return m_bed->ask(request.key(key).header("origin", origin));
        };
        const Answer socket = with(Request::get("/ws").upgrade("belfry.v1"));
        const Answer plain = with(Request::get("/ws/42").upgrade());
        return socket.upgraded == plain.upgraded && socket.status == plain.status ? socket.status : -1;
    };
    const int upgraded = m_bed->ask(Request::get("/ws").upgrade("belfry.v1")).status;
    QCOMPARE(statusFor("https://app.example"), 403);
    QCOMPARE(statusFor("null"), 403);
    Request own = Request::get("/ws").upgrade("belfry.v1");
    const QByteArray host = own.http.header("host").toByteArray();
    QVERIFY(!host.isEmpty());
    QCOMPARE(statusFor("https://" + host), upgraded);
    m_bed->settings.corsOrigins = {"https://app.example"};
    QCOMPARE(statusFor("https://app.example"), upgraded);
    QCOMPARE(statusFor("https://app.example.evil.example"), 403);
}

void TstLiveRoutes::socketWithACredential()
{
    QVERIFY(m_bed->ask(Request::get("/ws").upgrade("belfry.v1").key(m_bed->token({"anna"}))).upgraded);
    QCOMPARE(m_bed->live.visitors[0].principal->user, model::UserId{"anna"});
}

void TstLiveRoutes::socketRefuses_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("subprotocols");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<int>("status");
    QTest::newRow("no subprotocol") << QByteArray("/ws") << QByteArray() << QByteArray() << 400;
    QTest::newRow("unknown subprotocol")
        << QByteArray("/ws") << QByteArray("belfry.v9, chat") << QByteArray() << 400;
    QTest::newRow("bad key") << QByteArray("/ws") << QByteArray("belfry.v1") << QByteArray("blf_no") << 401;
    QTest::newRow("bad ticket") << QByteArray("/ws?ticket=no") << QByteArray("belfry.v1") << QByteArray()
                                << 401;
}

void TstLiveRoutes::socketRefuses()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, subprotocols);
    QFETCH(QByteArray, key);
    QFETCH(int, status);
    Request request = Request::get(target).upgrade(subprotocols);
    if (!key.isEmpty())
        request.key(key);
    const Answer answer = m_bed->ask(request);
    QVERIFY(!answer.upgraded);
    QCOMPARE(answer.status, status);
    QVERIFY(m_bed->live.visitors.empty());
}

void TstLiveRoutes::socketTakesATicketOnce()
{
    const Request request = Request::get("/ws?ticket=" + ticket("anna")).upgrade("belfry.v1");
    QVERIFY(m_bed->ask(request).upgraded);
    QCOMPARE(m_bed->live.visitors[0].principal->user, model::UserId{"anna"});
    QCOMPARE(m_bed->ask(request).status, 401);
    const QByteArray late = ticket("anna");
    m_bed->clock.advance(std::chrono::seconds(31));
    QCOMPARE(m_bed->ask(Request::get("/ws?ticket=" + late).upgrade("belfry.v1")).status, 401);
}

void TstLiveRoutes::asksForAnUpgrade()
{
    const Answer plain = m_bed->ask(Request::get("/ws"));
    QCOMPARE(plain.status, 426);
    QCOMPARE(plain.header("Upgrade"), QByteArray("websocket"));
    QCOMPARE(plain.header("Sec-WebSocket-Version"), QByteArray("13"));
    Request old = Request::get("/ws").header("upgrade", "websocket").header("sec-websocket-version", "8");
    QCOMPARE(m_bed->ask(old).status, 426);
    Request broken = Request::get("/ws").upgrade("belfry.v1");
    broken.isUpgrade = false;
    QCOMPARE(m_bed->ask(broken).status, 400);
}

void TstLiveRoutes::plainSocket()
{
    const Answer answer = m_bed->ask(Request::get("/ws/42?since=7").upgrade().local());
    QVERIFY(answer.upgraded);
    QVERIFY(answer.subprotocol.isEmpty());
    const api::Reader &reader = m_bed->live.plain.at(0);
    QCOMPARE(reader.user, model::UserId{"42"});
    QCOMPARE(reader.since, std::optional<model::Seq>(7));
    QVERIFY(m_bed->ask(Request::get("/ws/42").upgrade().local()).upgraded);
    QVERIFY(!m_bed->live.plain.at(1).since);
}

void TstLiveRoutes::plainSocketRefuses()
{
    QCOMPARE(m_bed->ask(Request::get("/ws/42").upgrade()).status, 401);
    QCOMPARE(
        m_bed->ask(Request::get("/ws/42").upgrade().local().header("origin", "https://evil.example")).status,
        401);
    QCOMPARE(m_bed->ask(Request::get("/ws/42").upgrade("chat").local()).status, 400);
    QCOMPARE(m_bed->ask(Request::get("/ws/42?since=x").upgrade().local()).status, 400);
    QCOMPARE(m_bed->ask(Request::get("/ws/42").upgrade().key(m_bed->token({"7"}))).status, 403);
    QCOMPARE(m_bed->ask(Request::get("/ws/42?ticket=" + ticket("7")).upgrade()).status, 403);
    QVERIFY(m_bed->live.plain.empty());
}

void TstLiveRoutes::streams()
{
    Request request = Request::get("/api/v1/users/anna/stream?since=3&epoch=e1").key(m_bed->token({"anna"}));
    const Answer answer = m_bed->ask(request);
    QVERIFY(answer.streaming);
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.response.contentType, QByteArray("text/event-stream"));
    QVERIFY(answer.has("X-Request-Id"));
    QCOMPARE(m_bed->live.streams.at(0).since, std::optional<model::Seq>(3));
    QCOMPARE(m_bed->live.streams.at(0).epoch, model::Epoch{"e1"});
    (void)m_bed->ask(request.header("last-event-id", "9")); // what a browser says when it comes back
    QCOMPARE(m_bed->live.streams.at(1).since, std::optional<model::Seq>(9));
    QVERIFY(m_bed->ask(Request::get("/api/v1/users/anna/stream?ticket=" + ticket("anna"))).streaming);
}

void TstLiveRoutes::streamRefuses()
{
    const QByteArray path = "/api/v1/users/anna/stream";
    QCOMPARE(m_bed->ask(Request::get(path).local()).status, 401);
    QCOMPARE(m_bed->admin(Request::get(path + "?since=-1")).status, 400);
    QCOMPARE(m_bed->admin(Request::get(path).header("last-event-id", "abc")).status, 400);
    QCOMPARE(m_bed->ask(Request::get(path).key(m_bed->token({"ben"}))).status, 403);
    QVERIFY(m_bed->live.streams.empty());
}

void TstLiveRoutes::ticketsAreNeverKept()
{
    const Request request = Request::post("/api/v1/users/anna/tickets").header("idempotency-key", "k");
    const Answer first = m_bed->admin(request);
    QCOMPARE(first.status, 201);
    QCOMPARE(first.at("data.expires_in").toInt(), 30);
    const Answer second = m_bed->admin(request);
    QVERIFY(!second.has("Idempotency-Replayed"));
    QVERIFY(second.at("data.ticket") != first.at("data.ticket"));
}

QTEST_GUILESS_MAIN(TstLiveRoutes)
#include "tst_live_routes.moc"
