#include "domain/local_day.h"

#include <QDateTime>
#include <QTest>

using namespace belfry;

class TestLocalDay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void zones_data();
    void zones();
    void days_data();
    void days();
};

void TestLocalDay::zones_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<bool>("known");
    QTest::newRow("place") << QByteArray("Europe/Zurich") << true;
    QTest::newRow("UTC") << QByteArray("UTC") << true;
    QTest::newRow("an offset is no place") << QByteArray("UTC+02:00") << false;
    QTest::newRow("invented") << QByteArray("Europe/Nowhere") << false;
    QTest::newRow("empty") << QByteArray() << false;
}

void TestLocalDay::zones()
{
    QFETCH(QByteArray, name);
    QFETCH(bool, known);
    QCOMPARE(domain::isTimeZone(name), known);
}

void TestLocalDay::days_data()
{
    QTest::addColumn<QByteArray>("utc");
    QTest::addColumn<QByteArray>("zone");
    QTest::addColumn<QByteArray>("day");
    QTest::newRow("utc") << QByteArray("2026-03-28T23:30:00Z") << QByteArray("UTC")
                         << QByteArray("2026-03-28");
    QTest::newRow("winter, after midnight there")
        << QByteArray("2026-03-28T23:30:00Z") << QByteArray("Europe/Zurich") << QByteArray("2026-03-29");
    QTest::newRow("summer, two hours ahead")
        << QByteArray("2026-06-28T22:30:00Z") << QByteArray("Europe/Zurich") << QByteArray("2026-06-29");
    QTest::newRow("west of us") << QByteArray("2026-06-29T03:00:00Z") << QByteArray("America/New_York")
                                << QByteArray("2026-06-28");
    QTest::newRow("unknown zone counts as UTC")
        << QByteArray("2026-06-29T03:00:00Z") << QByteArray("No/Where") << QByteArray("2026-06-29");
}

void TestLocalDay::days()
{
    QFETCH(QByteArray, utc);
    QFETCH(QByteArray, zone);
    QFETCH(QByteArray, day);
    const QDateTime at = QDateTime::fromString(QString::fromLatin1(utc), Qt::ISODate);
    QCOMPARE(domain::localDay({at.toMSecsSinceEpoch() * 1'000}, zone), day);
}

QTEST_GUILESS_MAIN(TestLocalDay)
#include "tst_local_day.moc"
