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
    void devices();
    void subjects_data();
    void subjects();
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
    const SessionGrant grant{{"7"}, "access", std::chrono::seconds(900), "blr_refresh"};
    QCOMPARE(parseSessionGrant(encode(grant)).value(), grant);
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
    QVERIFY(!parseSessionGrant(json));
    QVERIFY(!parseDevices(json));
}

void TstAnswers::devices()
{
    const auto read = parseDevices(
        R"({"data":[{"id":"d1","user_id":"7","name":"Desk","platform":"Debian 12","last_seen_at":"2026-01-02T03:04:05Z"},
                    {"id":"d2","name":null,"last_seen_at":null,"more":1}]})");
    QVERIFY(read);
    QCOMPARE(read->size(), std::size_t(2));
    QCOMPARE(read->front().name, Text("Desk"));
    QVERIFY(read->front().seenAt && !read->back().seenAt);
    QCOMPARE(read->back(), (DeviceAnswer{{"d2"}, {}, {}, {}}));
}

void TstAnswers::subjects_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<QByteArray>("user");
    const auto token = [](const QByteArray &claims) {
        return "eyJh." + claims.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals) +
               ".c2ln";
    };
    QTest::newRow("text") << token(R"({"sub":"eva","exp":1})") << QByteArray("eva");
    QTest::newRow("number") << token(R"({"sub":7})") << QByteArray("7");
    QTest::newRow("none") << token(R"({"iat":7})") << QByteArray();
    QTest::newRow("no claims") << token("secret") << QByteArray();
    QTest::newRow("no base64") << QByteArray("a.{}.b") << QByteArray();
    QTest::newRow("two parts") << QByteArray("eyJh.eyJzdWIiOiJlIn0") << QByteArray();
    QTest::newRow("a key") << QByteArray("blf_key") << QByteArray();
}

void TstAnswers::subjects()
{
    QFETCH(QByteArray, token);
    QFETCH(QByteArray, user);
    const auto read = subjectOf(token);
    QCOMPARE(read ? read->text : QByteArray(), user);
    if (!read)
        QCOMPARE(read.error().detail, QByteArray("this is no user token"));
}

QTEST_APPLESS_MAIN(TstAnswers)
#include "tst_answers.moc"
