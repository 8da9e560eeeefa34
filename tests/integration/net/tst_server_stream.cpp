#include "echo_gateway.h"
#include "raw_client.h"

#include <QTest>

using namespace belfry::net;
using namespace belfry::net::test;

namespace {
QByteArray publish(const QByteArray &text)
{
    return "POST /publish HTTP/1.1\r\nHost: x\r\nContent-Length: " + QByteArray::number(text.size()) +
           "\r\n\r\n" + text;
}
} // namespace

class TestServerStream final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void streamsInChunks()
    {
        RunningServer server;
        RawClient client(server.port());
        client.send("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n");
        const auto head = client.answer(5s, true);
        QCOMPARE(head.value().status, 200);
        QCOMPARE(head.value().header("content-type"), "text/event-stream");
        QCOMPARE(head.value().header("transfer-encoding"), "chunked");
        QVERIFY(head.value().header("content-length").isEmpty());
        QCOMPARE(client.read(31), "19\r\nevent: welcome\ndata: {}\n\n\r\n");
    }

    void whatComesInOneTurnIsOneChunk()
    {
        RunningServer server;
        RawClient client(server.port());
        client.send("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n");
        QVERIFY(client.answer(5s, true));
        client.read(31);
        RawClient other(server.port());
        other.send(publish("data: 1\n\n") + publish("data: 2\n\n"));
        QCOMPARE(other.answer().value().status, 200);
        QCOMPARE(client.read(24), "12\r\ndata: 1\n\ndata: 2\n\n\r\n");
    }

    void endsWithTheLastChunk()
    {
        RunningServer server;
        RawClient client(server.port());
        client.send("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n");
        QVERIFY(client.answer(5s, true));
        client.read(31);
        RawClient other(server.port());
        other.send("POST /close?1000 HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
        QCOMPARE(client.untilClosed().value_or("open"), "0\r\n\r\n");
    }

    void anHttp10ClientReadsUntilTheEnd()
    {
        RunningServer server;
        RawClient client(server.port());
        client.send("GET /stream HTTP/1.0\r\n\r\n");
        const auto head = client.answer(5s, true);
        QVERIFY(head.value().header("transfer-encoding").isEmpty());
        QCOMPARE(head.value().header("connection"), "close");
        QCOMPARE(client.read(25), "event: welcome\ndata: {}\n\n");
        RawClient other(server.port());
        other.send("POST /close?1000 HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
        QVERIFY(client.untilClosed());
    }

    void aHeadGetsTheHeadOnly()
    {
        RunningServer server;
        RawClient client(server.port());
        client.send("HEAD /stream HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n");
        QCOMPARE(client.answer(5s, true).value().status, 200);
        QCOMPARE(client.answer().value().body, "path / query ");
    }

    void aClientThatGoesIsNoticed()
    {
        RunningServer server;
        {
            RawClient client(server.port());
            client.send("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n");
            QVERIFY(client.answer(5s, true));
            QCOMPARE(server->probe().eventStreams.value(), 1);
        }
        QTRY_COMPARE(server->probe().eventStreams.value(), 0);
        QTRY_COMPARE(server->probe().connections.value(), 0);
    }

    void aSlowClientIsCut()
    {
        Limits limits;
        limits.waitingBytes = 64 * 1024;
        RunningServer server(limits);
        RawClient client(server.port(), 4096);
        client.send("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n");
        QVERIFY(client.answer(5s, true));
        RawClient other(server.port());
        const QByteArray text(200'000, 's');
        for (int i = 0; i < 100 && server->probe().slowCut.value() == 0; ++i) {
            other.send(publish(text));
            QVERIFY(other.answer());
        }
        QCOMPARE(server->probe().slowCut.value(), 1U);
        QTRY_COMPARE(server->probe().eventStreams.value(), 0);
    }
};

QTEST_GUILESS_MAIN(TestServerStream)
#include "tst_server_stream.moc"
