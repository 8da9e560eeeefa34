#include "api/percent.h"

#include <QTest>

using namespace belfry;

class TstPercent : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void decodes_data();
    void decodes();
    void encodesAllButUnreserved();
};

void TstPercent::decodes_data()
{
    QTest::addColumn<QByteArray>("raw");
    QTest::addColumn<bool>("form");
    QTest::addColumn<bool>("good");
    QTest::addColumn<QByteArray>("text");

    QTest::newRow("plain") << QByteArray("anna") << false << true << QByteArray("anna");
    QTest::newRow("empty") << QByteArray("") << false << true << QByteArray("");
    QTest::newRow("umlaut") << QByteArray("J%C3%bcrg") << false << true << QByteArray("J\xc3\xbcrg");
    QTest::newRow("slash") << QByteArray("a%2Fb") << false << true << QByteArray("a/b");
    QTest::newRow("plus in a path") << QByteArray("a+b") << false << true << QByteArray("a+b");
    QTest::newRow("plus in a form") << QByteArray("a+b%2B") << true << true << QByteArray("a b+");
    QTest::newRow("cut off") << QByteArray("a%4") << false << false << QByteArray();
    QTest::newRow("no hex") << QByteArray("%zz") << false << false << QByteArray();
    QTest::newRow("NUL") << QByteArray("a%00b") << false << false << QByteArray();
    QTest::newRow("not UTF-8") << QByteArray("%ff") << false << false << QByteArray();
    QTest::newRow("overlong") << QByteArray("%c0%af") << false << false << QByteArray();
}

void TstPercent::decodes()
{
    QFETCH(QByteArray, raw);
    QFETCH(bool, form);
    QFETCH(bool, good);
    QFETCH(QByteArray, text);
    const auto decoded = api::decodePercent(raw, form ? api::Plus::Space : api::Plus::Itself);
    QCOMPARE(decoded.has_value(), good);
    QCOMPARE(decoded.value_or(QByteArray()), text);
}

void TstPercent::encodesAllButUnreserved()
{
    QByteArray out = "x=";
    api::appendPercentEncoded(out, "a-b_c.d~e f/\xc3\xbc&=");
    QCOMPARE(out, QByteArray("x=a-b_c.d~e%20f%2F%C3%BC%26%3D"));
}

QTEST_GUILESS_MAIN(TstPercent)
#include "tst_percent.moc"
