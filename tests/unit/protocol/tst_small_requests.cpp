#include "protocol/explain_request.h"
#include "protocol/legacy_requests.h"
#include "protocol/ops_request.h"
#include "protocol/patch_request.h"
#include "protocol/registry_requests.h"
#include "protocol/test_event_request.h"
#include "protocol/time_text.h"
#include "samples.h"

#include <QTest>

using namespace belfry;
using namespace belfry::model;
using namespace belfry::protocol;

/// The smaller bodies: PATCH, ops, topics, subscriptions, keys, and those of the legacy routes.
class TstSmallRequests : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void patchChangesWhatIsGiven();
    void patchTakesAwayByNull();
    void badPatches_data();
    void badPatches();
    void opsComeBack();
    void badOps_data();
    void badOps();
    void topics();
    void subscriptions();
    void subscribers();
    void apiKeys();
    void createUser();
    void createNotification();
    void send();
    void reminders();
    void testEvents();
    void explanations();
};

using samples::pointerOf;

void TstSmallRequests::patchChangesWhatIsGiven()
{
    const auto patch =
        parsePatch(R"({"title":"T","data": {"a" : 1},"progress":0.5,"urgency":"high","renotify":true,
        "expires_at":"2026-01-01T12:00:00.123456Z","actions":[{"id":"a","title":"A"}],"icon":"i","link":"l"})");
    QVERIFY(patch);
    QCOMPARE(patch->title, std::optional<Text>("T"));
    QVERIFY(!patch->message);
    QCOMPARE(patch->data, std::optional<Text>(R"({"a" : 1})"));
    QCOMPARE(patch->progress, std::optional(std::optional(0.5)));
    QCOMPARE(patch->urgency, std::optional(Urgency::High));
    QCOMPARE(patch->expiresAt, std::optional(MaybeInstant(samples::noon)));
    QCOMPARE(patch->actions->size(), 1);
    QVERIFY(patch->renotify);
}

void TstSmallRequests::patchTakesAwayByNull()
{
    const auto patch =
        parsePatch(R"({"message":null,"data":null,"progress":null,"actions":null,"expires_at":null})");
    QVERIFY(patch);
    QCOMPARE(patch->message, std::optional<Text>(""));
    QCOMPARE(patch->data, std::optional<Text>("{}"));
    QVERIFY(patch->progress && !*patch->progress);
    QVERIFY(patch->actions && patch->actions->isEmpty());
    QVERIFY(patch->expiresAt && !*patch->expiresAt);
}

void TstSmallRequests::badPatches_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("pointer");
    QTest::newRow("nothing") << QByteArray("{}") << QByteArray("");
    QTest::newRow("user") << QByteArray(R"({"user_id":1})") << QByteArray("/user_id");
    QTest::newRow("critical") << QByteArray(R"({"title":"t","critical":true})") << QByteArray("/critical");
    QTest::newRow("long title") << QByteArray(R"({"title":")") + QByteArray(257, 't') + "\"}"
                                << QByteArray("/title");
    QTest::newRow("urgency null") << QByteArray(R"({"urgency":null})") << QByteArray("/urgency");
}

void TstSmallRequests::badPatches()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, pointer);
    const auto patch = parsePatch(json);
    QVERIFY(!patch);
    QCOMPARE(patch.error().code, ErrorCode::Invalid);
    QCOMPARE(pointerOf(patch), pointer);
}

void TstSmallRequests::opsComeBack()
{
    const std::vector<Op> ops{
        {{"a"}, OpSet::Read, QList<NotificationId>{samples::someId, samples::otherId}, samples::noon, {}},
        {{"b"}, OpSet::Seen, UpTo{7}, {}, {}},
        {{"c"}, OpSet::Snooze, QList<NotificationId>{samples::someId}, {}, samples::noon},
        {{"d"}, OpSet::Archive, UpTo{7, QList<NotificationId>(500, samples::someId)}, {}, {}},
    };
    QCOMPARE(parseOps(encodeOps(ops)).value(), ops);
}

