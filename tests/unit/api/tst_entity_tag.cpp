#include "api/entity_tag.h"

#include <QSet>
#include <QTest>

using namespace belfry::api;

class TstEntityTag : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void noneMatch_data();
    void noneMatch();
    void tagsOfBodies();
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

void TstEntityTag::tagsOfBodies()
{
    QCOMPARE(tagOfBody("a body"), tagOfBody(QByteArray("a ") + "body"));
    QSet<QByteArray> tags;
    QByteArray body(300, 'x');
    for (qsizetype i = 0; i < body.size(); ++i) {
        body[i] = 'y';
        tags.insert(tagOfBody(body));
        tags.insert(tagOfBody(body.left(i)));
        body[i] = 'x';
    }
    QCOMPARE(tags.size(), 600);
    QVERIFY(!tagOfBody({}).contains('"'));
}

void TstEntityTag::ifMatch_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<bool>("any");
    QTest::addColumn<QByteArrayList>("tags");
    const QByteArrayList none;
    QTest::newRow("absent") << QByteArray() << true << none;
    QTest::newRow("any") << QByteArray("*") << true << none;
    QTest::newRow("one") << QByteArray(" \"a1\" ") << false << QByteArrayList{"a1"};
    QTest::newRow("a list") << QByteArray("\"x\",\"a1\" , \"\"") << false << QByteArrayList{"x", "a1", ""};
    QTest::newRow("weak") << QByteArray("W/\"a1\"") << false << none;
    QTest::newRow("weak and strong") << QByteArray("W/\"a1\", \"a2\"") << false << QByteArrayList{"a2"};
    QTest::newRow("a tag that is called *") << QByteArray("\"*\"") << false << QByteArrayList{"*"};
    QTest::newRow("a comma inside a tag") << QByteArray("\"x,a1,y\"") << false << none;
    QTest::newRow("without quotes") << QByteArray("a1") << false << none;
    QTest::newRow("only commas") << QByteArray(", ,") << false << none;
}

void TstEntityTag::ifMatch()
{
    QFETCH(QByteArray, header);
    QFETCH(bool, any);
    QFETCH(QByteArrayList, tags);
    const auto named = ifMatchTags(header);
    QCOMPARE(!named.has_value(), any);
    QCOMPARE(named.value_or(QByteArrayList()), tags);
}

QTEST_GUILESS_MAIN(TstEntityTag)
#include "tst_entity_tag.moc"
