#include "net/web_socket_handshake.h"

#include <QTest>

using namespace belfry::net;

namespace {
HttpRequest handshake()
{
    HttpRequest request;
    request.path = "/ws";
    request.headers = {{"host", "x"},
                       {"upgrade", "WebSocket"},
                       {"connection", "keep-alive, Upgrade"},
                       {"sec-websocket-version", "13"},
                       {"sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="}};
    return request;
}

void set(HttpRequest &request, const QByteArray &name, const QByteArray &value)
{
    std::erase_if(request.headers, [&](const Header &header) { return header.name == name; });
    if (!value.isNull())
        request.headers.push_back({name, value});
}
} // namespace

class TestWebSocketHandshake final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isOne()
    {
        const HandshakeCheck check = checkHandshake(handshake(), 1, false);
        QCOMPARE(check.refusal.status, 0);
        QCOMPARE(check.key, "dGhlIHNhbXBsZSBub25jZQ==");
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<int>("status");
        QTest::newRow("no Connection") << QByteArray("connection") << QByteArray() << 400;
        QTest::newRow("Connection without upgrade")
            << QByteArray("connection") << QByteArray("keep-alive") << 400;
        QTest::newRow("no key") << QByteArray("sec-websocket-key") << QByteArray() << 400;
        QTest::newRow("short key") << QByteArray("sec-websocket-key") << QByteArray("YWJj") << 400;
        QTest::newRow("no base64") << QByteArray("sec-websocket-key")
                                   << QByteArray("!!!!!!!!!!!!!!!!!!!!!!==") << 400;
        QTest::newRow("no version") << QByteArray("sec-websocket-version") << QByteArray() << 426;
        QTest::newRow("version 8") << QByteArray("sec-websocket-version") << QByteArray("8") << 426;
    }

    void refuses()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        HttpRequest request = handshake();
        set(request, name, value);
        const HandshakeCheck check = checkHandshake(request, 1, false);
        QTEST(check.refusal.status, "status");
        QVERIFY(check.key.isEmpty());
    }

    void refusesABodyAndHttp10()
    {
        QCOMPARE(checkHandshake(handshake(), 1, true).refusal.status, 400);
        QCOMPARE(checkHandshake(handshake(), 0, false).refusal.status, 400);
    }

    void refusesTwoKeys()
    {
        HttpRequest request = handshake();
        request.headers.push_back({"sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="});
        QCOMPARE(checkHandshake(request, 1, false).refusal.status, 400);
    }

    void anotherUpgradeIsNoneOfOurs()
    {
        HttpRequest request = handshake();
        set(request, "upgrade", "h2c");
        const HandshakeCheck check = checkHandshake(request, 1, false);
        QCOMPARE(check.refusal.status, 0);
        QVERIFY(check.key.isEmpty());
        request = handshake();
        request.method = Method::Post;
        QVERIFY(checkHandshake(request, 1, false).key.isEmpty());
    }

    void thePlainOneAsksForTheSame()
    {
        QCOMPARE(
            plainHandshake("/7", "KEY", "a.b"),
            "GET /7 HTTP/1.1\r\nHost: belfry\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: KEY\r\nSec-WebSocket-Protocol: a.b\r\n\r\n");
        QVERIFY(!plainHandshake("/7", "KEY", "").contains("Protocol"));
    }
};

QTEST_GUILESS_MAIN(TestWebSocketHandshake)
#include "tst_web_socket_handshake.moc"
