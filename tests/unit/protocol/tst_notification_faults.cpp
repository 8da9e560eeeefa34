#include "protocol/notification_request.h"
#include "samples.h"

#include <QElapsedTimer>
#include <QTest>

using namespace belfry;
using namespace belfry::model;
using namespace belfry::protocol;
using samples::withMember;

namespace {
/// The member is named, with something to do about it.
void verifyInvalid(const QByteArray &json, const QByteArray &pointer)
{
    const auto request = parseNotification(json, samples::noon);
    QVERIFY(!request);
    QCOMPARE(request.error().code, ErrorCode::Invalid);
    QCOMPARE(request.error().fields.first().pointer, pointer);
    QVERIFY(!request.error().fields.first().detail.isEmpty());
}
} // namespace

class TstNotificationFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void badMembersAreNamed_data();
    void badMembersAreNamed();
    void badTextAnywhereIsInvalid_data();
    void badTextAnywhereIsInvalid();
    void notJsonIsMalformed_data();
    void notJsonIsMalformed();
    void severalFaultsAreToldTogether();
    void answersStaySmall();
    void manyMembersTakeNoLongTime();
};

void TstNotificationFaults::badMembersAreNamed_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("pointer");
    const auto row = [](const char *name, const QByteArray &json, const char *pointer) {
        QTest::newRow(name) << json << QByteArray(pointer);
    };
    row("template that is not there", R"({"user_id":1,"template":"welcome","params":{"a":1}})", "/template");
    row("nobody", R"({"title":"t"})", "/user_id");
    row("two kinds", withMember(R"("topic":"x")"), "");
    row("user and users", withMember(R"("user_ids":[1])"), "");
    row("broadcast false is none", R"({"title":"t","broadcast":false})", "/user_id");
    row("null user", R"({"title":"t","user_id":null})", "/user_id");
    row("fraction as user", R"({"title":"t","user_id":1.5})", "/user_id");
    row("empty user", R"({"title":"t","user_id":""})", "/user_id");
    row("long user", R"({"title":"t","user_id":")" + QByteArray(129, 'u') + "\"}", "/user_id");
    row("no users", R"({"title":"t","user_ids":[]})", "/user_ids");
    row("bad user in a list", R"({"title":"t","user_ids":[1,{}]})", "/user_ids/1");
    row("nothing said", R"({"user_id":1})", "/title");
    row("title no text", R"({"user_id":1,"title":5})", "/title");
    row("unknown channel", withMember(R"("channels":["in_app","smoke"])"), "/channels/1");
    row("unknown single channel", withMember(R"("channel":"smoke")"), "/channel");
    row("unknown urgency", withMember(R"("urgency":"extreme")"), "/urgency");
    row("unknown priority", withMember(R"("priority":11)"), "/priority");
    row("priority no word", withMember(R"("priority":{})"), "/priority");
    row("critical no bool", withMember(R"("critical":1)"), "/critical");
    row("ttl negative", withMember(R"("ttl":-1)"), "/ttl");
    row("ttl fraction", withMember(R"("ttl":1.5)"), "/ttl");
    row("ttl and expires_at", withMember(R"("ttl":1,"expires_at":"2026-01-02T00:00:00Z")"), "/ttl");
    row("live only scheduled", withMember(R"("ttl":0,"scheduled_for":"2026-01-02T00:00:00Z")"), "/ttl");
    row("live only collapsing", withMember(R"("ttl":0,"collapse_key":"c")"), "/ttl");
    row("ends before it begins",
        withMember(R"("expires_at":"2026-01-02T00:00:00Z","scheduled_for":"2026-01-03T00:00:00Z")"),
        "/expires_at");
    row("too far ahead", withMember(R"("scheduled_for":"2027-06-01T00:00:00Z")"), "/scheduled_for");
    row("bad time", withMember(R"("scheduled_for":"2026-02-30T00:00:00Z")"), "/scheduled_for");
    row("local time", withMember(R"("scheduled_for":"2026-02-20T00:00:00")"), "/scheduled_for");
    row("data no object", withMember(R"("data":[1])"), "/data");
    row("metadata text", withMember(R"("metadata":"x")"), "/metadata");
    row("dedupe window", withMember(R"("dedupe_window":604801)"), "/dedupe_window");
    row("progress", withMember(R"("progress":1.01)"), "/progress");
    row("action without id", withMember(R"("actions":[{"title":"A"}])"), "/actions/0/id");
    row("action no object", withMember(R"("actions":[1])"), "/actions/0");
    row("eleven actions", withMember("\"actions\":[" + QByteArray("{},").repeated(10) + "{}]"), "/actions");
    row("no object", "[]", "");
}

void TstNotificationFaults::badMembersAreNamed()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, pointer);
    verifyInvalid(json, pointer);
}

