#include "inbox/search_query.h"
#include "inbox_samples.h"

#include <QtTest>

namespace belfry::inbox {
class TestSearchQuery : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsWords_data();
    void readsWords();
    void knowsTimes();
    void saysWhatItDoesNotUnderstand();
    void finds();
};

namespace {
const QTimeZone berlin("Europe/Berlin");
} // namespace

void TestSearchQuery::readsWords_data()
{
    QTest::addColumn<QString>("asked");
    QTest::addColumn<QStringList>("apps");
    QTest::addColumn<QStringList>("categories");
    QTest::addColumn<QString>("text");
    const auto row = [](const char *asked, const QStringList &apps, const QStringList &categories,
                        const char *text) {
        QTest::newRow(asked) << QString::fromUtf8(asked) << apps << categories << QString::fromUtf8(text);
    };
    row("", {}, {}, "");
    row("  build   failed ", {}, {}, "build failed");
    row("app:ci cat:billing x", {QStringLiteral("ci")}, {QStringLiteral("billing")}, "x");
    row("App:CI APP:mail", {QStringLiteral("CI"), QStringLiteral("mail")}, {}, "");
    row("app:\"My App\" \"two words\"", {QStringLiteral("My App")}, {}, "\"two words\"");
    row("http://x y:z :a app:", {}, {}, "http://x y:z :a app:");
    row("\"app:ci\"", {}, {}, "\"app:ci\"");
    row("\"not closed app:ci", {}, {}, "\"not closed app:ci");
}

void TestSearchQuery::readsWords()
{
    QFETCH(QString, asked);
    const SearchQuery query = parseSearch(asked, noon, berlin);
    QTEST(query.apps, "apps");
    QTEST(query.categories, "categories");
    QTEST(query.text, "text");
    QVERIFY(query.faults.isEmpty());
}

void TestSearchQuery::knowsTimes()
{
    const auto from = [](const char *word) {
        return parseSearch(QString::fromLatin1(word), noon, berlin).from;
    };
    QCOMPARE(from("from:12h"), model::MaybeInstant(noon - std::chrono::hours(12)));
    QCOMPARE(from("from:7d"), model::MaybeInstant(noon - model::days(7)));
    QCOMPARE(from("FROM:2W"), model::MaybeInstant(noon - model::days(14)));
    QCOMPARE(from("from:2w from:1d"), model::MaybeInstant(noon - model::days(1)));
    // 2026-03-28T23:00Z: midnight there.
    QCOMPARE(from("from:2026-03-29"), model::MaybeInstant(model::Instant{1'774'738'800'000'000}));
}

void TestSearchQuery::saysWhatItDoesNotUnderstand()
{
    const char *bad[] = {"is:blue", "from:yesterday", "from:0d", "from:-1d",
                         "from:d",  "from:99999w",    "from:7m", "from:2026-02-30"};
    for (const char *word : bad) {
        const SearchQuery query = parseSearch(QString::fromLatin1(word), noon, berlin);
        QCOMPARE(query.faults.size(), 1);
        QVERIFY2(query.faults.constFirst().startsWith(QString::fromLatin1(word)), word);
        QVERIFY(query.isEmpty());
    }
}

void TestSearchQuery::finds()
{
    Ledger ledger;
    model::Notification item = sample(1);
    item.content.source = "Straße";
    item.content.critical = true;
    ledger.tell(created(item), noon);
    const Entry &entry = *ledger.find(item.id);
    const auto finds = [&](const char *asked) {
        return matches(parseSearch(QString::fromUtf8(asked), noon, berlin), entry);
    };
    QVERIFY(finds(""));
    QVERIFY(finds("is:unread is:critical app:STRAßE cat:Build"));
    QVERIFY(finds("app:other app:straße"));
    QVERIFY(!finds("is:unread is:archived"));
    QVERIFY(!finds("app:strasse2"));
    QVERIFY(!finds("cat:other"));
    QVERIFY(!finds("from:1d"));
    QVERIFY(finds("from:50d"));
}
} // namespace belfry::inbox

QTEST_APPLESS_MAIN(belfry::inbox::TestSearchQuery)
#include "tst_search_query.moc"
