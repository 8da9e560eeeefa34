#include "api/query.h"

#include <QTest>

using namespace belfry;

class TstQuery : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsValues();
    void numbers_data();
    void numbers();
    void refusesWhatIsBroken_data();
    void refusesWhatIsBroken();
};

void TstQuery::readsValues()
{
    const auto query = api::Query::parse("q=two+words&empty=&flag&type=a%26b&type=second&&");
    QVERIFY(query);
    QCOMPARE(query->text("q"), QByteArray("two words"));
    QCOMPARE(query->text("type"), QByteArray("second"));
    QVERIFY(query->has("flag"));
    QVERIFY(query->has("empty"));
    QVERIFY(!query->has("other"));
    QCOMPARE(query->text("other"), QByteArray());
    QCOMPARE(query->form().fields.size(), 5);
}

void TstQuery::numbers_data()
{
    QTest::addColumn<QByteArray>("raw");
    QTest::addColumn<bool>("good");
    QTest::addColumn<qint64>("number");
    QTest::newRow("absent") << QByteArray("") << true << qint64(50);
    QTest::newRow("empty") << QByteArray("limit=") << true << qint64(50);
    QTest::newRow("given") << QByteArray("limit=7") << true << qint64(7);
    QTest::newRow("largest") << QByteArray("limit=9223372036854775807") << true
                             << qint64(9223372036854775807);
    QTest::newRow("too large") << QByteArray("limit=9223372036854775808") << false << qint64(0);
    QTest::newRow("text") << QByteArray("limit=ten") << false << qint64(0);
    QTest::newRow("fraction") << QByteArray("limit=1.5") << false << qint64(0);
    QTest::newRow("negative") << QByteArray("limit=-1") << false << qint64(0);
}

void TstQuery::numbers()
{
    QFETCH(QByteArray, raw);
    QFETCH(bool, good);
    QFETCH(qint64, number);
    const auto query = api::Query::parse(raw);
    QVERIFY(query);
    const auto read = query->natural("limit", 50);
    QCOMPARE(read.has_value(), good);
    if (good) {
        QCOMPARE(*read, number);
        return;
    }
    QCOMPARE(read.error().code, model::ErrorCode::Malformed);
    QCOMPARE(read.error().fields.value(0).pointer, QByteArray("limit"));
}

void TstQuery::refusesWhatIsBroken_data()
{
    QTest::addColumn<QByteArray>("raw");
    QTest::newRow("escape in a value") << QByteArray("q=%4");
    QTest::newRow("escape in a name") << QByteArray("%4=1");
    QTest::newRow("not UTF-8") << QByteArray("q=%ff");
    QTest::newRow("NUL") << QByteArray("q=%00");
    QTest::newRow("too many") << QByteArray("a=1&").repeated(101);
}

void TstQuery::refusesWhatIsBroken()
{
    QFETCH(QByteArray, raw);
    const auto query = api::Query::parse(raw);
    QVERIFY(!query);
    QCOMPARE(query.error().code, model::ErrorCode::Malformed);
}

QTEST_GUILESS_MAIN(TstQuery)
#include "tst_query.moc"