void TstSmallRequests::badOps_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("pointer");
    const QByteArray good = R"({"op_id":"a","set":"read","upto_seq":1})";
    QTest::newRow("none") << QByteArray("{}") << QByteArray("/ops");
    QTest::newRow("empty") << QByteArray(R"({"ops":[]})") << QByteArray("/ops");
    QTest::newRow("too many") << R"({"ops":[)" + (good + ',').repeated(500) + good + "]}"
                              << QByteArray("/ops");
    QTest::newRow("no object") << R"({"ops":[)" + good + ",7]}" << QByteArray("/ops/1");
    QTest::newRow("second one bad") << R"({"ops":[)" + good + R"(,{"op_id":"b","set":"burn","upto_seq":1}]})"
                                    << QByteArray("/ops/1/set");
    QTest::newRow("no id") << QByteArray(R"({"ops":[{"set":"read","upto_seq":1}]})")
                           << QByteArray("/ops/0/op_id");
    QTest::newRow("too many on everything")
        << R"({"ops":[)" + (good + ',').repeated(20) + good + "]}" << QByteArray("/ops/20/upto_seq");
    const QList<NotificationId> many(501, samples::someId);
    QTest::newRow("many ids") << encodeOps({{{"a"}, OpSet::Read, many, {}, {}}}) << QByteArray("/ops/0/ids");
    QTest::newRow("many but") << encodeOps({{{"a"}, OpSet::Read, UpTo{7, many}, {}, {}}})
                              << QByteArray("/ops/0/except");
}

void TstSmallRequests::badOps()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, pointer);
    const auto ops = parseOps(json);
    QVERIFY(!ops);
    QCOMPARE(pointerOf(ops), pointer);
}

void TstSmallRequests::topics()
{
    QCOMPARE(parseTopic(R"({"name":"news","title":"News"})").value(), (TopicRequest{{"news"}, "News"}));
    QCOMPARE(parseTopic("", "news").value(), (TopicRequest{{"news"}, {}}));
    QCOMPARE(parseTopic(R"({"name":"news","title":"N"})", "news").value(), (TopicRequest{{"news"}, "N"}));
    QCOMPARE(pointerOf(parseTopic(R"({"name":"other","title":"N"})", "news")), Text("/name"));
    QCOMPARE(pointerOf(parseTopic("{}")), Text("/name"));
    QCOMPARE(pointerOf(parseTopic(R"({"name":"a/b"})")), Text("/name"));
    QCOMPARE(parseTopic("").error().code, ErrorCode::Malformed);
}

// Decisions H38.
void TstSmallRequests::subscriptions()
{
    QCOMPARE(parseSubscription("").value(), true);
    QCOMPARE(parseSubscription(R"({"enabled":false})").value(), false);
    QCOMPARE(parseSubscription("false").value(), false);
    QCOMPARE(pointerOf(parseSubscription("{}")), Text("/enabled"));
    QCOMPARE(pointerOf(parseSubscription("7")), Text(""));
    QCOMPARE(parseSubscriptions(R"({"a":true,"b":false})").value(),
             (QMap<Text, bool>{{"a", true}, {"b", false}}));
    QCOMPARE(pointerOf(parseSubscriptions(R"({"a":1})")), Text("/a"));
    QCOMPARE(pointerOf(parseSubscriptions(R"({"":true})")), Text("/"));
}

void TstSmallRequests::subscribers()
{
    QCOMPARE(parseSubscribers(R"({"user_ids":[1,"b"]})").value(), (std::vector<UserId>{{"1"}, {"b"}}));
    QCOMPARE(pointerOf(parseSubscribers(R"({"user_ids":[1,[]]})")), Text("/user_ids/1"));
    QCOMPARE(pointerOf(parseSubscribers("{}")), Text("/user_ids"));
}

void TstSmallRequests::apiKeys()
{
    const auto key =
        parseApiKey(R"({"name":"ci","scopes":["notify:write"],"expires_at":"2026-01-01T12:00:00.123456Z"})");
    QCOMPARE(key.value(), (ApiKeyRequest{"ci", {"notify:write"}, samples::noon}));
    QCOMPARE(pointerOf(parseApiKey(R"({"scopes":["a"]})")), Text("/name"));
    QCOMPARE(pointerOf(parseApiKey(R"({"name":"n","scopes":[]})")), Text("/scopes"));
}

void TstSmallRequests::testEvents()
{
    const TestEventRequest full{{"7"}, "Hi", "there", {Channel::Webhook}};
    QCOMPARE(*parseTestEvent(R"({"user_id":7,"title":"Hi","message":"there","channel":"webhook"})"), full);
    const TestEventRequest bare{{"ada"}, {}, {}, {}};
    QCOMPARE(*parseTestEvent(R"({"user_id":"ada","title":null})"), bare);
    QCOMPARE(parseTestEvent("{}").error().fields[0].pointer, QByteArray("/user_id"));
    QCOMPARE(parseTestEvent(R"({"user_id":"ada","title":1})").error().fields[0].pointer,
             QByteArray("/title"));
}

