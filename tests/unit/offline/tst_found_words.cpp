#include "offline/found_words.h"

#include <QtTest>

namespace belfry::offline {
class TestFoundWords : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void marksWhatMatched_data();
    void marksWhatMatched();
    void findsAllOfALongText();
};

namespace {
/// The text with what is marked in brackets.
QString bracketed(const QString &text, const QList<Span> &spans)
{
    QString out = text;
    for (auto span = spans.rbegin(); span != spans.rend(); ++span) {
        out.insert(span->from + span->length, u']');
        out.insert(span->from, u'[');
    }
    return out;
}
} // namespace

void TestFoundWords::marksWhatMatched_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("marked");
    const auto row = [](const char *name, const char *query, const char *text, const char *marked) {
        QTest::newRow(name) << QByteArray(query) << QString::fromUtf8(text) << QString::fromUtf8(marked);
    };
    row("nothing asked", "", "Build", "Build");
    row("punctuation asked", "--", "a -- b", "a -- b");
    row("not there", "test", "Build", "Build");
    row("the beginning of a word", "buil", "Building 7", "[Buil]ding 7");
    row("not its middle", "uild", "Building", "Building");
    row("each time", "a", "A cat ate an apple", "[A] cat [a]te [a]n [a]pple");
    row("several words", "red build", "build is red", "[build] is [red]");
    row("beside each other", "\"is red\"", "is it? is  red, it is", "is it? [is  red], it is");
    row("in quotes whole words only", "\"is red\"", "is redder", "is redder");
    row("a quote that is not closed goes on", "\"is red", "is redder", "[is red]der");
    row("a word with a dash is two", "re-run", "re run, re-running", "[re run], [re-run]ning");
    row("case", "ÉTÉ", "été", "[été]");
    row("marks", "angstrom", "An Ångström.", "An [Ångström].");
    row("marks apart from their letters", "creme", "cre\xcc\x80me brulee", "[cre\xcc\x80me] brulee");
    row("marks in the query", "bü", "Bureau", "[Bu]reau");
    row("sharp s is two", "strasse", "Straße", "[Straße]");
    row("half a sharp s is all of it", "stras", "Straße", "[Straß]e");
    row("ligature", "offi", "oﬃce", "[oﬃ]ce");
    row("full width", "ab1", "Ａｂ１２", "[Ａｂ１]２");
    row("run", "京都", "東京都庁", "東[京都]庁");
    row("run beside letters", "x東", "Qt x東京", "Qt [x東]京");
    row("hangul", "한국", "대한국", "대[한국]");
    row("hangul in pieces", "한", "\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab.",
        "[\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab].");
    row("beyond 16 bits", "𝐛", "🔔 𝐁uild", "🔔 [𝐁]uild");
    row("what overlaps is one", "build \"build fa", "build failed", "[build fa]iled");
    row("tags are text", "b", "<b>x</b>", "<[b]>x</[b]>");
    row("right to left", "مرحبا", "مرحبا بالعالم", "[مرحبا] بالعالم");
}

void TestFoundWords::marksWhatMatched()
{
    QFETCH(QByteArray, query);
    QFETCH(QString, text);
    QTEST(bracketed(text, FoundWords(query).in(text)), "marked");
}

void TestFoundWords::findsAllOfALongText()
{
    const QString text = QStringLiteral("build é ").repeated(2000);
    QCOMPARE(FoundWords("bui e").in(text).size(), 4000);
}
} // namespace belfry::offline

QTEST_APPLESS_MAIN(belfry::offline::TestFoundWords)
#include "tst_found_words.moc"
