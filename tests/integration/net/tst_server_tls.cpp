#include "echo_gateway.h"
#include "net/tls_context.h"
#include "tls_client.h"

#include <QRandomGenerator>
#include <QTest>

#include <openssl/ssl.h>

using namespace belfry::net;
using namespace belfry::net::test;

namespace {
CertificatePair newPair()
{
    return makeSelfSigned({"localhost", "127.0.0.1"}, 1).value();
}

std::shared_ptr<const TlsContext> contextOf(const CertificatePair &pair)
{
    return TlsContext::make(pair.certificate, pair.key).value();
}

/// What a client of TLS 1.3 says first, as far as its length goes.
QByteArray helloStart()
{
    return QByteArray::fromHex("16030101000100") + QByteArray(20, '\0');
}

Limits shortTimes()
{
    Limits limits;
    limits.headerTimeout = 200ms;
    limits.closeTimeout = 500ms;
    return limits;
}
} // namespace

class TestServerTls final : public QObject
{
    Q_OBJECT

private:
    CertificatePair m_pair;
    std::shared_ptr<const TlsContext> m_context;

private Q_SLOTS:
    void initTestCase()
    {
        m_pair = newPair();
        m_context = contextOf(m_pair);
    }

    void versions_data()
    {
        QTest::addColumn<int>("version");
        QTest::addColumn<QByteArray>("spoken"); // empty: refused
        QTest::newRow("1.0") << TLS1_VERSION << QByteArray();
        QTest::newRow("1.1") << TLS1_1_VERSION << QByteArray();
        QTest::newRow("1.2") << TLS1_2_VERSION << QByteArray("TLSv1.2");
        QTest::newRow("1.3") << TLS1_3_VERSION << QByteArray("TLSv1.3");
    }
    void versions()
    {
        QFETCH(int, version);
        QFETCH(QByteArray, spoken);
        RunningServer server({}, 1, m_context);
        TlsClient client(server.port(), {version, {}, nullptr});
        QCOMPARE(client.isShaken(), !spoken.isEmpty());
        if (spoken.isEmpty()) {
            QTRY_COMPARE(server->probe().tlsFailures.value(), 1U);
            QTRY_COMPARE(server->probe().connections.value(), 0);
            return;
        }
        QCOMPARE(client.version(), spoken);
        QCOMPARE(client.certificate(), m_pair.certificate);
        client.send(get("/"));
        QCOMPARE(client.answer().value().status, 200);
        QCOMPARE(server->probe().tlsHandshakes.value(), 1U);
    }

