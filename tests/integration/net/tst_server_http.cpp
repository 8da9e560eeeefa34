#include "echo_gateway.h"
#include "raw_client.h"

#include <QTest>

using namespace belfry::net;
using namespace belfry::net::test;

class TestServerHttp final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_server = std::make_unique<RunningServer>(Limits{}, 2); }
    void cleanupTestCase() { m_server.reset(); }

    void answersOnAKeptConnection()
    {
        RawClient client(port());
        for (int i = 0; i < 3; ++i) {
            const QByteArray body = QByteArray::number(i);
            QVERIFY(client.send(post("/echo", body)));
            const auto answer = client.answer();
            QVERIFY(answer);
            QCOMPARE(answer->status, 200);
            QCOMPARE(answer->body, body);
            QVERIFY(answer->header("date").endsWith(" GMT"));
            QVERIFY(answer->header("connection").isEmpty());
        }
    }

    void answersInAnotherTurn()
    {
        RawClient client(port());
        client.send(post("/later", "tea") + post("/later", "cake"));
        QCOMPARE(client.answer().value().body, "tea");
        QCOMPARE(client.answer().value().body, "cake");
    }

    void answersPipelinedRequestsInOrder()
    {
        RawClient client(port());
        QByteArray all;
        for (int i = 0; i < 500; ++i)
            all += post(i % 3 == 0 ? "/later" : "/echo", QByteArray::number(i));
        client.send(all);
        for (int i = 0; i < 500; ++i) {
            const auto answer = client.answer();
            QVERIFY(answer);
            QCOMPARE(answer->body, QByteArray::number(i));
        }
    }

    void takesABodyInChunks()
    {
        RawClient client(port());
        client.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (const char *piece : {"3\r\nabc\r\n", "2;q=\"x\"\r\nd", "e\r", "\n0\r\nX: y\r\n\r\n"}) {
            client.send(piece);
            QTest::qSleep(2); // so that they arrive in several reads; nothing depends on it
        }
        QCOMPARE(client.answer().value().body, "abcde");
    }

    void takesALargeBody()
    {
        RawClient client(port());
        const QByteArray body(3'000'000, 'l');
        client.send(post("/batch", body));
        QCOMPARE(client.answer(10s).value().body, body);
        client.send(post("/echo", QByteArray(256 * 1024, 'x')));
        QCOMPARE(client.answer().value().body.size(), 256 * 1024);
    }

    void givesLeaveToSendABody()
    {
        RawClient client(port());
        client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-Continue\r\n\r\n");
        QCOMPARE(client.read(25), "HTTP/1.1 100 Continue\r\n\r\n");
        client.send("ok");
        QCOMPARE(client.answer().value().body, "ok");
    }

    void headHasTheLengthAndNoBody()
    {
        RawClient client(port());
        client.send("HEAD /big?1000 HTTP/1.1\r\nHost: x\r\n\r\n" + get("/"));
        const auto head = client.answer(5s, true);
        QCOMPARE(head.value().header("content-length"), "1000");
        QCOMPARE(client.answer().value().body, "path / query ");
    }

    void sendsALargeAnswer()
    {
        RawClient client(port());
        client.send(get("/big?20000000"));
        QCOMPARE(client.answer(20s).value().body.size(), 20'000'000);
        client.send(get("/"));
        QCOMPARE(client.answer().value().status, 200);
    }

    void closesWhenAsked()
    {
        RawClient client(port());
        client.send(get("/", "Connection: close\r\n"));
        const auto answer = client.answer();
        QCOMPARE(answer.value().header("connection"), "close");
        QVERIFY(client.untilClosed());
    }

    void speaksHttp10()
    {
        RawClient once(port());
        once.send("GET / HTTP/1.0\r\n\r\n");
        QCOMPARE(once.answer().value().header("connection"), "close");
        QVERIFY(once.untilClosed());
        RawClient kept(port());
        kept.send("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n");
        QCOMPARE(kept.answer().value().header("connection"), "keep-alive");
        kept.send("GET / HTTP/1.0\r\n\r\n");
        QCOMPARE(kept.answer().value().status, 200);
    }

    void unknownMethodsReachTheHandler()
    {
        RawClient client(port());
        client.send("BREW / HTTP/1.1\r\nHost: x\r\n\r\n" + get("/"));
        const auto answer = client.answer();
        QCOMPARE(answer.value().status, 405);
        QCOMPARE(answer.value().header("allow"), "GET, HEAD, POST");
        QCOMPARE(client.answer().value().status, 200);
    }

    void aForgottenRequestIsAnswered()
    {
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("dropped without an answer")));
        RawClient client(port());
        client.send(get("/drop"));
        QCOMPARE(client.answer().value().status, 500);
        client.send(get("/"));
        QCOMPARE(client.answer().value().status, 200);
    }

    void anAnswerForWhoHasGoneIsDropped()
    {
        {
            RawClient gone(port());
            gone.send(get("/hold"));
            QTRY_VERIFY((*m_server)->probe().requests.value() > 0);
        }
        // The connections are spread over the loops: each loop has one that releases.
        for (int i = 0; i < 20; ++i) {
            RawClient other(port());
            other.send(post("/release", ""));
            QCOMPARE(other.answer().value().status, 200);
        }
    }

    void answersAfterThePeerHasFinishedSending()
    {
        RawClient client(port());
        client.send(post("/later", "late"));
        client.finishSending();
        QCOMPARE(client.answer().value().body, "late");
        QVERIFY(client.untilClosed());
    }

    void tellsWhoIsThere()
    {
        RawClient client(port());
        client.send(get("/peer"));
        QCOMPARE(client.answer().value().body, "127.0.0.1 127.0.0.1 loopback");
    }

    void aWildcardListenerIsNotLoopback()
    {
        auto server = makeEchoServer({.listen = {{QHostAddress(QHostAddress::AnyIPv4), 0}}, .loops = 1});
        QVERIFY(server->start());
        RawClient client(server->addresses().front().split(':').last().toUShort());
        client.send(get("/peer"));
        QCOMPARE(client.answer().value().body, "127.0.0.1 127.0.0.1 remote");
    }

    void manyClientsAtOnce()
    {
        std::vector<std::unique_ptr<RawClient>> clients;
        for (int i = 0; i < 200; ++i)
            clients.push_back(std::make_unique<RawClient>(port()));
        for (int round = 0; round < 3; ++round) {
            for (std::size_t i = 0; i < clients.size(); ++i)
                clients[i]->send(post("/later", QByteArray::number(static_cast<int>(i))));
            for (std::size_t i = 0; i < clients.size(); ++i)
                QCOMPARE(clients[i]->answer().value().body, QByteArray::number(static_cast<int>(i)));
        }
    }

private:
    [[nodiscard]] quint16 port() const { return m_server->port(); }
    std::unique_ptr<RunningServer> m_server;
};

QTEST_GUILESS_MAIN(TestServerHttp)
#include "tst_server_http.moc"
