#include "echo_gateway.h"
#include "raw_client.h"

#include <QTest>

using namespace belfry::net;
using namespace belfry::net::test;

class TestServerHttp final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        ServerOptions options;
        options.loops = 2;
        options.listen = {{QHostAddress(QHostAddress::LocalHost), 0}};
        m_server = makeEchoServer(options);
        const auto started = m_server->start();
        QVERIFY2(started, started ? "" : started.error().detail.constData());
        m_port = m_server->addresses().front().split(':').last().toUShort();
    }
    void cleanupTestCase() { m_server.reset(); }

    void answersOnAKeptConnection()
    {
        RawClient client(m_port);
        for (int i = 0; i < 3; ++i) {
            const QByteArray body = QByteArray::number(i);
            QVERIFY(client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n" + body));
            const auto answer = client.answer();
            QVERIFY(answer);
            QCOMPARE(answer->status, 200);
            QCOMPARE(answer->body, body);
        }
    }

    void echoesOverAWebSocket()
    {
        RawClient client(m_port);
        QVERIFY(client.upgrade());
        QVERIFY(client.sendFrame(1, "hello you"));
        const auto frame = client.frame();
        QVERIFY(frame);
        QCOMPARE(frame->opcode, 1);
        QCOMPARE(frame->payload, "hello you");
    }

private:
    std::unique_ptr<Server> m_server;
    quint16 m_port = 0;
};

QTEST_GUILESS_MAIN(TestServerHttp)
#include "tst_server_http.moc"
