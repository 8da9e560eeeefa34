#include "echo_gateway.h"
#include "raw_client.h"

#include <QTest>

using namespace belfry::net;
using namespace belfry::net::test;

namespace {
enum Opcode { Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };

QByteArray closePayload(int code, const QByteArray &reason = {})
{
    return QByteArray().append(static_cast<char>(code >> 8)).append(static_cast<char>(code)) + reason;
}

void tell(RunningServer &server, const QByteArray &request)
{
    RawClient other(server.port());
    other.send(request);
    QVERIFY(other.answer());
}
} // namespace

class TestServerWebSocket final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void upgrades()
    {
        RunningServer server;
        RawClient with(server.port());
        QVERIFY(with.upgrade("/ws?a=b", "belfry.v1"));
        RawClient without(server.port());
        QVERIFY(without.upgrade("/ws", ""));
        QCOMPARE(server->probe().webSockets.value(), 2);
        with.sendFrame(Text, "h\xc3\xa4llo");
        QCOMPARE(with.frame().value().payload, "h\xc3\xa4llo");
    }

    void anUnknownSubprotocolIsTheHandlersToRefuse()
    {
        RunningServer server;
        RawClient client(server.port());
        client.send("GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: "
                    "Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: other\r\n\r\n");
        QCOMPARE(client.answer().value().status, 400);
        client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n"); // still HTTP
        QCOMPARE(client.answer().value().status, 200);
    }

    // Long, odd or many headers do not matter to the handshake behind: it sees one of ours.
    void theClientsHeadersDoNotMatter()
    {
        RunningServer server;
        RawClient client(server.port());
        client.send("GET /ws HTTP/1.1\r\nHost: user@x\r\n\r\n");
        QCOMPARE(client.answer().value().status, 400);
        RawClient other(server.port());
        other.send("GET /ws HTTP/1.1\r\nhost: x\r\nUPGRADE: WebSocket\r\nconnection: keep-alive, "
                   "Upgrade\r\nsec-websocket-version: 13\r\n"
                   "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-protocol: chat, "
                   "belfry.v1\r\nCookie: " +
                   QByteArray(8000, 'c') + "\r\n" + QByteArray("X: y\r\n").repeated(90) + "\r\n");
        const auto answer = other.answer();
        QCOMPARE(answer.value().status, 101);
        QCOMPARE(answer.value().header("sec-websocket-protocol"), "belfry.v1");
    }

    void framesMayComeRightBehindTheHandshake()
    {
        RunningServer server;
        RawClient client(server.port());
        client.send("GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: "
                    "Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n" +
                    clientFrame(Text, "early") + clientFrame(Text, "bird"));
        QCOMPARE(client.answer().value().status, 101);
        QCOMPARE(client.frame().value().payload, "early");
        QCOMPARE(client.frame().value().payload, "bird");
    }

    void joinsFragmentsAndAnswersPingsBetween()
    {
        RunningServer server;
        RawClient client(server.port());
        QVERIFY(client.upgrade());
        client.sendFrame(Text, "one ", false);
        client.sendFrame(Ping, "p");
        client.sendFrame(Continuation, "two", true);
        const auto pong = client.frame();
        QCOMPARE(pong.value().opcode, Pong);
        QCOMPARE(pong.value().payload, "p");
        QCOMPARE(client.frame().value().payload, "one two");
    }

    void tellsOfBinariesAndPongs()
    {
        RunningServer server;
        RawClient client(server.port());
        QVERIFY(client.upgrade());
        client.sendFrame(Binary, QByteArray(1000, 'b'));
        QCOMPARE(client.frame().value().payload, "binary 1000");
        client.sendFrame(Pong, "17");
        QCOMPARE(client.frame().value().payload, "pong 17");
    }

    void badFrames_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("code");
        const auto row = [](const char *name, const QByteArray &bytes, int code) {
            QTest::newRow(name) << bytes << code;
        };
        row("RSV1", "\xc1" + clientFrame(Text, "x").sliced(1), 1002);
        row("RSV3", "\x91" + clientFrame(Text, "x").sliced(1), 1002);
        row("opcode 3", clientFrame(3, "x"), 1002);
        row("opcode 15", clientFrame(15, "x"), 1002);
        row("long ping", clientFrame(Ping, QByteArray(126, 'p')), 1002);
        row("ping in pieces", clientFrame(Ping, "p", false), 1002);
        row("continuation of nothing", clientFrame(Continuation, "x"), 1002);
        row("text inside a text", clientFrame(Text, "a", false) + clientFrame(Text, "b"), 1002);
        row("bad UTF-8", clientFrame(Text, "\xff\xfe"), 1007);
        row("surrogate in UTF-8", clientFrame(Text, "\xed\xa0\x80"), 1007);
        row("message too big", clientFrame(Text, QByteArray(64 * 1024 + 1, 'x')), 1009);
        row("pieces too big",
            clientFrame(Text, QByteArray(40'000, 'x'), false) +
                clientFrame(Continuation, QByteArray(40'000, 'x')),
            1009);
        row("a length that cannot be",
            QByteArray("\x81\xff\xff\xff\xff\xff\xff\xff\xff\xff", 10) + "maskdata", 1002);
        row("a length that is too long",
            QByteArray("\x81\xff\x00\x00\x00\x7f\xff\xff\xff\xff", 10) + "maskdata", 1009);
        row("length not in its shortest form", QByteArray("\x81\xfe\x00\x05", 4) + "maskhello", 1002);
        row("close of one byte", clientFrame(Close, "x"), 1002);
        row("close with 1005", clientFrame(Close, closePayload(1005)), 1002);
        row("close with 999", clientFrame(Close, closePayload(999)), 1002);
        row("close with bad UTF-8", clientFrame(Close, closePayload(1000, "\xff")), 1007);
        row("close", clientFrame(Close, closePayload(1000, "bye")), 1000);
        row("close without a code", clientFrame(Close, ""), 1000);
        row("close with 4711", clientFrame(Close, closePayload(4711)), 4711);
    }

    void badFrames()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, code);
        RunningServer server;
        RawClient client(server.port());
        QVERIFY(client.upgrade());
        client.sendFrame(Text, "before");
        QCOMPARE(client.frame().value().payload, "before");
        client.send(bytes + clientFrame(Text, "after")); // nothing is understood after it
        const auto frame = client.frame();
        QVERIFY(frame);
        QCOMPARE(frame->opcode, Close);
        QCOMPARE(frame->closeCode(), code);
        QCOMPARE(client.untilClosed().value_or("open"), "");
        client.close();
        QTRY_COMPARE(server->probe().webSockets.value(), 0);
    }

    void closesWithItsCode()
    {
        RunningServer server;
        RawClient client(server.port());
        QVERIFY(client.upgrade());
        tell(server, post("/close?4001"));
        const auto frame = client.frame();
        QCOMPARE(frame.value().closeCode(), 4001);
        QCOMPARE(frame.value().payload.sliced(2), "as asked");
        client.sendFrame(Text, "not heard");
        client.sendFrame(Close, closePayload(4001));
        QCOMPARE(client.untilClosed().value_or("open"), "");
    }

    // Who does not close its side is cut after the time-out.
    void aCloseIsBounded()
    {
        Limits limits;
        limits.closeTimeout = 200ms;
        RunningServer server(limits);
        RawClient client(server.port());
        QVERIFY(client.upgrade());
        tell(server, post("/close?4000"));
        QTRY_COMPARE_WITH_TIMEOUT(server->probe().webSockets.value(), 0, 2000);
    }

    // The same where no HTTP connection is open whose deadlines would be looked at.
    void aCloseByTheServerIsBoundedWithoutHttp()
    {
        Limits limits;
        limits.closeTimeout = 200ms;
        RunningServer server(limits);
        RawClient client(server.port());
        QVERIFY(client.upgrade());
        client.sendFrame(Text, "live");
        QCOMPARE(client.frame().value().payload, "live");
        client.send(clientFrame(3, "x"));
        QCOMPARE(client.frame().value().closeCode(), 1002);
        QTRY_COMPARE_WITH_TIMEOUT(server->probe().connections.value(), 0, 2000);
    }

    void aPeerThatBreaksOffIsNoticed()
    {
        RunningServer server;
        {
            RawClient client(server.port());
            QVERIFY(client.upgrade());
        }
        QTRY_COMPARE(server->probe().webSockets.value(), 0);
        QTRY_COMPARE(server->probe().connections.value(), 0);
    }

    void whatComesInOneTurnGoesOutInOneCall()
    {
        RunningServer server;
        RawClient client(server.port());
        QVERIFY(client.upgrade());
        RawClient poster(server.port());
        poster.send(post("/echo"));
        QVERIFY(poster.answer());
        const quint64 before = server->probe().sendCalls.value();
        QByteArray all;
        for (int i = 0; i < 8; ++i)
            all += post("/api/v1/notifications", QByteArray::number(i));
        poster.send(all);
        for (int i = 0; i < 8; ++i) {
            const QByteArray text = client.frame().value().payload;
            QVERIFY2(text.endsWith(":" + QByteArray::number(i) + "}"), text);
        }
        for (int i = 0; i < 8; ++i)
            QCOMPARE(poster.answer().value().status, 202);
        // One for the socket, one for the answers; two each when the requests came in two reads.
        const quint64 calls = server->probe().sendCalls.value() - before;
        QVERIFY2(calls <= 4, qPrintable(QString::number(calls)));
    }

    void aSlowClientIsCutWith4008()
    {
        Limits limits;
        limits.waitingBytes = 256 * 1024;
        RunningServer server(limits);
        RawClient slow(server.port(), 4096);
        RawClient good(server.port());
        QVERIFY(slow.upgrade());
        QVERIFY(good.upgrade());
        for (int i = 0; i < 100 && server->probe().slowCut.value() == 0; ++i) {
            tell(server, post("/flood?150000"));
            QCOMPARE(good.frame().value().payload.size(), 150'000);
        }
        QCOMPARE(server->probe().slowCut.value(), 1U);
        // What was on the wire arrives whole, then the reason.
        int closeCode = 0;
        while (closeCode == 0) {
            const auto frame = slow.frame();
            QVERIFY(frame);
            if (frame->opcode == Close)
                closeCode = frame->closeCode();
            else if (frame->payload != "drained")
                QCOMPARE(frame->payload.size(), 150'000);
        }
        QCOMPARE(closeCode, 4008);
        QCOMPARE(slow.untilClosed().value_or("open"), "");
    }

    void tellsWhenAllHasGoneOut()
    {
        Limits limits;
        limits.waitingBytes = 64 * 1024 * 1024;
        RunningServer server(limits);
        RawClient client(server.port(), 4096);
        QVERIFY(client.upgrade());
        // More than the kernel takes, less than the limit.
        for (int i = 0; i < 60; ++i)
            tell(server, post("/flood?100000"));
        QByteArray last;
        while (const auto frame = client.frame(1s)) {
            last = frame->payload;
            if (last == "drained")
                break;
        }
        QCOMPARE(last, "drained");
    }

    // QWebSocket 6.4 does not ask for the mask: named in README.md, and here, so that a change is seen.
    void unmaskedFramesAreTaken()
    {
        RunningServer server;
        RawClient client(server.port());
        QVERIFY(client.upgrade());
        client.sendFrame(Text, "bare", true, false);
        QCOMPARE(client.frame().value().payload, "bare");
    }
};

QTEST_GUILESS_MAIN(TestServerWebSocket)
#include "tst_server_websocket.moc"
