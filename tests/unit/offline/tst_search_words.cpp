#include "offline/search_words.h"

#include <QtTest>

namespace belfry::offline {
class TestSearchWords : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void folds_data();
    void folds();
    void asks_data();
    void asks();
};

void TestSearchWords::folds_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("folded");
    QTest::newRow("empty") << QByteArray() << QString();
    QTest::newRow("ascii") << QByteArray("Hello, World-42!") << QStringLiteral("hello world 42");
    QTest::newRow("marks") << QByteArray("Ångström cre\xcc\x80me") << QStringLiteral("angstrom creme");
    QTest::newRow("sharp s") << QByteArray("Straße ẞ") << QStringLiteral("strasse ss");
    QTest::newRow("ligature, full width") << QByteArray("oﬃce Ａｂ１") << QStringLiteral("office ab1");
    QTest::newRow("greek and cyrillic") << QByteArray("Ἀθῆναι МОСКВА") << QStringLiteral("αθηναι москва");
    QTest::newRow("no blanks between") << QByteArray("Qt東京x") << QStringLiteral("qt 東 京 x");
    QTest::newRow("hangul") << QByteArray("한국") << QStringLiteral("한 국");
    QTest::newRow("kana keep their marks") << QByteArray("がぎ ｶﾞ") << QStringLiteral("が ぎ ガ");
    QTest::newRow("marks beyond 16 bits") << QByteArray("a\xf0\x9d\x85\xa5x") << QStringLiteral("ax");
    QTest::newRow("emoji") << QByteArray("a🔔b") << QStringLiteral("a b");
    QTest::newRow("broken") << QByteArray("a\xff\xfe b") << QStringLiteral("a b");
}

void TestSearchWords::folds()
{
    QFETCH(QByteArray, text);
    QTEST(foldedText(text), "folded");
}

void TestSearchWords::asks_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QString>("expression");
    QTest::newRow("nothing") << QByteArray("  ") << QString();
    QTest::newRow("words") << QByteArray("Build fail") << QStringLiteral("\"build\"* AND \"fail\"*");
    QTest::newRow("quoted") << QByteArray("\"Build failed\" x")
                            << QStringLiteral("\"build failed\" AND \"x\"*");
    QTest::newRow("quote not closed yet") << QByteArray("\"build fa") << QStringLiteral("\"build fa\"*");
    QTest::newRow("run") << QByteArray("東京") << QStringLiteral("\"東 京\"*");
    QTest::newRow("FTS5's own words") << QByteArray("a* OR NOT(b) ^c title:d")
                                      << QStringLiteral("\"a\"* AND \"or\"* AND \"not b\"* AND \"c\"* AND "
                                                        "\"title d\"*");
    QTest::newRow("at most 16") << QByteArray("a ").repeated(20)
                                << QStringList(16, QStringLiteral("\"a\"*")).join(QStringLiteral(" AND "));
}

void TestSearchWords::asks()
{
    QFETCH(QByteArray, query);
    QTEST(matchExpression(query), "expression");
}
} // namespace belfry::offline

QTEST_APPLESS_MAIN(belfry::offline::TestSearchWords)
#include "tst_search_words.moc"
