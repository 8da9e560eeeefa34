#include "window/typed_time.h"

#include <QtTest>

namespace belfry::window {
class TestTypedTime : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void days_data();
    void days();
    void times_data();
    void times();
    void readsWhatItWrites_data();
    void readsWhatItWrites();
};

namespace {
constexpr auto noDay = "";
const QDate today(2026, 11, 3);
} // namespace

void TestTypedTime::days_data()
{
    QTest::addColumn<QString>("locale");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("iso");
    const auto row = [](const char *locale, const char *text, const char *iso) {
        QTest::addRow("%s: %s", locale, text)
            << QString::fromLatin1(locale) << QString::fromUtf8(text) << QString::fromLatin1(iso);
    };
    row("en_GB", "24/12/2026", "2026-12-24");
    row("en_GB", "3/4/27", "2027-04-03");
    row("en_US", "3/4/27", "2027-03-04");
    row("en_US", "12/24/2026", "2026-12-24");
    row("en_US", "24/12/2026", noDay);
    row("de_DE", "24.12.26", "2026-12-24");
    row("de_DE", "24.12.2026", "2026-12-24");
    row("de_DE", " 24. 12. 2026 ", "2026-12-24");
    row("de_DE", "24.12.", "2026-12-24");
    row("de_DE", "3.11.", "2026-11-03"); // today
    row("de_DE", "2.11.", "2027-11-02"); // next year
    row("en_US", "12/24", "2026-12-24");
    row("en_US", "2/29", noDay); // neither this year nor the next
    row("sv_SE", "2026-12-24", "2026-12-24");
    row("sv_SE", "26-12-24", "2026-12-24");
    row("ja_JP", "2026/12/24", "2026-12-24");
    row("ar_EG", "\xd9\xa2\xd9\xa4\xe2\x80\x8f/\xd9\xa1\xd9\xa2\xe2\x80\x8f/\xd9\xa2\xd9\xa0\xd9\xa2\xd9\xa6",
        "2026-12-24");
    for (const char *locale : {"en_US", "de_DE", "ar_EG", "hi_IN"})
        row(locale, "2026-12-24", "2026-12-24");
    row("C", "24 Dec 2026", "2026-12-24");
    row("en_GB", "", noDay);
    row("en_GB", "soon", noDay);
    row("en_GB", "31/2/2027", noDay);
    row("en_GB", "24/12/202", noDay);
    row("en_GB", "24", noDay);
    row("en_GB", "1/2/3/4", noDay);
    row("en_GB", "x24/12/2026", noDay);
}

void TestTypedTime::days()
{
    QFETCH(QString, locale);
    QFETCH(QString, text);
    const std::optional<QDate> day = typedDay(text, QLocale(locale), today);
    const QString iso = day ? day->toString(Qt::ISODate) : QString();
    QTEST(iso, "iso");
}

void TestTypedTime::times_data()
{
    QTest::addColumn<QString>("locale");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("time");
    const auto row = [](const char *locale, const char *text, const char *time) {
        QTest::addRow("%s: %s", locale, text)
            << QString::fromLatin1(locale) << QString::fromUtf8(text) << QString::fromLatin1(time);
    };
    row("en_GB", "18:00", "18:00");
    row("en_GB", " 8:05 ", "08:05");
    row("en_GB", "18", "18:00");
    row("fi_FI", "18.30", "18:30");
    row("fr_CA", "18 h 30", "18:30");
    row("en_US", "6:00 PM", "18:00");
    row("en_US", "6:00\xe2\x80\xafPM", "18:00"); // as newer data write it
    row("en_US", "6pm", "18:00");
    row("en_US", "12 am", "00:00");
    row("en_US", "12:30 p.m.", "12:30");
    row("en_US", "18:00", "18:00");
    row("ko_KR", "오후 6:00", "18:00");
    row("ar_EG", "\xd9\xa6:\xd9\xa0\xd9\xa0 م", "18:00");
    row("en_US", "13 pm", "");
    row("en_US", "0 am", "");
    row("en_GB", "24:00", "");
    row("en_GB", "18:60", "");
    row("en_GB", "18:5", "");
    row("en_GB", "1800", "");
    row("en_GB", "later", "");
    row("en_GB", "", "");
}

void TestTypedTime::times()
{
    QFETCH(QString, locale);
    QFETCH(QString, text);
    const std::optional<QTime> typed = typedTime(text, QLocale(locale));
    const QString time = typed ? typed->toString(QStringLiteral("HH:mm")) : QString();
    QTEST(time, "time");
}

void TestTypedTime::readsWhatItWrites_data()
{
    QTest::addColumn<QLocale>("locale");
    for (const char *name :
         {"en_GB", "en_US", "de_DE", "fr_FR", "es_ES", "pt_BR", "nl_NL", "pl_PL", "sv_SE", "da_DK", "fi_FI",
          "hu_HU", "tr_TR", "ru_RU", "ar_EG", "he_IL", "hi_IN", "ja_JP", "ko_KR", "zh_CN", "bg_BG", "C"})
        QTest::newRow(name) << QLocale(QString::fromLatin1(name));
}

/// What stands in the fields at first is what a person changes a little.
void TestTypedTime::readsWhatItWrites()
{
    QFETCH(QLocale, locale);
    for (const QDate day : {QDate(2026, 12, 24), QDate(2027, 1, 2)}) {
        QCOMPARE(typedDay(dayAsTyped(day, locale), locale, today), day);
        QCOMPARE(typedDay(locale.toString(day, QLocale::ShortFormat), locale, today), day);
    }
    for (const QTime time : {QTime(0, 0), QTime(8, 0), QTime(12, 30), QTime(18, 5)})
        QCOMPARE(typedTime(timeAsTyped(time, locale), locale), time);
}
} // namespace belfry::window

QTEST_GUILESS_MAIN(belfry::window::TestTypedTime)
#include "tst_typed_time.moc"
