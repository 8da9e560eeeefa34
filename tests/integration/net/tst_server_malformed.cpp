#include "echo_gateway.h"
#include "process_facts.h"
#include "raw_client.h"

#include <QTest>
#include <algorithm>
#include <thread>

using namespace belfry::net;
using namespace belfry::net::test;

namespace {

/// Requests that are refused, each with its status.
struct Bad
{
    const char *name;
    QByteArray bytes;
    int status;
};

std::vector<Bad> badRequests()
{
    const QByteArray head("POST /echo HTTP/1.1\r\nHost: x\r\n");
    const QByteArray chunked = head + "Transfer-Encoding: chunked\r\n\r\n";
    return {
        {"garbage", "\x01\x02\x03\x04\r\n\r\n", 400},
        {"TLS hello", QByteArray("\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03", 11), 400},
        {"NUL bytes", QByteArray(100, '\0'), 400},
        {"words", "how are you\r\n\r\n", 400},
        {"HTTP/0.9", "GET /\r\n\r\n", 400},
        {"HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
        {"HTTP/3.0", "GET / HTTP/3.0\r\nHost: x\r\n\r\n", 505},
        {"bare line feeds", "GET / HTTP/1.1\nHost: x\n\n", 400},
        {"no Host", "GET / HTTP/1.1\r\n\r\n", 400},
        {"two Hosts", "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400},
        {"folded line", "GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n", 400},
        {"space before the colon", "GET / HTTP/1.1\r\nHost : x\r\n\r\n", 400},
        {"field without a name", "GET / HTTP/1.1\r\nHost: x\r\n: y\r\n\r\n", 400},
        {"length and chunked", head + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
         400},
        {"two lengths", head + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello", 400},
        {"two equal lengths", head + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello", 400},
        {"length list", head + "Content-Length: 5, 5\r\n\r\nhello", 400},
        {"negative length", head + "Content-Length: -5\r\n\r\nhello", 400},
        {"length with a plus", head + "Content-Length: +5\r\n\r\nhello", 400},
        {"hexadecimal length", head + "Content-Length: 0x5\r\n\r\nhello", 400},
        {"empty length", head + "Content-Length:\r\n\r\nhello", 400},
        {"length beyond 64 bits", head + "Content-Length: 18446744073709551616\r\n\r\n", 400},
        {"gzip", head + "Transfer-Encoding: gzip\r\n\r\n", 501},
        {"gzip and a length", head + "Transfer-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello", 501},
        {"chunked, identity", head + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n", 501},
        {"identity, chunked", head + "Transfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n", 501},
        {"chunked twice", head + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
         501},
        {"chunked in HTTP/1.0", "POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
        {"bad chunk size", chunked + "zz\r\n", 400},
        {"chunk size with 0x", chunked + "0x5\r\nhello\r\n0\r\n\r\n", 400},
        {"bare line feed after a chunk size", chunked + "5\nhello\r\n0\r\n\r\n", 400},
        {"chunk size too large", chunked + "fffffffffffffffff\r\n", 400},
        {"chunk too long", chunked + "5\r\nhello you\r\n0\r\n\r\n", 400},
        {"long chunk line", chunked + "5;" + QByteArray(300, 'a') + "\r\nhello\r\n0\r\n\r\n", 400},
        {"large trailers", chunked + "0\r\n" + QByteArray("a: b\r\n").repeated(1000), 431},
        {"length above the limit", head + "Content-Length: 262145\r\n\r\n", 413},
        {"length far above the limit", head + "Content-Length: 600000000000\r\n\r\n", 413},
        {"chunks above the limit",
         chunked + QByteArray("8000\r\n" + QByteArray(0x8000, 'c') + "\r\n").repeated(9), 413},
        {"long request line", "GET /" + QByteArray(9000, 'a') + " HTTP/1.1\r\n", 414},
        {"long header line", "GET / HTTP/1.1\r\nHost: x\r\nA: " + QByteArray(9000, 'a'), 431},
        {"long header",
         "GET / HTTP/1.1\r\nHost: x\r\n" + QByteArray("A: " + QByteArray(4000, 'a') + "\r\n").repeated(5),
         431},
        {"many header lines", "GET / HTTP/1.1\r\nHost: x\r\n" + QByteArray("A: b\r\n").repeated(101) + "\r\n",
         431},
        {"unknown expectation", head + "Content-Length: 5\r\nExpect: the worst\r\n\r\nhello", 417},
        {"handshake without a key",
         "GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: "
         "13\r\n\r\n",
         400},
        {"handshake of version 8",
         "GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: "
         "8\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
         426},
    };
}

/// Frames that end a WebSocket, and messages that only the gateway could read.
QByteArrayList badFrames()
{
    enum Opcode { Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9 };
    const QByteArray piece(40'000, 'x');
    return {"\xc1" + clientFrame(Text, "x").sliced(1),
            clientFrame(3, "x"),
            clientFrame(Ping, QByteArray(126, 'p')),
            clientFrame(Ping, "p", false),
            clientFrame(Continuation, "x"),
            clientFrame(Text, "a", false) + clientFrame(Text, "b"),
            clientFrame(Text, "\xff\xfe"),
            clientFrame(Text, QByteArray(64 * 1024 + 1, 'x')),
            clientFrame(Text, piece, false) + clientFrame(Continuation, piece),
            clientFrame(Text, piece, false), // and no more
            QByteArray("\x81\xff\xff\xff\xff\xff\xff\xff\xff\xff", 10) + "maskdata",
            clientFrame(Text, "{\"type\":\"hello\"").repeated(20),
            clientFrame(Binary, QByteArray(1000, '\0')),
            clientFrame(Close, "x")};
}

constexpr qint64 grownAtMostKiB = allowedGrowthKiB(2048);

Limits impatientLimits()
{
    Limits limits;
    limits.headerTimeout = 300ms;
    limits.idleTimeout = 300ms;
    limits.bodyStall = 300ms;
    limits.bodyTotal = 900ms;
    limits.closeTimeout = 300ms;
    return limits;
}
} // namespace

class TestServerMalformed final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("status");
        for (const Bad &bad : badRequests())
            QTest::newRow(bad.name) << bad.bytes << bad.status;
    }

    void isRefused()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, status);
        RunningServer server;
        for (const QByteArray &before : {QByteArray(), get()}) {
            RawClient client(server.port());
            client.send(before + bytes + get()); // what follows a refusal is not answered
            if (!before.isEmpty())
                QCOMPARE(client.answer().value().status, 200);
            const auto answer = client.answer();
            QVERIFY(answer);
            QCOMPARE(answer->status, status);
            QCOMPARE(answer->header("connection"), "close");
            QVERIFY(answer->body.startsWith("refused: "));
            QCOMPARE(client.untilClosed().value_or("not closed"), "");
        }
    }

    void slowOnesAreCut_data()
    {
        QTest::addColumn<QByteArray>("first");
        QTest::addColumn<QByteArray>("then");
        QTest::addColumn<int>("status");
        const QByteArray body("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n");
        const QByteArray chunked("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
        QTest::newRow("silent") << QByteArray() << QByteArray() << 0;
        QTest::newRow("half a head") << QByteArray("GET / HT") << QByteArray() << 408;
        QTest::newRow("a head that drips")
            << QByteArray("GET / HTTP/1.1\r\n") << QByteArray("a: b\r\n") << 408;
        QTest::newRow("empty lines that drip") << QByteArray("\r\n") << QByteArray("\r\n") << 408;
        QTest::newRow("half a body") << body + "half" << QByteArray() << 408;
        QTest::newRow("a body that drips") << body << QByteArray("b") << 408;
        QTest::newRow("chunks that drip") << chunked << QByteArray("1\r\nx\r\n") << 408;
        QTest::newRow("idle") << get() << QByteArray() << 200;
    }

    void slowOnesAreCut()
    {
        QFETCH(QByteArray, first);
        QFETCH(QByteArray, then);
        QFETCH(int, status);
        RunningServer server(impatientLimits());
        RawClient client(server.port());
        client.send(first);
        QElapsedTimer clock;
        clock.start();
        std::optional<QByteArray> all;
        while (clock.elapsed() < 5000 && !(all = client.untilClosed(50ms)))
            client.send(then);
        QVERIFY(all);
        QCOMPARE(all->mid(9, 3).toInt(), status);
        QVERIFY2(clock.elapsed() < 2500, qPrintable(QString::number(clock.elapsed())));
    }

    void halfRequestsEnd()
    {
        RunningServer server;
        RawClient client(server.port());
        client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhel");
        client.finishSending();
        QVERIFY(client.untilClosed().value().startsWith("HTTP/1.1 400"));
    }

    // Ten thousand of them leave nothing behind, and others hardly notice.
    void manyBadConnectionsLeakNothing()
    {
        RunningServer server;
        const std::vector<Bad> kinds = badRequests();
        const QByteArrayList frames = badFrames();
        const auto misbehave = [&](int count) {
            for (int i = 0; i < count; ++i) {
                RawClient client(server.port());
                if (i % 5 == 4) { // behind a good handshake
                    QVERIFY(client.upgrade());
                    client.send(frames[i / 5 % frames.size()]);
                    if (i % 2 == 0)
                        client.finishSending();
                    continue;
                }
                const Bad &bad = kinds[static_cast<std::size_t>(i) % kinds.size()];
                switch (i % 4) {
                case 0: // goes away without reading
                    client.send(bad.bytes);
                    break;
                case 1: // half of it
                    client.send(bad.bytes.left(bad.bytes.size() / 2));
                    break;
                case 2: // nothing at all
                    break;
                default:
                    client.send(bad.bytes);
                    client.finishSending();
                    client.untilClosed(1s);
                    break;
                }
            }
        };
        const auto settle = [&] {
            QTRY_COMPARE_WITH_TIMEOUT(server->probe().connections.value(), 0, 20'000);
        };
        misbehave(2000); // so that pools and caches have their size
        settle();
        const int descriptors = openDescriptors();
        const qint64 before = residentKiB();

        std::atomic<bool> done{false};
        std::vector<qint64> took;
        std::thread other([&] {
            RawClient client(server.port());
            while (!done) {
                QElapsedTimer clock;
                clock.start();
                client.send(get());
                if (!client.answer())
                    break;
                took.push_back(clock.nsecsElapsed());
                std::this_thread::sleep_for(1ms);
            }
        });
        misbehave(10'000);
        done = true;
        other.join();
        settle();
        QCOMPARE(openDescriptors(), descriptors);
        const qint64 grown = residentKiB() - before;
        QVERIFY2(grown < grownAtMostKiB, qPrintable(QStringLiteral("%1 KiB").arg(grown)));
        QVERIFY(took.size() > 100);
        std::ranges::sort(took);
        const qint64 p99 = took[took.size() * 99 / 100];
        QVERIFY2(p99 < 50'000'000, qPrintable(QString::number(p99)));
    }
};

QTEST_GUILESS_MAIN(TestServerMalformed)
#include "tst_server_malformed.moc"
