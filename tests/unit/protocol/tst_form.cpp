#include "protocol/form.h"

#include <QTest>
#include <array>

using namespace belfry::model;
using namespace belfry::protocol;

class TstForm : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fieldsAreDecoded_data();
    void fieldsAreDecoded();
    void badFormsAreRefused_data();
    void badFormsAreRefused();
    void lastValueCounts();
    void becomesJson();
};

void TstForm::fieldsAreDecoded_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    const auto row = [](const char *title, const char *body, const char *name, const char *value) {
        QTest::newRow(title) << QByteArray(body) << QByteArray(name) << QByteArray(value);
    };
    row("plain", "a=b", "a", "b");
    row("plus", "a=b+c", "a", "b c");
    row("percent", "a%20b=%C3%bc%26", "a b", "\xc3\xbc&");
    row("equals in the value", "a=b=c", "a", "b=c");
    row("no value", "a", "a", "");
    row("empty parts", "&&a=b&", "a", "b");
    row("escape at the end", "a=%41", "a", "A");
}

void TstForm::fieldsAreDecoded()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    const auto form = parseForm(body);
    QVERIFY(form);
    QVERIFY(form->has(name));
    QCOMPARE(form->value(name), value);
}

void TstForm::badFormsAreRefused_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("code");
    QTest::newRow("bad escape") << QByteArray("a=%zz") << int(ErrorCode::Malformed);
    QTest::newRow("cut escape") << QByteArray("a=%4") << int(ErrorCode::Malformed);
    QTest::newRow("lone percent") << QByteArray("a=%") << int(ErrorCode::Malformed);
    QTest::newRow("not utf-8") << QByteArray("a=%FF") << int(ErrorCode::Malformed);
    QTest::newRow("surrogate") << QByteArray("a=%ED%A0%80") << int(ErrorCode::Malformed);
    QTest::newRow("nul") << QByteArray("a=%00") << int(ErrorCode::Invalid);
    QTest::newRow("many") << QByteArray("a=b&").repeated(101) << int(ErrorCode::Invalid);
}

void TstForm::badFormsAreRefused()
{
    QFETCH(QByteArray, body);
    QFETCH(int, code);
    const auto form = parseForm(body);
    QVERIFY(!form);
    QCOMPARE(int(form.error().code), code);
}

void TstForm::lastValueCounts()
{
    const auto form = parseForm("a=1&a=2");
    QCOMPARE(form->value("a"), Text("2"));
    QCOMPARE(form->value("b"), Text());
    QCOMPARE(form->fields.size(), 2);
}

void TstForm::becomesJson()
{
    const std::array<QByteArrayView, 2> typed{"n", "o"};
    const std::array<QByteArrayView, 1> lists{"l"};
    const auto json = [&](const char *body) { return formToJson(*parseForm(body), typed, lists).value(); };
    QCOMPARE(json("s=1&n=2&o={\"a\":[]}&l=x&l=y"),
             QByteArray(R"({"s":"1","n":2,"o":{"a":[]},"l":["x","y"]})"));
    QCOMPARE(json("l=[1,2]"), QByteArray(R"({"l":[1,2]})"));
    QCOMPARE(json("n=1,\"x\":2"), QByteArray(R"({"n":"1,\"x\":2"})"));
    QCOMPARE(json("n=\"text\""), QByteArray(R"({"n":"\"text\""})"));
    QCOMPARE(json("n=\xef\xbb\xbf"
                  "30"),
             QByteArray("{\"n\":\"\xef\xbb\xbf"
                        "30\"}")); // a mark is text there
    QCOMPARE(json(""), QByteArray("{}"));
}

QTEST_APPLESS_MAIN(TstForm)
#include "tst_form.moc"