void TstSmallRequests::createUser()
{
    const CreateUserRequest expected{"Ann", "ann@x.org", "secret"};
    QCOMPARE(parseCreateUser(R"({"name":"Ann","email":"ann@x.org","password":"secret"})").value(), expected);
    QCOMPARE(parseCreateUser("name=Ann&email=ann%40x.org&password=secret").value(), expected);
    QCOMPARE(pointerOf(parseCreateUser(R"({"name":"Ann","email":"ann@x.org"})")), Text("/password"));
    QCOMPARE(pointerOf(parseCreateUser(R"({"name":"Ann","email":"ann","password":"s"})")), Text("/email"));
    QCOMPARE(parseCreateUser("").error().code, ErrorCode::Malformed);
}

void TstSmallRequests::createNotification()
{
    const auto request =
        parseCreateNotification(R"({"user_id":1,"event":"follow","message":"M","metadata":{"a": 1}})");
    QVERIFY(request);
    QCOMPARE(request->user, UserId{"1"});
    QCOMPARE(request->content.type, Text("follow"));
    QCOMPARE(request->content.title, Text("follow"));
    QCOMPARE(request->content.message, Text("M"));
    QCOMPARE(request->content.data, Text(R"({"a": 1})"));
    QCOMPARE(parseCreateNotification(R"({"user_id":1,"message":"M"})")->content.type, Text("general"));
    QCOMPARE(pointerOf(parseCreateNotification(R"({"event":"x"})")), Text("/user_id"));
    QCOMPARE(pointerOf(parseCreateNotification(R"({"user_id":1})")), Text("/event"));
    QCOMPARE(pointerOf(parseCreateNotification(R"({"user_id":1,"event":"x","metadata":"t"})")),
             Text("/metadata"));
}

// Decisions H44, H45: JSON whatever the header says, and an empty message.
void TstSmallRequests::send()
{
    QCOMPARE(parseSend("fromID=2&toID=1&message=hi+there").value(), (SendRequest{{"2"}, {"1"}, "hi there"}));
    QCOMPARE(parseSend(R"( {"fromID":2,"toID":"1","message":""})").value(), (SendRequest{{"2"}, {"1"}, {}}));
    QCOMPARE(pointerOf(parseSend("fromID=2")), Text("/toID"));
    QCOMPARE(pointerOf(parseSend("toID=2")), Text("/fromID"));
}

void TstSmallRequests::explanations()
{
    const auto full = parseExplain(R"({"user_id":7,"type":"news","channels":["email"],"urgency":"low",
                                       "critical":true,"actor_id":"ben","at":"2026-01-03T22:30:00Z","title":"T"})");
    QVERIFY(full.has_value());
    QCOMPARE(full->user, UserId{"7"});
    QCOMPARE(full->content.type, Text("news"));
    QCOMPARE(full->content.channels, QList<Channel>{Channel::Email});
    QCOMPARE(full->content.urgency, Urgency::Low);
    QVERIFY(full->content.critical);
    QCOMPARE(full->content.actorId, Text("ben"));
    QCOMPARE(full->at, parseInstant("2026-01-03T22:30:00Z"));
    QCOMPARE(parseExplain(R"({"user_id":"ann","at":null})")->content.type, Text("general"));
    QCOMPARE(pointerOf(parseExplain("{}")), Text("/user_id"));
    QCOMPARE(pointerOf(parseExplain(R"({"user_id":"ann","at":"now"})")), Text("/at"));
    QCOMPARE(pointerOf(parseExplain(R"({"user_id":"ann","channel":"pigeon"})")), Text("/channel"));
    QCOMPARE(parseExplain("[]").error().code, ErrorCode::Invalid);
}

void TstSmallRequests::reminders()
{
    QCOMPARE(parseReminder("").value(), ReminderRequest{});
    QCOMPARE(parseReminder("{}").value(), ReminderRequest{});
    QCOMPARE(parseReminder(R"({"user_id":7,"kind":"practice"})").value(),
             (ReminderRequest{UserId{"7"}, "practice"}));
    QCOMPARE(pointerOf(parseReminder(R"({"user_id":""})")), Text("/user_id"));
    QCOMPARE(parseReminder("{").error().code, ErrorCode::Malformed);
    QCOMPARE(parseReminder("user_id=7").value(), (ReminderRequest{{{"7"}}, {}}));
    for (const char *body : {"null", "7", "\"user_id\"", "user_id=7"})
        QVERIFY(!parseReminder(body, Claim::IsJson));
}

QTEST_APPLESS_MAIN(TstSmallRequests)
#include "tst_small_requests.moc"
