#include "protocol/json_writer.h"

#include <QTest>
#include <limits>

using namespace belfry;
using protocol::JsonWriter;

class TstJsonWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textIsEscaped_data();
    void textIsEscaped();
    void longTextIsEscapedAtEveryPlace();
    void commasStandBetweenValues();
    void numbers_data();
    void numbers();
    void timesHaveMillisecondsOrMicroseconds_data();
    void timesHaveMillisecondsOrMicroseconds();
    void appendsToWhatIsThere();
    void emptyTextCanBeNull();
};

namespace {
template<typename Write>
QByteArray written(Write write)
{
    QByteArray out;
    JsonWriter json(out);
    write(json);
    json.finish();
    return out;
}
} // namespace

void TstJsonWriter::textIsEscaped_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("empty") << QByteArray("") << QByteArray(R"("")");
    QTest::newRow("plain") << QByteArray("plain text") << QByteArray(R"("plain text")");
    QTest::newRow("quote and backslash") << QByteArray(R"(a"b\c)") << QByteArray(R"("a\"b\\c")");
    QTest::newRow("short escapes") << QByteArray("\n\r\t") << QByteArray(R"("\n\r\t")");
    QTest::newRow("controls") << QByteArray("\x01\x1f\x08") << QByteArray(R"("\u0001\u001f\u0008")");
    QTest::newRow("utf-8 stays") << QByteArray("\xf0\x9f\x90\x88 \xc3\xbc")
                                 << QByteArray("\"\xf0\x9f\x90\x88 \xc3\xbc\"");
    QTest::newRow("del stays") << QByteArray("\x7f") << QByteArray("\"\x7f\"");
}

void TstJsonWriter::textIsEscaped()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, json);
    QCOMPARE(written([&](JsonWriter &w) { w.text(text); }), json);
}

// The writer looks at eight bytes at a time: the one to escape must be found at each of them.
void TstJsonWriter::longTextIsEscapedAtEveryPlace()
{
    for (const char special : {'"', '\\', '\n', '\x1f'}) {
        for (int at = 0; at < 40; ++at) {
            QByteArray text(40, 'x');
            text[at] = special;
            QByteArray expected = written([&](JsonWriter &w) { w.text(text.first(at)); });
            expected.chop(1);
            expected += written([&](JsonWriter &w) { w.text(QByteArray(1, special)); }).sliced(1).chopped(1);
            expected += QByteArray(39 - at, 'x') + '"';
            QCOMPARE(written([&](JsonWriter &w) { w.text(text); }), expected);
        }
    }
}

void TstJsonWriter::commasStandBetweenValues()
{
    const QByteArray json = written([](JsonWriter &w) {
        w.beginObject().key("a").beginArray().number(1).null().boolean(true).endArray();
        w.key("b")
            .beginObject()
            .endObject()
            .anyKey("q\"")
            .beginArray()
            .beginArray()
            .endArray()
            .text("x")
            .endArray();
        w.key("r").verbatim("{\"n\":1}").endObject();
    });
    QCOMPARE(json, QByteArray(R"({"a":[1,null,true],"b":{},"q\"":[[],"x"],"r":{"n":1}})"));
}

void TstJsonWriter::numbers_data()
{
    QTest::addColumn<QByteArray>("actual");
    QTest::addColumn<QByteArray>("json");
    const auto integer = [](qint64 value) { return written([&](JsonWriter &w) { w.number(value); }); };
    const auto real = [](double value) { return written([&](JsonWriter &w) { w.real(value); }); };
    QTest::newRow("least") << integer(std::numeric_limits<qint64>::min())
                           << QByteArray("-9223372036854775808");
    QTest::newRow("most") << integer(std::numeric_limits<qint64>::max()) << QByteArray("9223372036854775807");
    QTest::newRow("zero") << integer(0) << QByteArray("0");
    QTest::newRow("fraction") << real(0.1) << QByteArray("0.1");
    QTest::newRow("small") << real(1e-300) << QByteArray("1e-300");
    QTest::newRow("nan") << real(std::numeric_limits<double>::quiet_NaN()) << QByteArray("null");
    QTest::newRow("infinite") << real(std::numeric_limits<double>::infinity()) << QByteArray("null");
    QTest::newRow("zero as null") << written([](JsonWriter &w) { w.numberOrNull(0); }) << QByteArray("null");
}

void TstJsonWriter::numbers()
{
    QFETCH(QByteArray, actual);
    QFETCH(QByteArray, json);
    QCOMPARE(actual, json);
}

void TstJsonWriter::timesHaveMillisecondsOrMicroseconds_data()
{
    QTest::addColumn<qint64>("us");
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("epoch") << qint64(0) << QByteArray("\"1970-01-01T00:00:00.000Z\"");
    QTest::newRow("milliseconds") << qint64(1'700'000'000'123'000)
                                  << QByteArray("\"2023-11-14T22:13:20.123Z\"");
    QTest::newRow("microseconds") << qint64(1'700'000'000'123'456)
                                  << QByteArray("\"2023-11-14T22:13:20.123456Z\"");
    QTest::newRow("before 1970") << qint64(-1) << QByteArray("\"1969-12-31T23:59:59.999999Z\"");
    QTest::newRow("leap day") << qint64(1'709'164'800'000'000) << QByteArray("\"2024-02-29T00:00:00.000Z\"");
    QTest::newRow("too late") << std::numeric_limits<qint64>::max()
                              << QByteArray("\"9999-12-31T23:59:59.999999Z\"");
    QTest::newRow("too early") << std::numeric_limits<qint64>::min()
                               << QByteArray("\"0000-01-01T00:00:00.000Z\"");
}

void TstJsonWriter::timesHaveMillisecondsOrMicroseconds()
{
    QFETCH(qint64, us);
    QFETCH(QByteArray, json);
    QCOMPARE(written([&](JsonWriter &w) { w.time({us}); }), json);
}

void TstJsonWriter::appendsToWhatIsThere()
{
    QByteArray out = "before ";
    {
        JsonWriter json(out);
        json.text(QByteArray(5000, 'y'));
    }
    QCOMPARE(out.size(), 7 + 5002);
    QVERIFY(out.startsWith("before \"yyy"));
    QVERIFY(out.endsWith("yyy\""));
}

void TstJsonWriter::emptyTextCanBeNull()
{
    QCOMPARE(written([](JsonWriter &w) { w.textOrNull({}); }), QByteArray("null"));
    QCOMPARE(written([](JsonWriter &w) { w.textOrNull("a"); }), QByteArray("\"a\""));
}

QTEST_APPLESS_MAIN(TstJsonWriter)
#include "tst_json_writer.moc"
