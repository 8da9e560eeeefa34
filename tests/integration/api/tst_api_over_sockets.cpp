#include "api_bed.h"
#include "net/server.h"
#include "protocol/frame.h"
#include "raw_client.h"

#include <QTest>

using namespace belfry;
using net::test::RawAnswer;
using net::test::RawClient;
using test::ApiBed;

namespace {
/// Says who came, in the manner of the door, and closes.
class NamingLive final : public api::LiveSessions
{
public:
    void openSocket(net::Connection &connection, api::Visitor visitor) override
    {
        say(connection, visitor.principal ? visitor.principal->user.text : QByteArray("nobody yet"));
    }
    void openPlain(net::Connection &connection, api::Reader reader) override
    {
        say(connection, "plain " + reader.user.text);
    }
    void openStream(net::Connection &connection, api::Reader reader) override
    {
        connection.setEvents(&m_deaf);
        connection.send(protocol::eventStreamChunk(7, "ev", "{\"user\":\"" + reader.user.text + "\"}"));
        connection.close(1000, {});
    }

private:
    class Deaf final : public net::ConnectionEvents
    {
    public:
        void onText(QByteArrayView) override {}
        void onBinary(qsizetype) override {}
        void onPong(QByteArrayView) override {}
        void onDrained() override {}
        void onClosed() override {}
    };

    void say(net::Connection &connection, const QByteArray &words)
    {
        connection.setEvents(&m_deaf);
        connection.send(protocol::textFrame(words));
        connection.close(1000, {});
    }

    Deaf m_deaf;
};

QByteArray request(const QByteArray &line, const QByteArray &headers = {}, const QByteArray &body = {})
{
    QByteArray text = line + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers;
    if (!body.isEmpty())
        text += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    return text + "\r\n" + body;
}

const QByteArray asAdmin = "Authorization: Bearer " + test::adminKey + "\r\n";
} // namespace

/// The surface behind real sockets: what only the two together can get wrong.
class TstApiOverSockets : public QObject
{
    Q_OBJECT
private:
    ApiBed m_bed;
    NamingLive m_live;
    std::unique_ptr<net::Server> m_server;
    quint16 m_port = 0;

    RawAnswer ask(const QByteArray &bytes, bool toHead = false)
    {
        RawClient client(m_port);
        return client.send(bytes) ? client.answer(std::chrono::seconds(5), toHead).value_or(RawAnswer())
                                  : RawAnswer();
    }

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void acceptsAndLists();
    void keepsTheOrderOfAPipeline();
    void headHasNoBody();
    void refusalsAreProblems_data();
    void refusalsAreProblems();
    void optionsOfTheWholeServer();
    void limitsBodiesByRoute();
    void openOnLoopbackOnly();
    void opensSockets();
    void opensPlainSockets();
    void opensStreams();
    void drains();
};

void TstApiOverSockets::initTestCase()
{
    net::ServerOptions options;
    options.listen = {{QHostAddress(QHostAddress::LocalHost), 0}};
    options.loops = 2;
    m_server = std::make_unique<net::Server>(options, [this](int, runtime::Loop &loop) {
        return std::make_unique<api::ApiHandler>(m_bed.contextFor(loop, m_live));
    });
    QVERIFY(m_server->start());
    m_port = m_server->addresses().at(0).split(':').last().toUShort();
}

void TstApiOverSockets::cleanupTestCase()
{
    m_server->stop();
    m_server.reset();
}

void TstApiOverSockets::acceptsAndLists()
{
    const RawAnswer made =
        ask(request("POST /api/v1/notifications", asAdmin, R"({"user_id":"list","title":"Hi"})"));
    QCOMPARE(made.status, 201);
    QCOMPARE(made.header("content-type"), QByteArray("application/json"));
    QVERIFY(!made.header("x-request-id").isEmpty());
    const RawAnswer list = ask(request("GET /api/v1/notifications/list?limit=5", asAdmin));
    QCOMPARE(list.status, 200);
    QVERIFY(list.body.contains(R"("title":"Hi")"));
}

void TstApiOverSockets::keepsTheOrderOfAPipeline()
{
    QByteArray all;
    constexpr int count = 50;
    for (int i = 0; i < count; ++i) {
        // Answers that wait for a commit between answers that are there at once.
        const QByteArray id = "X-Request-Id: r" + QByteArray::number(i) + "\r\n";
        all += i % 2 == 0
                   ? request("POST /api/v1/notifications", asAdmin + id, R"({"user_id":"pipe","title":"Hi"})")
                   : request("GET /health/live", id);
    }
    RawClient client(m_port);
    QVERIFY(client.send(all));
    for (int i = 0; i < count; ++i) {
        const auto answer = client.answer();
        QVERIFY(answer);
        QCOMPARE(answer->header("x-request-id"), "r" + QByteArray::number(i));
        QCOMPARE(answer->status, i % 2 == 0 ? 201 : 200);
    }
}

void TstApiOverSockets::headHasNoBody()
{
    const RawAnswer get = ask(request("GET /health"));
    const RawAnswer head = ask(request("HEAD /health"), true);
    QCOMPARE(head.status, 200);
    QVERIFY(head.body.isEmpty());
    QCOMPARE(head.header("content-length"), get.header("content-length"));
}

