#include "api/entity_tag.h"

#include <QTest>

using namespace belfry::api;

class TstEntityTag : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void noneMatch_data();
    void noneMatch();
    void ifMatch_data();
    void ifMatch();
};

void TstEntityTag::noneMatch_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<bool>("hit");
    QTest::newRow("absent") << QByteArray() << false;
    QTest::newRow("same") << QByteArray("\"a1\"") << true;
    QTest::newRow("other") << QByteArray("\"a2\"") << false;
    QTest::newRow("in a list") << QByteArray("\"x\", \"a1\"") << true;
    QTest::newRow("weak") << QByteArray("W/\"a1\"") << true;
    QTest::newRow("any") << QByteArray(" * ") << true;
    QTest::newRow("without quotes") << QByteArray("a1") << false;
}

void TstEntityTag::noneMatch()
{
    QFETCH(QByteArray, header);
    QFETCH(bool, hit);
    QCOMPARE(noneMatchHits(header, "a1"), hit);
}

void TstEntityTag::ifMatch_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<bool>("any");
    QTest::addColumn<bool>("matches");
    QTest::newRow("absent") << QByteArray() << true << false;
    QTest::newRow("any") << QByteArray("*") << true << false;
    QTest::newRow("same") << QByteArray("\"a1\"") << false << true;
    QTest::newRow("other") << QByteArray("\"a2\"") << false << false;
    QTest::newRow("weak") << QByteArray("W/\"a1\"") << false << false;
}

void TstEntityTag::ifMatch()
{
    QFETCH(QByteArray, header);
    QFETCH(bool, any);
    QFETCH(bool, matches);
    const auto tag = ifMatchTag(header);
    QCOMPARE(!tag.has_value(), any);
    QCOMPARE(tag == QByteArray("a1"), matches);
}

QTEST_GUILESS_MAIN(TstEntityTag)
#include "tst_entity_tag.moc"
