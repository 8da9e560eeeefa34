#include "bench/json_peek.h"

#include <QTest>
#include <array>
#include <string>

using namespace belfry::bench;

class JsonPeekTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsMembers_data();
    void findsMembers();
    void markerComesBack_data();
    void markerComesBack();
    void noMarkerIsNone_data();
    void noMarkerIsNone();
};

void JsonPeekTest::findsMembers_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("number");
    QTest::newRow("first") << QByteArray(R"({"x":"live"})") << QByteArray("live") << QByteArray();
    QTest::newRow("spaces") << QByteArray(R"({ "x" : "a b" })") << QByteArray("a b") << QByteArray();
    QTest::newRow("escapes") << QByteArray(R"({"x":"a\"b\\"})") << QByteArray(R"(a\"b\\)") << QByteArray();
    QTest::newRow("number") << QByteArray(R"({"a":1,"x":-42,"b":2})") << QByteArray() << QByteArray("-42");
    QTest::newRow("null") << QByteArray(R"({"x":null})") << QByteArray() << QByteArray();
    QTest::newRow("a value of this name")
        << QByteArray(R"({"a":"x","x":7})") << QByteArray() << QByteArray("7");
    QTest::newRow("part of a name") << QByteArray(R"({"xx":1,"ax":2})") << QByteArray() << QByteArray();
    QTest::newRow("cut off") << QByteArray(R"({"x":"abc)") << QByteArray() << QByteArray();
    QTest::newRow("ends at the name") << QByteArray(R"({"x")") << QByteArray() << QByteArray();
}

void JsonPeekTest::findsMembers()
{
    QFETCH(QByteArray, json);
    const std::string_view view(json.constData(), static_cast<std::size_t>(json.size()));
    QTEST(QByteArray::fromStdString(std::string(peekText(view, "x"))), "text");
    QTEST(QByteArray::fromStdString(std::string(peekNumber(view, "x"))), "number");
}

void JsonPeekTest::markerComesBack_data()
{
    QTest::addColumn<quint64>("number");
    for (const quint64 number : {0ULL, 7ULL, 123'456ULL, 999'999'999'999ULL})
        QTest::addRow("%llu", static_cast<unsigned long long>(number)) << number;
}

void JsonPeekTest::markerComesBack()
{
    QFETCH(quint64, number);
    std::array<char, markerDigits> digits;
    writeMarker(digits.data(), number);
    const std::string frame =
        R"({"type":"ev","item":{"title":"Hello bench:)" + std::string(digits.data(), markerDigits) + R"("}})";
    QCOMPARE(readMarker(frame).value(), number);
}

void JsonPeekTest::noMarkerIsNone_data()
{
    QTest::addColumn<QByteArray>("frame");
    QTest::newRow("none") << QByteArray(R"({"type":"counts","seq":1})");
    QTest::newRow("short") << QByteArray("bench:00000000001");
    QTest::newRow("no digits") << QByteArray("bench:00000000x001");
    QTest::newRow("empty") << QByteArray();
}

void JsonPeekTest::noMarkerIsNone()
{
    QFETCH(QByteArray, frame);
    QVERIFY(!readMarker({frame.constData(), static_cast<std::size_t>(frame.size())}));
}

QTEST_APPLESS_MAIN(JsonPeekTest)
#include "tst_json_peek.moc"
