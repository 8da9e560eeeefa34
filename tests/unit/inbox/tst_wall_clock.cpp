#include "inbox/snooze_choices.h"
#include "inbox/wall_clock.h"

#include <QDateTime>
#include <QtTest>

namespace belfry::inbox {
class TestWallClock : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsTheInstant_data();
    void findsTheInstant();
    void goesThereAndBack();
    void tellsInstantsToViews();
    void offersTimesToSnooze_data();
    void offersTimesToSnooze();
};

namespace {
model::Instant utcInstant(const QString &text)
{
    return {QDateTime::fromString(text, Qt::ISODate).toMSecsSinceEpoch() * 1000};
}

QString utcText(model::Instant at)
{
    return dateTimeOf(at).toString(Qt::ISODate);
}
} // namespace

void TestWallClock::findsTheInstant_data()
{
    QTest::addColumn<QByteArray>("zone");
    QTest::addColumn<QString>("wall");
    QTest::addColumn<QString>("utc");
    const auto row = [](const char *name, const char *zone, const char *wall, const char *utc) {
        QTest::newRow(name) << QByteArray(zone) << QString::fromLatin1(wall) << QString::fromLatin1(utc);
    };
    row("plain", "Europe/Berlin", "2026-01-05T08:00:00", "2026-01-05T07:00:00Z");
    row("summer", "Europe/Berlin", "2026-07-05T08:00:00", "2026-07-05T06:00:00Z");
    row("in the gap", "Europe/Berlin", "2026-03-29T02:30:00", "2026-03-29T01:00:00Z");
    row("before the gap", "Europe/Berlin", "2026-03-29T01:59:00", "2026-03-29T00:59:00Z");
    row("after the gap", "Europe/Berlin", "2026-03-29T03:00:00", "2026-03-29T01:00:00Z");
    row("twice", "Europe/Berlin", "2026-10-25T02:30:00", "2026-10-25T00:30:00Z");
    row("after the second", "Europe/Berlin", "2026-10-25T03:00:00", "2026-10-25T02:00:00Z");
    row("west", "America/New_York", "2026-03-08T02:30:00", "2026-03-08T07:00:00Z");
    row("twice in the west", "America/New_York", "2026-11-01T01:30:00", "2026-11-01T05:30:00Z");
    row("midnight that does not exist", "America/Asuncion", "2023-10-01T00:00:00", "2023-10-01T04:00:00Z");
    row("half an hour", "Australia/Lord_Howe", "2026-10-04T02:15:00", "2026-10-03T15:30:00Z");
    row("a day that does not exist", "Pacific/Apia", "2011-12-30T12:00:00", "2011-12-30T10:00:00Z");
    row("no zone", "UTC", "2026-01-05T08:00:00", "2026-01-05T08:00:00Z");
}

void TestWallClock::findsTheInstant()
{
    QFETCH(QByteArray, zone);
    QFETCH(QString, wall);
    const QDateTime local = QDateTime::fromString(wall, Qt::ISODate);
    QTEST(utcText(instantOf(local.date(), local.time(), QTimeZone(zone))), "utc");
}

void TestWallClock::goesThereAndBack()
{
    const QTimeZone zone("Europe/Berlin");
    const model::Instant begin = utcInstant(QStringLiteral("2026-01-01T00:07:00Z"));
    for (int hour = 0; hour < 365 * 24; ++hour) {
        const model::Instant at = begin + std::chrono::hours(hour);
        const model::Instant back = instantOf(localDay(at, zone), localTime(at, zone), zone);
        // Of the hour that comes twice the first one counts.
        QVERIFY2(back == at || back == at - std::chrono::hours(1), qPrintable(utcText(at)));
    }
}

void TestWallClock::tellsInstantsToViews()
{
    QCOMPARE(utcText({1'700'000'000'000'000}), QStringLiteral("2023-11-14T22:13:20Z"));
    QCOMPARE(dateTimeOf(model::Instant{1'999}), QDateTime::fromMSecsSinceEpoch(1, Qt::UTC));
    QCOMPARE(dateTimeOf(model::Instant{-1}), QDateTime::fromMSecsSinceEpoch(-1, Qt::UTC));
    QVERIFY(!dateTimeOf({}).isValid());
}

void TestWallClock::offersTimesToSnooze_data()
{
    QTest::addColumn<QString>("now");
    QTest::addColumn<int>("firstDay");
    QTest::addColumn<QStringList>("offered");
    QTest::newRow("a morning, before the clocks change")
        << QStringLiteral("2026-03-28T09:00:00Z") << int(Qt::Monday)
        << QStringList{QStringLiteral("0 2026-03-28T10:00:00Z"), QStringLiteral("1 2026-03-28T17:00:00Z"),
                       QStringLiteral("2 2026-03-29T06:00:00Z"), QStringLiteral("3 2026-03-30T06:00:00Z")};
    QTest::newRow("an evening: too late for this evening")
        << QStringLiteral("2026-03-23T16:30:00Z") << int(Qt::Monday)
        << QStringList{QStringLiteral("0 2026-03-23T17:30:00Z"), QStringLiteral("2 2026-03-24T07:00:00Z"),
                       QStringLiteral("3 2026-03-30T06:00:00Z")};
    QTest::newRow("weeks that begin on Sunday; past midnight here, not there")
        << QStringLiteral("2026-03-20T23:30:00Z") << int(Qt::Sunday)
        << QStringList{QStringLiteral("0 2026-03-21T00:30:00Z"), QStringLiteral("1 2026-03-21T17:00:00Z"),
                       QStringLiteral("2 2026-03-22T07:00:00Z"), QStringLiteral("3 2026-03-22T07:00:00Z")};
}

void TestWallClock::offersTimesToSnooze()
{
    QFETCH(QString, now);
    QFETCH(int, firstDay);
    QStringList offered;
    for (const SnoozeChoice &choice :
         snoozeChoices(utcInstant(now), QTimeZone("Europe/Berlin"), static_cast<Qt::DayOfWeek>(firstDay)))
        offered.append(QString::number(int(choice.kind)) + u' ' + utcText(choice.until));
    QTEST(offered, "offered");
}
} // namespace belfry::inbox

QTEST_APPLESS_MAIN(belfry::inbox::TestWallClock)
#include "tst_wall_clock.moc"
