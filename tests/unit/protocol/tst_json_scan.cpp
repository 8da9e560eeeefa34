#include "protocol/json_scan.h"

#include <QTest>

using namespace belfry::protocol;

class TstJsonScan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void escapeFaults_data();
    void escapeFaults();
    void arraysAreSplit_data();
    void arraysAreSplit();
    void objectsAreSplit();
    void brokenTextIsNothing_data();
    void brokenTextIsNothing();
};

void TstJsonScan::escapeFaults_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<int>("fault");
    QTest::addColumn<QByteArray>("marked");
    const auto row = [](const char *name, const char *json, EscapeFault fault, const char *marked) {
        QTest::newRow(name) << QByteArray(json) << int(fault) << QByteArray(marked);
    };
    row("none", R"("a\n\u00e4\"")", EscapeFault::None, R"("a\n\u00e4\"")");
    row("nul", R"("\u0000")", EscapeFault::Nul, R"("\u0000")");
    row("escaped backslash", R"("\\u0000")", EscapeFault::None, R"("\\u0000")");
    row("three backslashes", R"("\\\u0000")", EscapeFault::Nul, R"("\\\u0000")");
    row("pair", R"("\uD83D\uDC08")", EscapeFault::None, R"("\uD83D\uDC08")");
    row("high", R"("\ud83d")", EscapeFault::LoneSurrogate, R"("\u0000")");
    row("low", R"("\udc08")", EscapeFault::LoneSurrogate, R"("\u0000")");
    row("swapped", R"("\udc08\ud83d")", EscapeFault::LoneSurrogate, R"("\u0000\u0000")");
    row("high, pair", R"("\ud83d\ud83d\udc08")", EscapeFault::LoneSurrogate, R"("\u0000\ud83d\udc08")");
    row("high, cut", R"("\ud83d\ud8)", EscapeFault::LoneSurrogate, R"("\u0000\ud8)");
    row("cut", R"("\u00)", EscapeFault::None, R"("\u00)");
    row("backslash last", "\"\\", EscapeFault::None, "\"\\");
}

void TstJsonScan::escapeFaults()
{
    QFETCH(QByteArray, json);
    QFETCH(int, fault);
    QFETCH(QByteArray, marked);
    QCOMPARE(int(findEscapeFault(json)), fault);
    QCOMPARE(markEscapeFaults(json), marked);
}

void TstJsonScan::arraysAreSplit_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArrayList>("values");
    QTest::newRow("empty") << QByteArray(" [ ] ") << QByteArrayList{};
    QTest::newRow("scalars") << QByteArray("[1, true ,null,-1.5e3]")
                             << QByteArrayList{"1", "true", "null", "-1.5e3"};
    QTest::newRow("nested") << QByteArray(R"([[1,[2]],{"a":{"b":[]}}])")
                            << QByteArrayList{"[1,[2]]", R"({"a":{"b":[]}})"};
    QTest::newRow("texts") << QByteArray(R"(["a,]","\"]","\\", "\\\""])")
                           << QByteArrayList{R"("a,]")", R"("\"]")", R"("\\")", R"("\\\"")"};
    QTest::newRow("brackets in texts") << QByteArray(R"([{"]}":"[{"}])") << QByteArrayList{R"({"]}":"[{"})"};
}

void TstJsonScan::arraysAreSplit()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArrayList, values);
    const auto split = splitArray(json);
    QVERIFY(split);
    QByteArrayList found;
    for (const QByteArrayView value : *split)
        found.append(value.toByteArray());
    QCOMPARE(found, values);
}

void TstJsonScan::objectsAreSplit()
{
    const auto members = splitObject(R"( { "a" : 1 , "b\"" : { "c" : "}" } , "a" : [ ] } )");
    QVERIFY(members);
    QCOMPARE(members->size(), 3u);
    QCOMPARE(members->at(1).first, QByteArrayView(R"("b\"")"));
    QCOMPARE(members->at(1).second, QByteArrayView(R"({ "c" : "}" })"));
    QCOMPARE(members->at(2).first, QByteArrayView("\"a\""));
    QCOMPARE(members->at(2).second, QByteArrayView("[ ]"));
}

void TstJsonScan::brokenTextIsNothing_data()
{
    QTest::addColumn<QByteArray>("json");
    for (const char *json : {"",         "[",     "[1",        "[1,",        "[1,]", "[,1]",   "[1 2]",
                             "[1]x",     "[\"]",  "[\"\\\"]",  "[{]",        "{",    "{\"a\"", "{\"a\":",
                             "{\"a\":}", "{a:1}", "{\"a\" 1}", "{\"a\":1,}", "{}x",  "]",      "[}"})
        QTest::newRow(json) << QByteArray(json);
}

void TstJsonScan::brokenTextIsNothing()
{
    QFETCH(QByteArray, json);
    QVERIFY(!splitArray(json));
    QVERIFY(!splitObject(json));
}

QTEST_APPLESS_MAIN(TstJsonScan)
#include "tst_json_scan.moc"
