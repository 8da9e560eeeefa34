#include "store/folding.h"

#include <QtTest>

namespace belfry::store {
using model::Text;
using Words = std::vector<Text>;

class TestFolding : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void cutsAndFolds_data();
    void cutsAndFolds();
    void asksForRunsByPairs();
    void hasLimits();
    void matchesPrefixesOfAll();
    void survivesBrokenText();
};

void TestFolding::cutsAndFolds_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("empty") << QByteArray() << QByteArray();
    QTest::newRow("ascii") << QByteArray("Hello, World-42!") << QByteArray("hello world 42");
    QTest::newRow("marks") << QByteArray("Ångström crème") << QByteArray("angstrom creme");
    QTest::newRow("decomposed already") << QByteArray("cre\xcc\x80me") << QByteArray("creme");
    QTest::newRow("sharp s") << QByteArray("Straße STRASSE ẞ") << QByteArray("strasse strasse ss");
    QTest::newRow("ligature") << QByteArray("oﬃce") << QByteArray("office");
    QTest::newRow("full width") << QByteArray("Ａｂ１") << QByteArray("ab1");
    QTest::newRow("greek and cyrillic") << QByteArray("Ἀθῆναι МОСКВА") << QByteArray("αθηναι москва");
    QTest::newRow("run") << QByteArray("東京都") << QByteArray("東京 京都 都");
    QTest::newRow("single") << QByteArray("猫") << QByteArray("猫");
    QTest::newRow("run beside letters") << QByteArray("Qt東京x") << QByteArray("qt 東京 京 x");
    QTest::newRow("hangul") << QByteArray("한국") << QByteArray("한국 국");
    QTest::newRow("kana") << QByteArray("カナ") << QByteArray("カナ ナ");
    QTest::newRow("emoji") << QByteArray("a🔔b") << QByteArray("a b");
}

void TestFolding::cutsAndFolds()
{
    QFETCH(QByteArray, text);
    const Words words = foldedWords(text);
    const QByteArray joined = QByteArrayList(words.begin(), words.end()).join(' ');
    QTEST(joined, "words");
}

void TestFolding::asksForRunsByPairs()
{
    QCOMPARE(searchWords("東京都"), (Words{"東京", "京都"}));
    QCOMPARE(searchWords("都"), (Words{"都"}));
    QCOMPARE(searchWords("\"a\" OR b*"), (Words{"a", "or", "b"}));
}

void TestFolding::hasLimits()
{
    QCOMPARE(foldedWords(QByteArray("a ").repeated(5000)).size(), std::size_t(maxWords));
    QCOMPARE(foldedWords(QByteArray("é ").repeated(5000)).size(), std::size_t(maxWords));
    QCOMPARE(foldedWords(QByteArray(1000, 'x')).front().size(), 64);
    QCOMPARE(searchWords(QByteArray("a ").repeated(100)).size(), std::size_t(16));
}

void TestFolding::matchesPrefixesOfAll()
{
    QVERIFY(matches({"dep", "green"}, "Deployment", "all GREEN"));
    QVERIFY(!matches({"dep", "red"}, "Deployment", "all GREEN"));
    QVERIFY(!matches({"ployment"}, "Deployment", "")); // not in the middle
}

void TestFolding::survivesBrokenText()
{
    QVERIFY(foldedWords("\xff\xfe").empty());
    QCOMPARE(foldedWords("ok \xc3"), (Words{"ok"}));
}
} // namespace belfry::store

QTEST_GUILESS_MAIN(belfry::store::TestFolding)
#include "tst_folding.moc"
