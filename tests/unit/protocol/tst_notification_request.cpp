#include "protocol/batch_request.h"
#include "protocol/notification_request.h"
#include "samples.h"

#include <QElapsedTimer>
#include <QTest>

using namespace belfry;
using namespace belfry::model;
using namespace belfry::protocol;
using std::chrono::seconds;

class TstNotificationRequest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nativeBodyIsRead();
    void legacyBodyIsRead();
    void userIdsAreNumbersOrText_data();
    void userIdsAreNumbersOrText();
    void severalRecipientsLoseRepeats();
    void foreignUrgencies_data();
    void foreignUrgencies();
    void criticalIsHighAndWantsAnAck();
    void dataStaysAsItWas();
    void dataStandsOnOneLine_data();
    void dataStandsOnOneLine();
    void nativeNamesWin();
    void unknownMembersAreNamed();
    void limitsCountCodePoints();
    void badMembersAreNamed_data();
    void badMembersAreNamed();
    void badTextAnywhereIsInvalid_data();
    void badTextAnywhereIsInvalid();
    void notJsonIsMalformed_data();
    void notJsonIsMalformed();
    void severalFaultsAreToldTogether();
    void answersStaySmall();
    void manyMembersTakeNoLongTime();
    void expiryCountsFromTheDueTime();
    void formsAreRead();
    void batchItemsHaveTheirOwnResults();
    void batchAsObject();
    void badBatches_data();
    void badBatches();
};

namespace {
constexpr Instant now = samples::noon;

NotificationRequest parsed(const QByteArray &json)
{
    const auto request = parseNotification(json, now);
    if (!request)
        qWarning("%s", request.error().detail.constData());
    return request.value_or(NotificationRequest{});
}

QByteArray withMember(const QByteArray &member)
{
    return R"({"user_id":"7","title":"t",)" + member + '}';
}
} // namespace

void TstNotificationRequest::nativeBodyIsRead()
{
    const auto request = parsed(R"({"user_id":7,"type":"build","title":"T","message":"M","data":{"a":1},
        "channels":["in_app","push","in_app"],"urgency":"very-low","ttl":60,"collapse_key":"c","dedupe_key":"d",
        "dedupe_window":3600,"renotify":true,"actions":[{"id":"a","title":"A","url":"https://x"}],"progress":0.5,
        "icon":"i","link":"l","source":"ci","thread":"th","actor_id":8,
        "ack_required":true})");
    QCOMPARE(request.users, std::vector<UserId>{{"7"}});
    QVERIFY(!request.many);
    QCOMPARE(request.content.type, Text("build"));
    QCOMPARE(request.content.title, Text("T"));
    QCOMPARE(request.content.message, Text("M"));
    QCOMPARE(request.content.data, Text(R"({"a":1})"));
    QCOMPARE(request.content.channels, (QList<Channel>{Channel::InApp, Channel::Push}));
    QCOMPARE(request.content.urgency, Urgency::VeryLow);
    QCOMPARE(request.ttl, std::optional(seconds(60)));
    QCOMPARE(request.content.collapseKey, Text("c"));
    QCOMPARE(request.content.dedupeKey, Text("d"));
    QCOMPARE(request.dedupeWindow, Duration(seconds(3600)));
    QVERIFY(request.renotify);
    QCOMPARE(request.content.actions, (QList<Action>{{"a", "A", "https://x"}}));
    QCOMPARE(request.content.progress, std::optional(0.5));
    QCOMPARE(request.content.icon, Text("i"));
    QCOMPARE(request.content.link, Text("l"));
    QCOMPARE(request.content.source, Text("ci"));
    QCOMPARE(request.content.thread, Text("th"));
    QCOMPARE(request.content.actorId, Text("8"));
    QVERIFY(request.content.ackRequired && request.ackGiven && request.urgencyGiven);
    QVERIFY(!request.legacyFieldsOnly);
    QVERIFY(request.ignored.isEmpty());
}

