#include "window/marked_text.h"

#include <QtTest>

namespace belfry::window {
using offline::FoundWords;

class TestMarkedText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void underlines_data();
    void underlines();
    void highlights();
    void startsWhereItFinds();
};

void TestMarkedText::underlines_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QString>("plain");
    QTest::addColumn<QString>("markup");
    const auto row = [](const char *name, const char *query, const char *plain, const char *markup) {
        QTest::newRow(name) << QByteArray(query) << QString::fromUtf8(plain) << QString::fromUtf8(markup);
    };
    row("nothing", "", "a < b", "a &lt; b");
    row("a word", "fai", "It failed", "It <u><font color=\"#abcdef\">fai</font></u>led");
    row("tags stay text", "b", "<b>b",
        "&lt;<u><font color=\"#abcdef\">b</font></u>&gt;<u><font color=\"#abcdef\">b</font></u>");
    row("entities stay text", "lt", "&lt; \"x\"",
        "&amp;<u><font color=\"#abcdef\">lt</font></u>; &quot;x&quot;");
    row("places of arguments stay text", "x", "%1 x %2", "%1 <u><font color=\"#abcdef\">x</font></u> %2");
}

void TestMarkedText::underlines()
{
    QFETCH(QByteArray, query);
    QFETCH(QString, plain);
    QTEST(underlined(plain, FoundWords(query), QStringLiteral("#abcdef")), "markup");
}

void TestMarkedText::highlights()
{
    const QString html = highlighted(QStringLiteral("<i>  Größe"), FoundWords("GROSSE i"),
                                     QStringLiteral("#111111"), QStringLiteral("#222222"));
    const QString open = QStringLiteral("<span style=\"color:#111111; background-color:#222222\">");
    QCOMPARE(html,
             QStringLiteral("<p style=\"margin-top:0px; margin-bottom:0px; white-space:pre-wrap\">&lt;") +
                 open + QStringLiteral("i</span>&gt;  ") + open + QStringLiteral("Größe</span></p>"));
}

void TestMarkedText::startsWhereItFinds()
{
    const QString early = QStringLiteral("a needle, ") + QStringLiteral("hay ").repeated(50);
    QCOMPARE(excerpt(early, FoundWords("needle")), early);
    QCOMPARE(excerpt(early, FoundWords("pin")), early);
    const QString late = QStringLiteral("hay ").repeated(50) + QStringLiteral("and a needle there");
    const QString part = excerpt(late, FoundWords("needle"));
    QVERIFY2(part.startsWith(QStringLiteral("… hay ")) && part.endsWith(QStringLiteral("and a needle there")),
             qPrintable(part));
    QVERIFY2(part.indexOf(QStringLiteral("needle")) <= 34, qPrintable(part));
    const QString run = QStringLiteral("x").repeated(200) + QStringLiteral("-needle");
    QCOMPARE(excerpt(run, FoundWords("needle")), QStringLiteral("… needle"));
}
} // namespace belfry::window

QTEST_GUILESS_MAIN(belfry::window::TestMarkedText)
#include "tst_marked_text.moc"
