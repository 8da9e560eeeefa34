#include "protocol/notification_request.h"
#include "samples.h"

#include <QTest>

using namespace belfry;
using namespace belfry::model;
using namespace belfry::protocol;
using samples::withMember;
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
    void expiryCountsFromTheDueTime();
    void formsAreRead();
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

QTEST_APPLESS_MAIN(TstNotificationRequest)
#include "tst_notification_request.moc"
