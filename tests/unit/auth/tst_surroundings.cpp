#include "auth/surroundings.h"

#include <QTest>

using namespace belfry;

class TstSurroundings : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void opensLegacyRoutes_data()
    {
        QTest::addColumn<bool>("loopback");
        QTest::addColumn<bool>("forwarded");
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<QByteArray>("origin");
        QTest::addColumn<bool>("open");
        const auto row = [](const char *name, bool loopback, bool forwarded, const char *host,
                            const char *origin, bool open) {
            QTest::newRow(name) << loopback << forwarded << QByteArray(host) << QByteArray(origin) << open;
        };
        row("curl to a number", true, false, "127.0.0.1:8080", "", true);
        row("curl to localhost", true, false, "localhost:8080", "", true);
        row("localhost without a port", true, false, "LOCALHOST", "", true);
        row("IPv6", true, false, "[::1]:8080", "", true);
        row("our own page", true, false, "localhost:8080", "http://localhost:8080", true);
        row("our own page by TLS", true, false, "localhost:8080", "https://localhost:8080", true);
        row("from another machine", false, false, "10.0.0.5:8080", "", false);
        row("through a proxy", true, true, "127.0.0.1:8080", "", false);
        row("a rebound name", true, false, "attacker.example:8080", "", false);
        row("a name that looks like it", true, false, "localhost.attacker.example", "", false);
        row("no host", true, false, "", "", false);
        row("a broken host", true, false, "[::1", "", false);
        row("a page from elsewhere", true, false, "127.0.0.1:8080", "https://attacker.example", false);
        row("a page on another port", true, false, "127.0.0.1:8080", "http://127.0.0.1:9999", false);
        row("a sandboxed page", true, false, "127.0.0.1:8080", "null", false);
        row("an origin with a prefix", true, false, "127.0.0.1:8080",
            "http://127.0.0.1:8080.attacker.example", false);
    }
    void opensLegacyRoutes()
    {
        QFETCH(bool, loopback);
        QFETCH(bool, forwarded);
        QFETCH(QByteArray, host);
        QFETCH(QByteArray, origin);
        QFETCH(bool, open);
        QCOMPARE(auth::opensLegacyRoutes({loopback, forwarded, host, origin, "127.0.0.1"}), open);
    }
};

QTEST_APPLESS_MAIN(TstSurroundings)
#include "tst_surroundings.moc"
