#include "client/compatibility.h"

#include <QTest>

using namespace belfry;
using client::checkCompatible;

class TstCompatibility : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void servers_data();
    void servers();
};

void TstCompatibility::servers_data()
{
    QTest::addColumn<QList<QByteArray>>("protocols");
    QTest::addColumn<QByteArray>("advice");
    QTest::newRow("same") << QList<QByteArray>{"belfry.v1"} << QByteArray();
    QTest::newRow("newer that still speaks ours")
        << QList<QByteArray>{"belfry.v2", "belfry.v1"} << QByteArray();
    QTest::newRow("too new") << QList<QByteArray>{"belfry.v2", "belfry.v3"}
                             << QByteArray("update this program");
    QTest::newRow("too old") << QList<QByteArray>{"belfry.v0"} << QByteArray("update the server");
    QTest::newRow("none") << QList<QByteArray>{} << QByteArray("update the server");
}

void TstCompatibility::servers()
{
    QFETCH(QList<QByteArray>, protocols);
    QFETCH(QByteArray, advice);
    protocol::WellKnown server;
    server.version = "9.9";
    server.protocols = protocols;
    const auto compatible = checkCompatible(server);
    QCOMPARE(compatible.has_value(), advice.isEmpty());
    if (!compatible)
        QVERIFY2(compatible.error().detail.endsWith(advice), compatible.error().detail.constData());
}

QTEST_APPLESS_MAIN(TstCompatibility)
#include "tst_compatibility.moc"
