#include "net/http_writer.h"

#include <QTest>

using namespace belfry::net;

class TestHttpWriter final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesAHead()
    {
        const HttpResponse response{
            .status = 201, .contentType = "a/b", .body = "12345", .headers = {{"X-Y", "z"}}};
        QCOMPARE(
            writeHead(response, {.date = "D"}),
            "HTTP/1.1 201 Created\r\nDate: D\r\nContent-Type: a/b\r\nX-Y: z\r\nContent-Length: 5\r\n\r\n");
    }

    // RFC 9110, section 15.6.2.
    void aTransferCodingNobodyKnowsHasItsReason()
    {
        QVERIFY(writeHead({.status = 501}, {}).startsWith("HTTP/1.1 501 Not Implemented\r\n"));
    }

    void saysHowTheConnectionGoesOn()
    {
        QVERIFY(!writeHead({}, {.minorVersion = 1, .keepAlive = true}).contains("Connection"));
        QVERIFY(writeHead({}, {.minorVersion = 1, .keepAlive = false}).contains("Connection: close\r\n"));
        QVERIFY(writeHead({}, {.minorVersion = 0, .keepAlive = true}).contains("Connection: keep-alive\r\n"));
    }

    void aStatusWithoutABodyHasNoLength()
    {
        QVERIFY(!writeHead({.status = 204, .body = "x"}, {}).contains("Content-Length"));
        QVERIFY(!writeHead({.status = 304}, {}).contains("Content-Length"));
        QVERIFY(!statusHasBody(204));
        QVERIFY(statusHasBody(200));
    }

    void aBodyThatGoesOnHasNoLength()
    {
        const QByteArray chunked = writeHead({}, {.keepAlive = false, .chunked = true});
        QVERIFY(chunked.contains("Transfer-Encoding: chunked\r\n"));
        QVERIFY(!chunked.contains("Content-Length"));
        QVERIFY(!writeHead({}, {.keepAlive = false, .untilClose = true}).contains("Content-Length"));
    }

    void aHeaderCannotForgeOthers_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("CR LF") << QByteArray("a\r\nSet-Cookie: b");
        QTest::newRow("LF") << QByteArray("a\nb");
        QTest::newRow("CR") << QByteArray("a\rb");
        QTest::newRow("NUL") << QByteArray("a\0b", 3);
    }

    void aHeaderCannotForgeOthers()
    {
        QFETCH(QByteArray, value);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("control characters")));
        QVERIFY(!writeHead({.headers = {{"X-Y", value}}}, {}).contains("X-Y"));
    }

    void aChunkBeginsWithItsSize() { QCOMPARE(chunkLine(255), "ff\r\n"); }
};

QTEST_GUILESS_MAIN(TestHttpWriter)
#include "tst_http_writer.moc"
