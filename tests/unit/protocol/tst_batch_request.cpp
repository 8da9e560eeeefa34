#include "protocol/batch_request.h"
#include "samples.h"

#include <QTest>

using namespace belfry;
using namespace belfry::model;
using namespace belfry::protocol;

class TstBatchRequest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void batchItemsHaveTheirOwnResults();
    void batchAsObject();
    void whatIsWrongIsSaidTheSameWayEverywhere_data();
    void whatIsWrongIsSaidTheSameWayEverywhere();
    void anItemIsNoLargerThanASingleOne();
    void badBatches_data();
    void badBatches();
};

void TstBatchRequest::batchItemsHaveTheirOwnResults()
{
    const auto batch =
        parseBatch(R"( [{"user_id":1,"title":"a"}, {"title":"b"}, {"user_id":3,"title":"\ud800"}, 7,
        {"user_id":5,"title":"]},{"} ] )",
                   samples::noon);
    QVERIFY(batch);
    QCOMPARE(batch->size(), 5u);
    QVERIFY(batch->at(0));
    QCOMPARE(batch->at(1).error().fields.first().pointer, Text("/1/user_id"));
    QCOMPARE(batch->at(2).error().fields.first().pointer, Text("/2/title"));
    QCOMPARE(batch->at(3).error().code, ErrorCode::Invalid);
    QCOMPARE(batch->at(4)->content.title, Text("]},{"));
}

void TstBatchRequest::batchAsObject()
{
    const auto batch =
        parseBatch(R"({"x":[1],"notifications":[{"user_id":1,"title":"a"},{"user_id":2}]})", samples::noon);
    QVERIFY(batch);
    QCOMPARE(batch->size(), 2u);
    QCOMPARE(batch->at(1).error().fields.first().pointer, Text("/notifications/1/title"));
}

void TstBatchRequest::whatIsWrongIsSaidTheSameWayEverywhere_data()
{
    QTest::addColumn<QByteArray>("item");
    QTest::addColumn<QByteArray>("told");
    QTest::newRow("the whole item") << QByteArray("5") << QByteArray("/0: must be a JSON object");
    QTest::newRow("a member") << QByteArray(R"({"user_id":1,"title":5})")
                              << QByteArray("/0/title: must be a string");
    QTest::newRow("too deep") << R"({"user_id":1,"title":"a","data":)" + QByteArray(100, '[') +
                                     QByteArray(100, ']') + '}'
                              << QByteArray("/0: nest at most 64 levels deep");
}

void TstBatchRequest::whatIsWrongIsSaidTheSameWayEverywhere()
{
    QFETCH(QByteArray, item);
    QFETCH(QByteArray, told);
    const auto batch = parseBatch('[' + item + ']', samples::noon);
    QVERIFY(batch);
    const Error &error = batch->at(0).error();
    QCOMPARE(error.detail, told);
    QCOMPARE(error.fields.first().toText(), told);
}

void TstBatchRequest::anItemIsNoLargerThanASingleOne()
{
    const auto object = [](qsizetype size) { return "{\"x\":\"" + QByteArray(size - 8, 'y') + "\"}"; };
    constexpr qsizetype most = 256 * 1024;
    const auto batch = parseBatch(R"([{"user_id":1,"title":"a","data":)" + object(most) +
                                      R"(},{"user_id":1,"title":"a","data":)" + object(most + 1) +
                                      R"(},{"user_id":1,"title":"a","metadata":)" + object(most + 1) +
                                      R"(},{"user_id":1,"template":"t","params":)" + object(most + 1) + "}]",
                                  samples::noon);
    QVERIFY(batch);
    QVERIFY(batch->at(0));
    QCOMPARE(batch->at(0)->content.data.size(), most);
    QCOMPARE(batch->at(1).error().code, ErrorCode::Invalid);
    QCOMPARE(batch->at(1).error().fields.first().pointer, Text("/1/data"));
    QVERIFY(batch->at(1).error().fields.first().detail.contains("256 KiB"));
    QCOMPARE(batch->at(2).error().fields.first().pointer, Text("/2/metadata"));
    QCOMPARE(batch->at(3).error().fields.first().pointer, Text("/3/params"));
}

void TstBatchRequest::badBatches_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<int>("code");
    QTest::newRow("empty") << QByteArray() << int(ErrorCode::Malformed);
    QTest::newRow("half") << QByteArray(R"([{"user_id":1})") << int(ErrorCode::Malformed);
    QTest::newRow("trailing") << QByteArray("[{}] {}") << int(ErrorCode::Malformed);
    QTest::newRow("comma") << QByteArray("[{},]") << int(ErrorCode::Malformed);
    QTest::newRow("unfinished text") << QByteArray("[\"") << int(ErrorCode::Malformed);
    QTest::newRow("backslash at the end") << QByteArray("[\"\\") << int(ErrorCode::Malformed);
    QTest::newRow("no items") << QByteArray("[]") << int(ErrorCode::Invalid);
    QTest::newRow("no array") << QByteArray("{\"notifications\":{}}") << int(ErrorCode::Invalid);
    QTest::newRow("too many") << "[" + QByteArray("{},").repeated(1000) + "{}]" << int(ErrorCode::Invalid);
}

void TstBatchRequest::badBatches()
{
    QFETCH(QByteArray, json);
    QFETCH(int, code);
    const auto batch = parseBatch(json, samples::noon);
    QVERIFY(!batch);
    QCOMPARE(int(batch.error().code), code);
}

QTEST_APPLESS_MAIN(TstBatchRequest)
#include "tst_batch_request.moc"