// S1's body, whole.
void TstNotificationRequest::legacyBodyIsRead()
{
    const auto request = parsed(R"({"user_id":"u-1","type":"reminder","channel":"push","priority":"high",
        "title":"T","message":"M","metadata":{"k":"v"},"scheduled_for":"2026-01-02T12:00:00+01:00"})");
    QCOMPARE(request.users, std::vector<UserId>{{"u-1"}});
    QCOMPARE(request.content.channels, QList<Channel>{Channel::Push});
    QCOMPARE(request.content.priority, Text("high"));
    QCOMPARE(request.content.urgency, Urgency::High);
    QCOMPARE(request.content.data, Text(R"({"k":"v"})"));
    QCOMPARE(request.scheduledFor, MaybeInstant(Instant{1'767'351'600'000'000}));
    QVERIFY(request.legacyFieldsOnly);
    QVERIFY(!request.urgencyGiven);
}

void TstNotificationRequest::userIdsAreNumbersOrText_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("user");
    QTest::newRow("number") << QByteArray("17") << QByteArray("17");
    QTest::newRow("beyond 2^63") << QByteArray("18446744073709551615") << QByteArray("18446744073709551615");
    QTest::newRow("text") << QByteArray("\"017\"") << QByteArray("017");
    QTest::newRow("escaped") << QByteArray("\"\\u00fc\"") << QByteArray("\xc3\xbc");
}

void TstNotificationRequest::userIdsAreNumbersOrText()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, user);
    QCOMPARE(parsed(R"({"title":"t","user_id":)" + json + '}').users, std::vector<UserId>{{user}});
}

void TstNotificationRequest::severalRecipientsLoseRepeats()
{
    const auto request = parsed(R"({"title":"t","user_ids":["b",1,"a","1","b"]})");
    QVERIFY(request.many);
    QCOMPARE(request.users, (std::vector<UserId>{{"b"}, {"1"}, {"a"}}));
}

void TstNotificationRequest::foreignUrgencies_data()
{
    QTest::addColumn<QByteArray>("priority");
    QTest::addColumn<int>("urgency");
    const auto row = [](const char *priority, Urgency urgency) {
        QTest::newRow(priority) << QByteArray(priority) << int(urgency);
    };
    row("\"low\"", Urgency::Low);
    row("\"medium\"", Urgency::Normal);
    row("\"normal\"", Urgency::Normal);
    row("\"HIGH\"", Urgency::High);
    row("\"urgent\"", Urgency::High);
    row("\"very-low\"", Urgency::VeryLow);
    row("0", Urgency::VeryLow);
    row("1", Urgency::VeryLow);
    row("2", Urgency::Low);
    row("3", Urgency::Normal);
    row("4", Urgency::High);
    row("5", Urgency::High);
    row("6", Urgency::Normal);
    row("7", Urgency::Normal);
    row("8", Urgency::High);
    row("10", Urgency::High);
    row("\"2\"", Urgency::Low);
}

void TstNotificationRequest::foreignUrgencies()
{
    QFETCH(QByteArray, priority);
    QFETCH(int, urgency);
    const auto request = parsed(withMember("\"priority\":" + priority));
    QCOMPARE(int(request.content.urgency), urgency);
    QCOMPARE(request.content.priority, QByteArray(priority).replace('"', ""));
}

// Decisions H61.
void TstNotificationRequest::criticalIsHighAndWantsAnAck()
{
    const auto request = parsed(withMember(R"("critical":true,"urgency":"low")"));
    QVERIFY(request.content.ackRequired);
    QCOMPARE(request.content.urgency, Urgency::High);
}

void TstNotificationRequest::dataStaysAsItWas()
{
    const QByteArray data = R"({ "b" : 9223372036854775807, "a\u00fc":[1.50,"}\""] })";
    QCOMPARE(parsed(withMember("\"x\":{\"data\":[]}, \"data\" : " + data)).content.data, data);
    QCOMPARE(parsed(withMember("\"data\":null")).content.data, Text("{}"));
}

// Decisions H85: a line break would end the data of a server-sent event; outside of texts it is white space.
void TstNotificationRequest::dataStandsOnOneLine_data()
{
    QTest::addColumn<QByteArray>("lineBreak");
    QTest::newRow("empty line") << QByteArray("\n\n");
    QTest::newRow("CR") << QByteArray("\r");
    QTest::newRow("CR LF") << QByteArray("\r\n");
}

