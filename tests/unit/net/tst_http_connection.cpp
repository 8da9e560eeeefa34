#include "memory_transport.h"
#include "net/http_connection.h"

#include <QTest>

using namespace belfry::net;
using namespace belfry::net::test;

namespace {
/// Answers at once, or keeps what it is asked.
class TestHandler final : public Handler
{
public:
    BodyRule bodyRule(const HttpRequest &) override { return {1000}; }
    void handle(HttpRequest request, bool, Responder responder) override
    {
        paths.append(request.path);
        if (request.path.startsWith("/hold"))
            held.push_back(std::move(responder));
        else
            responder.respond({.body = request.path == "/big" ? QByteArray(400'000, 'b') : request.path});
    }
    HttpResponse refusal(const Refusal &why, const HttpRequest &) override
    {
        return {.status = why.status, .body = why.detail};
    }

    QList<QByteArray> paths;
    std::vector<Responder> held;
};

/// One connection on a wire of memory.
struct Bench : Responder::Target
{
    Bench()
    {
        context.handler = &handler;
        context.responders = this;
        connection =
            std::make_unique<HttpConnection>(context, 1, Peer{}, std::make_unique<MemoryTransport>(wire));
        connection->open();
    }
    ~Bench() override { handler.held.clear(); }
    void respond(ConnectionId, HttpResponse response) override { connection->respond(std::move(response)); }
    void upgrade(ConnectionId, QByteArray, std::function<void(Connection &)>) override {}
    void stream(ConnectionId, HttpResponse, std::function<void(Connection &)>) override {}

    void receive(const QByteArray &bytes)
    {
        wire.incoming += bytes;
        while (wire.watchesRead && !wire.incoming.isEmpty())
            wire.events->onReadable();
        context.flushAll();
    }
    void end()
    {
        wire.peerEnded = true;
        while (wire.watchesRead && !connection->isDead())
            wire.events->onReadable();
        context.flushAll();
    }
    void release(qsizetype index = 0)
    {
        Responder responder = std::move(handler.held.at(static_cast<std::size_t>(index)));
        responder.respond({.body = "released"});
        context.flushAll();
    }
    void after(std::chrono::milliseconds time)
    {
        connection->checkDeadline(LoopContext::nowMs() + time.count());
        context.flushAll();
    }
    [[nodiscard]] int answers() const { return static_cast<int>(wire.outgoing.count("HTTP/1.1 ")); }

    MemoryWire wire;
    NetProbe probe;
    TestHandler handler;
    LoopContext context{Limits{}, probe};
    std::unique_ptr<HttpConnection> connection;
};

QByteArray get(const QByteArray &path)
{
    return "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
}
} // namespace

class TestHttpConnection final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersPipelinedRequestsInOrder()
    {
        Bench bench;
        bench.receive(get("/a") + get("/hold") + get("/b"));
        QCOMPARE(bench.answers(), 1);
        QCOMPARE(bench.handler.paths.size(), 2); // the third is not even looked at
        bench.release();
        QCOMPARE(bench.answers(), 3);
        QVERIFY(bench.wire.outgoing.indexOf("released") < bench.wire.outgoing.indexOf("\r\n\r\n/b"));
    }

    void readsNoMoreWhileARequestIsUnderWay()
    {
        Bench bench;
        bench.receive(get("/hold"));
        bench.receive(get("/next"));
        QVERIFY(!bench.wire.watchesRead);
        QCOMPARE(bench.wire.incoming, get("/next"));
        bench.release();
        QVERIFY(bench.wire.watchesRead);
        bench.receive({});
        QCOMPARE(bench.answers(), 2);
    }

    void stopsReadingForAPeerThatDoesNotTakeItsAnswers()
    {
        Bench bench;
        bench.wire.room = 1000;
        bench.receive(get("/big") + get("/a"));
        bench.receive(get("/b"));
        QCOMPARE(bench.handler.paths, (QList<QByteArray>{"/big"}));
        QVERIFY(bench.wire.watchesWrite);
        bench.wire.room = 1 << 30;
        bench.wire.events->onWritable();
        bench.context.flushAll();
        bench.receive({});
        QCOMPARE(bench.handler.paths, (QList<QByteArray>{"/big", "/a", "/b"}));
        QCOMPARE(bench.answers(), 3);
    }

    void aHeadHasNoBody()
    {
        Bench bench;
        bench.receive("HEAD /abc HTTP/1.1\r\nHost: x\r\n\r\n");
        QVERIFY(bench.wire.outgoing.contains("Content-Length: 4\r\n"));
        QVERIFY(bench.wire.outgoing.endsWith("\r\n\r\n"));
    }

    void givesLeaveToSendABody()
    {
        Bench bench;
        bench.receive("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
        QCOMPARE(bench.wire.outgoing, "HTTP/1.1 100 Continue\r\n\r\n");
        bench.receive("ab");
        QVERIFY(bench.wire.outgoing.contains("HTTP/1.1 200"));
    }

    void givesNoLeaveForABodyThatIsTooLarge()
    {
        Bench bench;
        bench.receive("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 2000\r\nExpect: 100-continue\r\n\r\n");
        QVERIFY(bench.wire.outgoing.startsWith("HTTP/1.1 413"));
    }

    void refusesAnotherExpectation()
    {
        Bench bench;
        bench.receive("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: tea\r\n\r\nab");
        QVERIFY(bench.wire.outgoing.startsWith("HTTP/1.1 417"));
    }

    void lingersAfterARefusal()
    {
        Bench bench;
        bench.receive("bad\r\n\r\n");
        QVERIFY(bench.wire.outgoing.startsWith("HTTP/1.1 400"));
        QVERIFY(bench.wire.outgoing.contains("Connection: close\r\n"));
        QVERIFY(bench.wire.finished);
        QVERIFY(!bench.connection->isDead());
        bench.receive(QByteArray(1000, 'x'));
        QCOMPARE(bench.answers(), 1);
        bench.end();
        QVERIFY(bench.connection->isDead());
    }

    void lingersForABoundedTimeAndAmount()
    {
        Bench slow;
        slow.receive("bad\r\n\r\n");
        slow.after(std::chrono::seconds(6));
        QVERIFY(slow.connection->isDead());
        Bench loud;
        loud.receive("bad\r\n\r\n" + QByteArray(2 * 1024 * 1024, 'x'));
        QVERIFY(loud.connection->isDead());
    }

    void timesOut_data()
    {
        QTest::addColumn<QByteArray>("sent");
        QTest::addColumn<int>("after");
        QTest::addColumn<int>("status"); // 0: closed without a word, 1: goes on
        const QByteArray body("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 20\r\n\r\nab");
        QTest::newRow("nothing sent, early") << QByteArray() << 9'000 << 1;
        QTest::newRow("nothing sent") << QByteArray() << 10'100 << 0;
        QTest::newRow("part of a head, early") << QByteArray("GET /") << 9'000 << 1;
        QTest::newRow("part of a head") << QByteArray("GET /") << 10'100 << 408;
        QTest::newRow("only empty lines") << QByteArray("\r\n\r\n") << 10'100 << 408;
        QTest::newRow("part of a body, early") << body << 29'000 << 1;
        QTest::newRow("part of a body") << body << 30'100 << 408;
        QTest::newRow("between requests, early") << get("/a") << 74'000 << 1;
        QTest::newRow("between requests") << get("/a") << 75'100 << 0;
        QTest::newRow("at the handler") << get("/hold") << 1'000'000 << 1;
    }

    void timesOut()
    {
        QFETCH(QByteArray, sent);
        QFETCH(int, after);
        QFETCH(int, status);
        Bench bench;
        bench.receive(sent);
        bench.wire.outgoing.clear();
        bench.after(std::chrono::milliseconds(after));
        QCOMPARE(bench.connection->isDead(), status == 0);
        QCOMPARE(bench.wire.outgoing.mid(9, 3).toInt(), status > 1 ? status : 0);
    }

    void aPeerThatTakesNothingIsCut()
    {
        Bench bench;
        bench.wire.room = 10;
        bench.receive(get("/big"));
        bench.after(std::chrono::seconds(29));
        QVERIFY(!bench.connection->isDead());
        bench.after(std::chrono::seconds(31));
        QVERIFY(bench.connection->isDead());
    }

    void halfARequestIsRefused()
    {
        Bench bench;
        bench.receive("GET / HTT");
        bench.end();
        QVERIFY(bench.wire.outgoing.startsWith("HTTP/1.1 400"));
    }

    void aPeerThatEndsBetweenRequestsIsLetGo()
    {
        Bench bench;
        bench.receive(get("/a"));
        bench.end();
        QVERIFY(bench.connection->isDead());
        QCOMPARE(bench.answers(), 1);
    }

    void aDrainingServerRefuses()
    {
        Bench bench;
        bench.context.requests.close();
        bench.receive(get("/a"));
        QVERIFY(bench.wire.outgoing.startsWith("HTTP/1.1 503"));
        QVERIFY(bench.wire.outgoing.contains("Retry-After"));
        QVERIFY(bench.handler.paths.isEmpty());
    }

    void theGateHoldsWhatIsUnanswered()
    {
        Bench bench;
        bench.receive(get("/hold"));
        QCOMPARE(bench.context.requests.inside(), 1);
        bench.release();
        QCOMPARE(bench.context.requests.inside(), 0);
    }
};

QTEST_GUILESS_MAIN(TestHttpConnection)
#include "tst_http_connection.moc"
