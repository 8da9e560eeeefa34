#include "bench/endpoint.h"

#include <QTest>
#include <set>
#include <sys/socket.h>

using namespace belfry::bench;

class EndpointTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsAddresses_data();
    void readsAddresses();
    void refusesWhatItCannotUse_data();
    void refusesWhatItCannotUse();
    void connectsFromManyAddresses();
};

void EndpointTest::readsAddresses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("endpoint");
    QTest::newRow("url") << QByteArray("http://127.0.0.1:8080") << QByteArray("127.0.0.1:8080");
    QTest::newRow("url with a path") << QByteArray("http://10.1.2.3:81/x/y") << QByteArray("10.1.2.3:81");
    QTest::newRow("TLS") << QByteArray("https://10.1.2.3") << QByteArray("10.1.2.3:443");
    QTest::newRow("no port") << QByteArray("http://10.1.2.3") << QByteArray("10.1.2.3:80");
    QTest::newRow("localhost") << QByteArray("localhost:9") << QByteArray("127.0.0.1:9");
}

void EndpointTest::readsAddresses()
{
    QFETCH(QByteArray, text);
    const auto endpoint = parseEndpoint(text.toStdString());
    QVERIFY(endpoint.has_value());
    QTEST(QByteArray::fromStdString(endpoint->text()), "endpoint");
    QCOMPARE(endpoint->secure, text.startsWith("https"));
}

void EndpointTest::refusesWhatItCannotUse_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text :
         {"", "example.org:80", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:99999", "wss://127.0.0.1"})
        QTest::newRow(text) << QByteArray(text);
}

void EndpointTest::refusesWhatItCannotUse()
{
    QFETCH(QByteArray, text);
    QVERIFY(!parseEndpoint(text.toStdString()));
}

void EndpointTest::connectsFromManyAddresses()
{
    const auto listener = listenOn({0x7f000001, 0});
    QVERIFY(listener.has_value());
    std::set<std::uint32_t> sources;
    for (std::uint64_t number = 0; number < 64; ++number) {
        const auto socket = beginConnection(localEndpoint(*listener), number);
        QVERIFY2(socket.has_value(), socket ? "" : socket.error().detail.constData());
        const Endpoint source = localEndpoint(*socket);
        QVERIFY(source.isLoopback());
        sources.insert(source.address);
    }
    QCOMPARE(sources.size(), 64U);
}

QTEST_APPLESS_MAIN(EndpointTest)
#include "tst_endpoint.moc"