void TstNotificationRequest::dataStandsOnOneLine()
{
    QFETCH(QByteArray, lineBreak);
    const QByteArray blanks(lineBreak.size(), ' ');
    const QByteArray pretty = '{' + lineBreak + R"("a":"\n\r")" + lineBreak + '}';
    const QByteArray kept = '{' + blanks + R"("a":"\n\r")" + blanks + '}';
    QCOMPARE(parsed(withMember("\"data\":" + pretty)).content.data, kept);
    QCOMPARE(parsed(withMember("\"params\":" + pretty)).params, kept);
}

void TstNotificationRequest::nativeNamesWin()
{
    const auto request =
        parsed(withMember(R"("data":{"n":1},"metadata":{"m":1},"channels":["sms"],"channel":"email")"));
    QCOMPARE(request.content.data, Text(R"({"n":1})"));
    QCOMPARE(request.content.channels, QList<Channel>{Channel::Sms});
    const auto urgent = parsed(withMember(R"("urgency":"low","priority":"high")"));
    QCOMPARE(urgent.content.urgency, Urgency::Low);
    QCOMPARE(urgent.content.priority, Text("high"));
}

void TstNotificationRequest::unknownMembersAreNamed()
{
    QCOMPARE(parsed(withMember(R"("colour":1,"Title":"x")")).ignored, (QList<Text>{"colour", "Title"}));
}

// Decisions H55: characters are Unicode code points.
void TstNotificationRequest::limitsCountCodePoints()
{
    const QByteArray cat = "\xf0\x9f\x90\x88";
    QVERIFY(parseNotification(R"({"user_id":1,"title":")" + cat.repeated(256) + "\"}", now));
    const auto tooLong = parseNotification(R"({"user_id":1,"title":")" + cat.repeated(257) + "\"}", now);
    QVERIFY(!tooLong);
    QCOMPARE(tooLong.error().fields.first().pointer, Text("/title"));
    QVERIFY(parseNotification(R"({"user_id":1,"message":")" + cat.repeated(4096) + "\"}", now));
    QVERIFY(!parseNotification(R"({"user_id":1,"message":")" + cat.repeated(4097) + "\"}", now));
}

void TstNotificationRequest::badMembersAreNamed_data()
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

void TstNotificationRequest::badMembersAreNamed()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, pointer);
    const auto request = parseNotification(json, now);
    QVERIFY(!request);
    QCOMPARE(request.error().code, ErrorCode::Invalid);
    QCOMPARE(request.error().fields.first().pointer, pointer);
    QVERIFY(!request.error().fields.first().detail.isEmpty());
}

// Decisions H55: NUL and lone surrogates are 422 anywhere, in keys too.
void TstNotificationRequest::badTextAnywhereIsInvalid_data()
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

void TstNotificationRequest::badTextAnywhereIsInvalid()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, pointer);
    const auto request = parseNotification(json, now);
    QVERIFY(!request);
    QCOMPARE(request.error().code, ErrorCode::Invalid);
    QCOMPARE(request.error().fields.first().pointer, pointer);
    // A pair, and a backslash that only looks like an escape, are fine.
    QVERIFY(parseNotification(withMember(R"("message":"\ud83d\udc08 \\u0000 \\ud83d")"), now));
}

void TstNotificationRequest::notJsonIsMalformed_data()
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

void TstNotificationRequest::notJsonIsMalformed()
{
    QFETCH(QByteArray, json);
    const auto request = parseNotification(json, now);
    QVERIFY(!request);
    QCOMPARE(request.error().code, ErrorCode::Malformed);
}

void TstNotificationRequest::severalFaultsAreToldTogether()
{
    const auto request = parseNotification(R"({"user_id":[],"title":1,"ttl":"x"})", now);
    QVERIFY(!request);
    QCOMPARE(request.error().fields.size(), 3);
    QVERIFY(request.error().detail.startsWith("/user_id: "));
    const QByteArray deep =
        withMember("\"data\":{\"a\":" + QByteArray(100, '[') + QByteArray(100, ']') + '}');
    QCOMPARE(parseNotification(deep, now).error().code, ErrorCode::Invalid);
}

