#include "account/server_address.h"

#include <QTest>

namespace belfry::account {
class TestServerAddress : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void addresses_data();
    void addresses();
    void noAddresses_data();
    void noAddresses();
};

void TestServerAddress::addresses_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("meant");
    const auto row = [](const char *typed, const char *meant) {
        QTest::newRow(typed) << QString::fromUtf8(typed) << QString::fromUtf8(meant);
    };
    row("notify.example", "https://notify.example");
    row("  notify.example/ ", "https://notify.example");
    row("nas:8443", "https://nas:8443");
    row("localhost:8080", "http://localhost:8080");
    row("127.0.0.1", "http://127.0.0.1");
    row("[::1]:8080", "http://[::1]:8080");
    row("HTTPS://Notify.Example:443/", "https://notify.example");
    row("http://notify.example:80", "http://notify.example");
    row("wss://notify.example/ws", "https://notify.example");
    row("ws://localhost:8080/ws", "http://localhost:8080");
    row("https://x.example/belfry/api/v1/?a=b#c", "https://x.example/belfry");
    row("https://x.example/health", "https://x.example");
    row("bücher.example", "https://bücher.example");
}

void TestServerAddress::addresses()
{
    QFETCH(QString, typed);
    QFETCH(QString, meant);
    const auto server = serverAddress(typed);
    QVERIFY2(server, server ? "" : server.error().detail.constData());
    QCOMPARE(*server, QUrl(meant));
}

void TestServerAddress::noAddresses_data()
{
    QTest::addColumn<QString>("typed");
    for (const char *typed :
         {"", "  ", "https://", "ftp://notify.example", "https://eva:secret@notify.example", "two words",
          "https://notify.example:99999", "mailto:eva@example.org"})
        QTest::newRow(typed) << QString::fromUtf8(typed);
}

void TestServerAddress::noAddresses()
{
    QFETCH(QString, typed);
    const auto server = serverAddress(typed);
    QVERIFY(!server);
    QCOMPARE(server.error().code, model::ErrorCode::Invalid);
    QVERIFY(!server.error().detail.contains("secret"));
}
} // namespace belfry::account

QTEST_APPLESS_MAIN(belfry::account::TestServerAddress)
#include "tst_server_address.moc"