    void keepsTheConnectionAndPipelines()
    {
        RunningServer server({}, 1, m_context);
        TlsClient client(server.port());
        client.send(get("/").repeated(50));
        for (int i = 0; i < 50; ++i)
            QCOMPARE(client.answer().value().status, 200);
        client.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n" +
                    QByteArray(200'000, 'a'));
        QCOMPARE(client.answer().value().body.size(), 200'000);
    }

    // More than the kernel takes at once: what is encrypted and waits keeps its order.
    void bigAnswersArriveWhole()
    {
        RunningServer server({}, 1, m_context);
        TlsClient client(server.port());
        client.send(get("/big?20000000") + get("/big?3") + get("/big?70000"));
        for (const qsizetype size : {20'000'000, 3, 70'000}) {
            const auto answer = client.answer(20s);
            QVERIFY(answer);
            QCOMPARE(answer->body, QByteArray(size, 'b'));
        }
    }

    void theEndIsSaid()
    {
        RunningServer server({}, 1, m_context);
        TlsClient client(server.port());
        client.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        QCOMPARE(client.answer().value().status, 200);
        QVERIFY(client.untilClosed());
        QVERIFY(client.sawFarewell());
    }

    void webSockets()
    {
        RunningServer server({}, 1, m_context);
        TlsClient client(server.port());
        QVERIFY(client.upgrade());
        for (const qsizetype size : {0, 5, 200, 60'000}) {
            const QByteArray text(size, 't');
            client.sendFrame(1, text);
            QCOMPARE(client.frame().value().payload, text);
        }
        // Byte by byte, and several at once.
        for (const char c : clientFrame(1, "slowly"))
            client.send(QByteArray(1, c));
        QCOMPARE(client.frame().value().payload, "slowly");
        client.send(clientFrame(1, "a") + clientFrame(1, "b") + clientFrame(9, "ping"));
        QCOMPARE(client.frame().value().payload, "a");
        QCOMPARE(client.frame().value().payload, "b");
        QCOMPARE(client.frame().value().opcode, 10);
        client.sendFrame(8, QByteArray("\x03\xe8", 2));
        QCOMPARE(client.frame().value().closeCode(), 1000);
        QVERIFY(client.untilClosed());
        QVERIFY(client.sawFarewell());
        client.close();
        QTRY_COMPARE(server->probe().webSockets.value(), 0);
    }

    void framesBehindTheHandshakeAndAnAbruptEnd()
    {
        RunningServer server({}, 1, m_context);
        {
            TlsClient client(server.port());
            client.send("GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n" +
                        clientFrame(1, "early"));
            QCOMPARE(client.answer().value().status, 101);
            QCOMPARE(client.frame().value().payload, "early");
            QCOMPARE(server->probe().webSockets.value(), 1);
        }
        QTRY_COMPARE(server->probe().webSockets.value(), 0);
        QTRY_COMPARE(server->probe().connections.value(), 0);
    }

    void aSlowReaderIsCutAndOthersAreNot()
    {
        RunningServer server({}, 1, m_context);
        TlsClient slow(server.port());
        QVERIFY(slow.upgrade());
        TlsClient teller(server.port());
        for (int i = 0; i < 40 && server->probe().slowCut.value() == 0; ++i) {
            teller.send("POST /flood?500000 HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
            QCOMPARE(teller.answer().value().status, 200);
        }
        QCOMPARE(server->probe().slowCut.value(), 1U);
        // All that comes is whole frames, the last one says why.
        std::optional<RawFrame> last;
        while (const auto frame = slow.frame())
            last = frame;
        QCOMPARE(last.value().closeCode(), 4008);
    }

    void eventStreams()
    {
        RunningServer server({}, 1, m_context);
        TlsClient client(server.port());
        client.send(get("/stream"));
        QCOMPARE(client.answer().value().header("content-type"), "text/event-stream");
        QVERIFY(client.read(30).contains("event: welcome"));
    }

    void aNewCertificateIsForNewConnections()
    {
        RunningServer server({}, 2, m_context);
        TlsClient old(server.port());
        QVERIFY(old.upgrade());
        const CertificatePair next = newPair();
        server->setTls(0, contextOf(next));
        const auto shown = [&] { return TlsClient(server.port()).certificate(); };
        // Both loops have it once it was seen often enough; which of them accepts is the kernel's choice.
        QTRY_COMPARE(shown(), next.certificate);
        for (int i = 0; i < 8; ++i)
            QTRY_COMPARE(shown(), next.certificate);
        old.sendFrame(1, "still here");
        QCOMPARE(old.frame().value().payload, "still here");
        QCOMPARE(old.certificate(), m_pair.certificate);
    }

    void sessionsAreResumedUntilTheCertificateChanges()
    {
        RunningServer server({}, 1, m_context);
        TlsClient first(server.port());
        first.send(get("/"));
        QCOMPARE(first.answer().value().status, 200); // the ticket came before it
        SSL_SESSION *const session = first.session();
        QVERIFY(TlsClient(server.port(), {0, {}, session}).isResumed());
        server->setTls(0, contextOf(newPair()));
        QTRY_VERIFY(!TlsClient(server.port(), {0, {}, session}).isResumed());
        SSL_SESSION_free(session);
    }

    void onlyHttp11IsSpoken()
    {
        RunningServer server({}, 1, m_context);
        QCOMPARE(TlsClient(server.port(), {0, "\x02h2\x08http/1.1", nullptr}).protocol(), "http/1.1");
        QVERIFY(!TlsClient(server.port(), {0, QByteArray("\x02h2"), nullptr}).isShaken());
    }

    void plainHttpIsToldWhereItIs_data()
    {
        QTest::addColumn<QByteArray>("sent");
        QTest::newRow("GET") << get("/");
        QTest::newRow("a handshake") << QByteArray(
            "GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n\r\n");
        QTest::newRow("half a word") << QByteArray("PO");
        QTest::newRow("with a secret")
            << QByteArray("POST / HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer secret\r\n\r\n");
    }
    void plainHttpIsToldWhereItIs()
    {
        QFETCH(QByteArray, sent);
        RunningServer server({}, 1, m_context);
        RawClient client(server.port());
        client.send(sent);
        const auto answer = client.answer();
        QVERIFY(answer);
        QCOMPARE(answer->status, 400);
        QVERIFY2(answer->body.contains("https://") && !answer->body.contains("secret"), answer->body);
        QVERIFY(client.untilClosed());
        QCOMPARE(server->probe().requests.value(), 0U);
    }

    void slowHandshakesEnd_data()
    {
        QTest::addColumn<QByteArray>("sent");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("one byte") << QByteArray("\x16");
        QTest::newRow("half a hello") << helloStart();
    }
    void slowHandshakesEnd()
    {
        QFETCH(QByteArray, sent);
        RunningServer server(shortTimes(), 1, m_context);
        RawClient client(server.port());
        client.send(sent);
        QVERIFY(client.untilClosed(3s));
        QTRY_COMPARE(server->probe().connections.value(), 0);
    }

    void connectionsInTheirHandshakeCount()
    {
        Limits limits;
        limits.connectionsPerNode = 2;
        RunningServer server(limits, 1, m_context);
        RawClient first(server.port());
        RawClient second(server.port());
        QTRY_COMPARE(server->probe().connections.value(), 2);
        RawClient third(server.port());
        QVERIFY(third.untilClosed());
        QCOMPARE(server->probe().refused.value(), 1U);
        first.close();
        QTRY_COMPARE(server->probe().connections.value(), 1);
        QVERIFY(TlsClient(server.port()).isShaken());
    }

    // Whatever comes, the connection ends and the server goes on.
    void garbage()
    {
        RunningServer server(shortTimes(), 1, m_context);
        QRandomGenerator random(20261);
        for (int i = 0; i < 300; ++i) {
            QByteArray bytes(1 + random.bounded(600), '\0');
            for (char &c : bytes)
                c = static_cast<char>(random.bounded(256));
            if (i % 3 == 0)
                bytes.prepend(helloStart());
            else if (i % 3 == 1)
                bytes[0] = '\x16';
            RawClient client(server.port());
            client.send(bytes);
            client.finishSending();
            QVERIFY(client.untilClosed());
        }
        QTRY_COMPARE(server->probe().connections.value(), 0);
        TlsClient client(server.port());
        client.send(get("/"));
        QCOMPARE(client.answer().value().status, 200);
    }

    void garbageBehindAGoodHandshake()
    {
        RunningServer server(shortTimes(), 1, m_context);
        for (const QByteArray &bytes :
             {QByteArray(400, '\x17'), QByteArray::fromHex("1703030010") + QByteArray(16, 'x'),
              QByteArray::fromHex("15030300020100"),
              QByteArray::fromHex("170303ffff") + QByteArray(99, 'y')}) {
            TlsClient client(server.port());
            QVERIFY(client.isShaken());
            client.RawClient::send(bytes); // past the encryption
            QVERIFY(client.untilClosed());
        }
        QTRY_COMPARE(server->probe().connections.value(), 0);
    }

    void stopsWithConnectionsInEveryState()
    {
        RunningServer server({}, 1, m_context);
        RawClient silent(server.port());
        RawClient half(server.port());
        half.send(helloStart());
        TlsClient idle(server.port());
        TlsClient socket(server.port());
        QVERIFY(socket.upgrade());
        server->stop();
        QCOMPARE(socket.frame().value().closeCode(), 1012);
        QVERIFY(idle.untilClosed());
        QCOMPARE(server->probe().connections.value(), 0);
    }
};

QTEST_GUILESS_MAIN(TestServerTls)
#include "tst_server_tls.moc"