// What came in must not come back many times over.
void TstNotificationRequest::answersStaySmall()
{
    const QByteArray name(50'000, 'n');
    QCOMPARE(parsed(withMember('"' + name + "\":1")).ignored.first().size(), 259);
    const auto nul = parseNotification(withMember("\"data\":{\"" + name + R"(":"\u0000"})"), now);
    QVERIFY(nul.error().fields.first().pointer.size() < 300);
    const QByteArray umlauts = QByteArray("\xc3\xbc").repeated(1000);
    const auto cut = parseNotification(withMember("\"data\":{\"" + umlauts + R"(":"\u0000"})"), now);
    QVERIFY(QUtf8StringView(cut.error().fields.first().pointer).isValidUtf8());
}

// No member costs a walk over all the others.
void TstNotificationRequest::manyMembersTakeNoLongTime()
{
    const QByteArray deep = "\"data\":{\"" + QByteArray(100'000, 'k') + "\":[" +
                            QByteArray("[],").repeated(30'000) + R"("\u0000"]})";
    QElapsedTimer timer;
    timer.start();
    QVERIFY(
        parseNotification(withMember(QByteArray("\"metadata\":{},").repeated(15'000) + "\"data\":{}"), now));
    QVERIFY(!parseNotification(withMember(deep), now));
    QVERIFY2(timer.elapsed() < 1000, QByteArray::number(timer.elapsed()));
}

void TstNotificationRequest::expiryCountsFromTheDueTime()
{
    NotificationRequest request;
    QCOMPARE(request.expiry(now), MaybeInstant());
    request.ttl = seconds(60);
    QCOMPARE(request.expiry(now), MaybeInstant(now + seconds(60)));
    request.scheduledFor = now + days(1);
    QCOMPARE(request.expiry(now), MaybeInstant(now + days(1) + seconds(60)));
    request.scheduledFor = now - days(1);
    QCOMPARE(request.expiry(now), MaybeInstant(now + seconds(60)));
}

void TstNotificationRequest::formsAreRead()
{
    const auto form = parseForm(
        "user_id=7&title=a+%22b%22&message=%F0%9F%90%88&ttl=60&critical=false&data=%7B%22a%22%3A1%7D"
        "&channels=push&channels=email&urgency=high");
    QVERIFY(form);
    const auto request = parseNotification(*form, now);
    QVERIFY2(request, request ? "" : request.error().detail.constData());
    QCOMPARE(request->users, std::vector<UserId>{{"7"}});
    QCOMPARE(request->content.title, Text("a \"b\""));
    QCOMPARE(request->ttl, std::optional(seconds(60)));
    QCOMPARE(request->content.data, Text(R"({"a":1})"));
    QCOMPARE(request->content.channels, (QList<Channel>{Channel::Push, Channel::Email}));
    const auto injected =
        parseNotification(parseForm("user_id=7&title=t&ttl=0%2C%22critical%22%3Atrue").value(), now);
    QVERIFY(!injected);
    QCOMPARE(injected.error().fields.first().pointer, Text("/ttl"));
}

void TstNotificationRequest::batchItemsHaveTheirOwnResults()
{
    const auto batch =
        parseBatch(R"( [{"user_id":1,"title":"a"}, {"title":"b"}, {"user_id":3,"title":"\ud800"}, 7,
        {"user_id":5,"title":"]},{"} ] )",
                   now);
    QVERIFY(batch);
    QCOMPARE(batch->size(), 5u);
    QVERIFY(batch->at(0));
    QCOMPARE(batch->at(1).error().fields.first().pointer, Text("/1/user_id"));
    QCOMPARE(batch->at(2).error().fields.first().pointer, Text("/2/title"));
    QCOMPARE(batch->at(3).error().code, ErrorCode::Invalid);
    QCOMPARE(batch->at(4)->content.title, Text("]},{"));
}

void TstNotificationRequest::batchAsObject()
{
    const auto batch =
        parseBatch(R"({"x":[1],"notifications":[{"user_id":1,"title":"a"},{"user_id":2}]})", now);
    QVERIFY(batch);
    QCOMPARE(batch->size(), 2u);
    QCOMPARE(batch->at(1).error().fields.first().pointer, Text("/notifications/1/title"));
}

void TstNotificationRequest::badBatches_data()
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

void TstNotificationRequest::badBatches()
{
    QFETCH(QByteArray, json);
    QFETCH(int, code);
    const auto batch = parseBatch(json, now);
    QVERIFY(!batch);
    QCOMPARE(int(batch.error().code), code);
}

QTEST_APPLESS_MAIN(TstNotificationRequest)
#include "tst_notification_request.moc"