// Decisions H55: NUL and lone surrogates are 422 anywhere, in keys too.
void TstNotificationFaults::badTextAnywhereIsInvalid_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("pointer");
    QTest::newRow("nul in title") << QByteArray(R"({"user_id":1,"title":"a\u0000"})") << QByteArray("/title");
    QTest::newRow("nul in data") << withMember(R"("data":{"a":[1,{"b/c":"\u0000"}]})")
                                 << QByteArray("/data/a/1/b~1c");
    QTest::newRow("nul in a key") << withMember(R"("data":{"k\u0000":1})") << QByteArray("/data");
    QTest::newRow("high alone") << withMember(R"("data":{"a":"\ud83d"})") << QByteArray("/data/a");
    QTest::newRow("low alone") << withMember(R"("data":{"a":"\udc08"})") << QByteArray("/data/a");
    QTest::newRow("wrong order") << withMember(R"("message":"\udc08\ud83d")") << QByteArray("/message");
    QTest::newRow("high and text") << withMember(R"("message":"\ud83dx")") << QByteArray("/message");
    QTest::newRow("two high") << withMember(R"("message":"\ud83d\ud83d\udc08")") << QByteArray("/message");
    QTest::newRow("in an unknown member") << withMember(R"("odd":"\u0000")") << QByteArray("/odd");
}

void TstNotificationFaults::badTextAnywhereIsInvalid()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, pointer);
    verifyInvalid(json, pointer);
    // A pair, and a backslash that only looks like an escape, are fine.
    QVERIFY(parseNotification(withMember(R"("message":"\ud83d\udc08 \\u0000 \\ud83d")"), samples::noon));
}

void TstNotificationFaults::notJsonIsMalformed_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("blank") << QByteArray("  ");
    QTest::newRow("half") << QByteArray(R"({"user_id":1,"title":"t")");
    QTest::newRow("trailing") << QByteArray(R"({"user_id":1,"title":"t"} x)");
    QTest::newRow("two") << QByteArray(R"({"user_id":1}{"user_id":2})");
    QTest::newRow("single quotes") << QByteArray("{'user_id':1}");
    QTest::newRow("not utf-8") << QByteArray("{\"user_id\":\"\xff\"}");
    QTest::newRow("surrogate in utf-8") << QByteArray("{\"user_id\":\"\xed\xa0\x80\"}");
    QTest::newRow("bad escape") << QByteArray(R"({"user_id":"\q"})");
    QTest::newRow("raw control") << QByteArray("{\"user_id\":\"a\nb\"}");
    QTest::newRow("raw nul") << QByteArray("{\"user_id\":\"a\0b\"}", 17);
    QTest::newRow("nul byte around") << QByteArray("{\"user_id\":1}\0", 14);
    QTest::newRow("leading zero") << QByteArray(R"({"user_id":017})");
    QTest::newRow("nan") << QByteArray(R"({"progress":NaN})");
    QTest::newRow("lone surrogate and half") << QByteArray(R"({"title":"\ud83d")");
}

void TstNotificationFaults::notJsonIsMalformed()
{
    QFETCH(QByteArray, json);
    const auto request = parseNotification(json, samples::noon);
    QVERIFY(!request);
    QCOMPARE(request.error().code, ErrorCode::Malformed);
}

void TstNotificationFaults::severalFaultsAreToldTogether()
{
    const auto request = parseNotification(R"({"user_id":[],"title":1,"ttl":"x"})", samples::noon);
    QVERIFY(!request);
    QCOMPARE(request.error().fields.size(), 3);
    QVERIFY(request.error().detail.startsWith("/user_id: "));
    const QByteArray deep =
        withMember("\"data\":{\"a\":" + QByteArray(100, '[') + QByteArray(100, ']') + '}');
    QCOMPARE(parseNotification(deep, samples::noon).error().code, ErrorCode::Invalid);
}

// What came in must not come back many times over.
void TstNotificationFaults::answersStaySmall()
{
    const QByteArray name(50'000, 'n');
    QCOMPARE(parseNotification(withMember('"' + name + "\":1"), samples::noon)->ignored.first().size(), 259);
    const auto nul = parseNotification(withMember("\"data\":{\"" + name + R"(":"\u0000"})"), samples::noon);
    QVERIFY(nul.error().fields.first().pointer.size() < 300);
    const QByteArray umlauts = QByteArray("\xc3\xbc").repeated(1000);
    const auto cut =
        parseNotification(withMember("\"data\":{\"" + umlauts + R"(":"\u0000"})"), samples::noon);
    QVERIFY(QUtf8StringView(cut.error().fields.first().pointer).isValidUtf8());
}

// No member costs a walk over all the others.
void TstNotificationFaults::manyMembersTakeNoLongTime()
{
    const QByteArray deep = "\"data\":{\"" + QByteArray(100'000, 'k') + "\":[" +
                            QByteArray("[],").repeated(30'000) + R"("\u0000"]})";
    QElapsedTimer timer;
    timer.start();
    QVERIFY(parseNotification(withMember(QByteArray("\"metadata\":{},").repeated(15'000) + "\"data\":{}"),
                              samples::noon));
    QVERIFY(!parseNotification(withMember(deep), samples::noon));
    QVERIFY2(timer.elapsed() < 1000, QByteArray::number(timer.elapsed()));
}

QTEST_APPLESS_MAIN(TstNotificationFaults)
#include "tst_notification_faults.moc"