void TstApiOverSockets::refusalsAreProblems_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    QTest::newRow("no host") << QByteArray("GET /health HTTP/1.1\r\n\r\n") << 400;
    QTest::newRow("gzip coding") << request("POST /send", "Transfer-Encoding: gzip\r\n") << 501;
    QTest::newRow("long header") << request("GET /health", "X-Long: " + QByteArray(20'000, 'x') + "\r\n")
                                 << 431;
    QTest::newRow("unknown method") << request("BREW /health") << 405;
    QTest::newRow("unknown address") << request("GET /nothing") << 404;
    QTest::newRow("native form") << request("POST /api/v1/topics",
                                            asAdmin + "Content-Type: application/x-www-form-urlencoded\r\n",
                                            "a=1")
                                 << 415;
}

void TstApiOverSockets::refusalsAreProblems()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    const RawAnswer answer = ask(bytes);
    QCOMPARE(answer.status, status);
    QCOMPARE(answer.header("content-type"), QByteArray("application/problem+json"));
    QVERIFY(answer.body.contains("\"status\":" + QByteArray::number(status)));
}

/// RFC 9110, section 9.3.7: asks for the server, not for an address.
void TstApiOverSockets::optionsOfTheWholeServer()
{
    const RawAnswer answer = ask(request("OPTIONS *"));
    QCOMPARE(answer.status, 204);
    QVERIFY(answer.header("allow").contains("DELETE"));
}

void TstApiOverSockets::limitsBodiesByRoute()
{
    const QByteArray large = "[{\"user_id\":1,\"title\":\"" + QByteArray(300 * 1024, 'x') + "\"}]";
    const RawAnswer refused =
        ask(request("POST /api/v1/notifications", asAdmin + "X-Request-Id: mine-7\r\n", large));
    QCOMPARE(refused.status, 413);
    QCOMPARE(refused.header("x-request-id"), QByteArray("mine-7"));
    QVERIFY(!refused.header("traceparent").isEmpty());
    // The batch takes it, and says of the item that its title is too long.
    const RawAnswer batch = ask(request("POST /api/v1/notifications:batch", asAdmin, large));
    QCOMPARE(batch.status, 200);
    QVERIFY(batch.body.contains("\"status\":422"));
}

void TstApiOverSockets::openOnLoopbackOnly()
{
    const QByteArray body = "fromID=2&toID=1&message=hello";
    QCOMPARE(ask(request("POST /send", {}, body)).status, 200);
    QCOMPARE(ask(request("POST /send", "X-Forwarded-For: 203.0.113.9\r\n", body)).status, 401);
    QCOMPARE(ask(request("POST /send", "Origin: https://evil.example\r\n", body)).status, 401);
}

void TstApiOverSockets::opensSockets()
{
    RawClient anybody(m_port);
    QVERIFY(anybody.upgrade("/ws"));
    QCOMPARE(anybody.frame().value().payload, QByteArray("nobody yet"));
    const auto ticket = m_bed.services->tickets.make(
        {auth::Principal::Kind::Key, "k", "k", {}, auth::allScopes, {}}, {"anna"});
    RawClient anna(m_port);
    QVERIFY(anna.upgrade("/ws?ticket=" + ticket->text));
    QCOMPARE(anna.frame().value().payload, QByteArray("anna"));
    RawClient unknown(m_port);
    QVERIFY(!unknown.upgrade("/ws", "belfry.v9"));
}

void TstApiOverSockets::opensPlainSockets()
{
    RawClient client(m_port);
    QVERIFY(client.upgrade("/ws/42", {}));
    QCOMPARE(client.frame().value().payload, QByteArray("plain 42"));
}

void TstApiOverSockets::opensStreams()
{
    RawClient client(m_port);
    QVERIFY(client.send(request("GET /api/v1/users/anna/stream", asAdmin)));
    const auto head = client.answer(std::chrono::seconds(5), true);
    QVERIFY(head);
    QCOMPARE(head->status, 200);
    QCOMPARE(head->header("content-type"), QByteArray("text/event-stream"));
    const QByteArray events = client.untilClosed().value_or(QByteArray());
    QVERIFY2(events.contains("id: 7\nevent: ev\ndata: {\"user\":\"anna\"}"), events);
}

/// The last one: nothing is accepted afterwards.
void TstApiOverSockets::drains()
{
    RawClient kept(m_port);
    QVERIFY(kept.send(request("GET /health/live")));
    QCOMPARE(kept.answer().value().status, 200);
    m_server->stopAccepting();
    QVERIFY(kept.send(request("GET /health/live", "X-Request-Id: mine-8\r\n")));
    const auto answer = kept.answer();
    QVERIFY(answer);
    QCOMPARE(answer->status, 503);
    QCOMPARE(answer->header("x-request-id"), QByteArray("mine-8"));
    QVERIFY2(answer->body.contains("urn:belfry:problem:draining"), answer->body.constData());
    QCOMPARE(answer->header("connection").toLower(), QByteArray("close"));
    QCOMPARE(answer->header("content-type"), QByteArray("application/problem+json"));
    QCOMPARE(answer->head.toLower().count("retry-after:"), 1);
}

QTEST_GUILESS_MAIN(TstApiOverSockets)
#include "tst_api_over_sockets.moc"
