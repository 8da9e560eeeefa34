#include "protocol/answers.h"
#include "protocol/item.h"
#include "samples.h"

#include <QTest>

using namespace belfry;
using namespace belfry::model;
using namespace belfry::protocol;

class TstAnswers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersComeBack();
    void deepestDataIsRead();
    void badAnswers_data();
    void badAnswers();
};

void TstAnswers::answersComeBack()
{
    const Snapshot snapshot{{"e"}, 9, {1, 2}, {samples::fullItem()}, "next"};
    QCOMPARE(parseSnapshot(encode(snapshot)).value(), snapshot);
    const LogAnswer log{{"e"}, 9, 2, {samples::created(9)}};
    QCOMPARE(parseLog(encode(log)).value(), log);
    const ListAnswer list{{samples::fullItem(), samples::fullItem()}, 20, 40, "c"};
    QCOMPARE(parseList(encode(list)).value(), list);
    const OpsAnswer ops{{{{"a"}, 3, true, {samples::someId}}, {{"b"}, 0, false, {}}}, {4, 5}, 3};
    QCOMPARE(parseOpsAnswer(encode(ops)).value(), ops);
    const CountsAnswer counts{{4, 5}, 3};
    QCOMPARE(parseCounts(encode(counts)).value(), counts);
    QCOMPARE(parseItemAnswer(itemAnswer(samples::fullItem(), "done")).value(), samples::fullItem());
    const WellKnown known{"1.2", {"belfry.v1"}, {"sse"}, 1, 2, 3};
    QCOMPARE(parseWellKnown(encode(known)).value(), known);
    WellKnown secure = known;
    secure.api = "https://notify.example/api/v1";
    secure.webSocket = "wss://notify.example/ws";
    QCOMPARE(parseWellKnown(encode(secure)).value(), secure);
}

// What the server takes every client reads, however deep an answer puts it.
void TstAnswers::deepestDataIsRead()
{
    Notification item = samples::fullItem();
    item.content.data = samples::deepestData();
    QByteArray json;
    appendItem(json, item);
    QCOMPARE(parseItem(json).value(), item);
    QCOMPARE(parseItemAnswer(itemAnswer(item, "done")).value(), item);
    const Snapshot snapshot{{"e"}, 9, {1, 2}, {item}, "next"};
    QCOMPARE(parseSnapshot(encode(snapshot)).value(), snapshot);
    const ListAnswer list{{item}, 20, 40, "c"};
    QCOMPARE(parseList(encode(list)).value(), list);
    Change change = samples::created(9);
    change.what = item;
    const LogAnswer log{{"e"}, 9, 2, {change}};
    QCOMPARE(parseLog(encode(log)).value(), log);
}

void TstAnswers::badAnswers_data()
{
    QTest::addColumn<QByteArray>("json");
    for (const char *json : {"", "[]", "{}", R"({"data":7})", R"({"data":[7],"meta":7})", "<html>"})
        QTest::newRow(json) << QByteArray(json);
}

void TstAnswers::badAnswers()
{
    QFETCH(QByteArray, json);
    QVERIFY(!parseSnapshot(json));
    QVERIFY(!parseLog(json));
    QVERIFY(!parseList(json));
    QVERIFY(!parseOpsAnswer(json));
    QVERIFY(!parseCounts(json));
    QVERIFY(!parseItemAnswer(json));
    QVERIFY(!parseWellKnown(json));
}

QTEST_APPLESS_MAIN(TstAnswers)
#include "tst_answers.moc"
