#include "protocol/time_text.h"

#include <QTest>

using namespace belfry;
using namespace belfry::protocol;

class TstTimeText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void instantsAreRead_data();
    void instantsAreRead();
    void otherTextIsNothing_data();
    void otherTextIsNothing();
    void instantsComeBack_data();
    void instantsComeBack();
    void wallTimes_data();
    void wallTimes();
    void weekdays();
};

void TstTimeText::instantsAreRead_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("us");
    QTest::newRow("epoch") << QByteArray("1970-01-01T00:00:00Z") << qint64(0);
    QTest::newRow("small letters") << QByteArray("1970-01-01t00:00:01z") << qint64(1'000'000);
    QTest::newRow("space") << QByteArray("1970-01-01 00:00:01Z") << qint64(1'000'000);
    QTest::newRow("east") << QByteArray("1970-01-01T01:30:00+01:30") << qint64(0);
    QTest::newRow("west") << QByteArray("1969-12-31T19:00:00-05:00") << qint64(0);
    QTest::newRow("fraction") << QByteArray("1970-01-01T00:00:00.5Z") << qint64(500'000);
    QTest::newRow("nanoseconds are cut") << QByteArray("1970-01-01T00:00:00.123456789Z") << qint64(123'456);
    QTest::newRow("leap second") << QByteArray("1970-01-01T00:00:60Z") << qint64(60'000'000);
    QTest::newRow("leap day") << QByteArray("2024-02-29T00:00:00Z") << qint64(1'709'164'800'000'000);
    QTest::newRow("before 1970") << QByteArray("1969-12-31T23:59:59.999999Z") << qint64(-1);
}

void TstTimeText::instantsAreRead()
{
    QFETCH(QByteArray, text);
    QFETCH(qint64, us);
    const auto instant = parseInstant(text);
    QVERIFY(instant);
    QCOMPARE(instant->us, us);
}

void TstTimeText::otherTextIsNothing_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text : {"",
                             "2026",
                             "2026-01-01",
                             "2026-01-01T00:00:00",
                             "2026-01-01T00:00Z",
                             "2026-13-01T00:00:00Z",
                             "2026-00-01T00:00:00Z",
                             "2026-02-29T00:00:00Z",
                             "2026-01-32T00:00:00Z",
                             "2026-01-01T24:00:00Z",
                             "2026-01-01T00:60:00Z",
                             "2026-01-01T00:00:61Z",
                             "2026-01-01T00:00:00.Z",
                             "2026-01-01T00:00:00+1",
                             "2026-01-01T00:00:00+24:00",
                             "2026-01-01T00:00:00+0100",
                             "2026-01-01T00:00:00Zx",
                             "20260101T000000Z",
                             " 2026-01-01T00:00:00Z",
                             "+026-01-01T00:00:00Z",
                             "2026-01-01T00:00:00.1",
                             "0000-01-01T00:00:00+00:01",
                             "9999-12-31T23:59:59-00:01"})
        QTest::newRow(text) << QByteArray(text);
}

void TstTimeText::otherTextIsNothing()
{
    QFETCH(QByteArray, text);
    QVERIFY(!parseInstant(text));
}

void TstTimeText::instantsComeBack_data()
{
    QTest::addColumn<qint64>("us");
    for (const qint64 us :
         {qint64(0), qint64(-1), qint64(1'767'268'800'123'456), qint64(1'767'268'800'123'000),
          qint64(-62'167'219'200'000'000), qint64(253'402'300'799'999'999)})
        QTest::addRow("%lld", us) << us;
}

void TstTimeText::instantsComeBack()
{
    QFETCH(qint64, us);
    QCOMPARE(parseInstant(instantText({us})).value().us, us);
}

void TstTimeText::wallTimes_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("end");
    QTest::addColumn<int>("minute");
    QTest::newRow("morning") << QByteArray("07:05") << false << 425;
    QTest::newRow("with seconds") << QByteArray("22:00:00") << false << 1320;
    QTest::newRow("midnight") << QByteArray("00:00") << true << 0;
    QTest::newRow("end of day") << QByteArray("24:00") << true << 1440;
    QTest::newRow("24:00 as a start") << QByteArray("24:00") << false << -1;
    QTest::newRow("24:01") << QByteArray("24:01") << true << -1;
    QTest::newRow("23:60") << QByteArray("23:60") << true << -1;
    QTest::newRow("7:05") << QByteArray("7:05") << false << -1;
    QTest::newRow("bad seconds") << QByteArray("07:05:60") << false << -1;
    QTest::newRow("more") << QByteArray("07:05 ") << false << -1;
}

void TstTimeText::wallTimes()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, end);
    QFETCH(int, minute);
    const auto read = parseWallTime(text, end);
    QCOMPARE(read.value_or(-1), minute);
    if (read)
        QCOMPARE(wallTimeText(*read), text.left(5));
}

void TstTimeText::weekdays()
{
    for (int day = 0; day < 7; ++day)
        QCOMPARE(parseWeekday(weekdayText(day)), std::optional(day));
    QCOMPARE(weekdayText(0), QByteArrayView("mon"));
    QVERIFY(!parseWeekday("Monday"));
}

QTEST_APPLESS_MAIN(TstTimeText)
#include "tst_time_text.moc"
