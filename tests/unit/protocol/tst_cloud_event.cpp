#include "protocol/cloud_event.h"
#include "samples.h"

#include <QTest>

using namespace belfry;
using namespace belfry::model;
using namespace belfry::protocol;
using samples::pointerOf;

namespace {
const Instant now = {1'767'225'600'000'000};

QByteArray eventJson(const QByteArray &more)
{
    return R"({"specversion":"1.0","id":"1","source":"/shop","type":"shipped")" + more + '}';
}

Result<NotificationRequest> asked(const QByteArray &more)
{
    const auto read = parseCloudEvent(eventJson(more));
    if (!read)
        return tl::unexpected(read.error());
    return parseNotification(*read, now);
}
} // namespace

/// CloudEvents 1.0 as they ask for notifications (H49).
class TstCloudEvent : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void structuredMode();
    void binaryMode();
    void base64Data();
    void batchMode();
    void dataOfABatchIsNoLargerThanOfASingleOne();
    void badAttributes_data();
    void badAttributes();
    void recipients_data();
    void recipients();
    void whatTheEnvelopeSays();
    void theDedupeKeyIsUnambiguous();
    void faultsOfTheDataAreBelowIt();
};

void TstCloudEvent::structuredMode()
{
    const auto read =
        parseCloudEvent(eventJson(R"(,"subject":"ann","partitionkey":"7","time":"2026-01-01T00:00:00Z",
        "traceparent":"00-a","unknown":1,"data":{"n": 1.50})"));
    QVERIFY(read.has_value());
    QCOMPARE(*read, (CloudEvent{"1", "/shop", "shipped", "ann", "7", "00-a", R"({"n": 1.50})"}));
}

void TstCloudEvent::binaryMode()
{
    const auto read = parseCloudEvent({{"specversion", "1.0"},
                                       {"id", "1"},
                                       {"source", "/shop"},
                                       {"type", "shipped"},
                                       {"subject", "änn"},
                                       {"datacontenttype", "application/json; charset=utf-8"}},
                                      R"({"title":"T"})");
    QVERIFY(read.has_value());
    QCOMPARE(*read, (CloudEvent{"1", "/shop", "shipped", "änn", {}, {}, R"({"title":"T"})"}));
    QCOMPARE(pointerOf(parseCloudEvent({{"specversion", "1.0"}, {"id", "1"}, {"source", "/s"}}, "{}")),
             Text("/type"));
    QCOMPARE(pointerOf(parseCloudEvent(
                 {{"specversion", "1.0"}, {"id", Text(2049, 'x')}, {"source", "/s"}, {"type", "t"}}, "{}")),
             Text("/id"));
}

void TstCloudEvent::base64Data()
{
    const auto request = asked(R"(,"subject":"ann","data_base64":"eyJ0aXRsZSI6IlQifQ==")");
    QVERIFY(request.has_value());
    QCOMPARE(request->content.title, Text("T"));
    QCOMPARE(pointerOf(asked(R"(,"data_base64":"?")")), Text("/data_base64"));
}

void TstCloudEvent::batchMode()
{
    const QByteArray one = eventJson({});
    const QByteArray text = " [" + one + ", 7]";
    const auto events = splitCloudEvents(text);
    QVERIFY(events.has_value());
    QCOMPARE(events->size(), std::size_t(2));
    QCOMPARE(events->front().toByteArray(), one);
    QVERIFY(!parseCloudEvent(events->back()));
    for (const char *bad : {"", "{}", "[]", "[1,]", "[1"})
        QVERIFY2(!splitCloudEvents(bad), bad);
    QVERIFY(!splitCloudEvents('[' + QByteArray("1,").repeated(1000) + "1]"));
}

void TstCloudEvent::dataOfABatchIsNoLargerThanOfASingleOne()
{
    constexpr qsizetype most = 256 * 1024;
    const QByteArray shortOne = R"({"user_id":7,"title":"a","data":{"x":""}})";
    const auto data = [&](qsizetype size) {
        return QByteArray(shortOne).insert(shortOne.size() - 3, QByteArray(size - shortOne.size(), 'y'));
    };
    const auto plain = [&](qsizetype size) { return asked(R"(,"data":)" + data(size)); };
    const auto encoded = [&](qsizetype size) {
        return asked(",\"data_base64\":\"" + data(size).toBase64() + "\"");
    };
    QVERIFY(plain(most));
    QCOMPARE(pointerOf(plain(most + 1)), Text("/data"));
    QVERIFY(plain(most + 1).error().detail.contains("256 KiB"));
    QVERIFY(encoded(most));
    QCOMPARE(pointerOf(encoded(most + 1)), Text("/data_base64"));
}

void TstCloudEvent::badAttributes_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<Text>("pointer");
    QTest::newRow("version") << QByteArray(R"({"specversion":"0.3","id":"1","source":"/s","type":"t"})")
                             << Text("/specversion");
    QTest::newRow("id") << QByteArray(R"({"specversion":"1.0","source":"/s","type":"t"})") << Text("/id");
    QTest::newRow("empty id") << QByteArray(R"({"specversion":"1.0","id":"","source":"/s","type":"t"})")
                              << Text("/id");
    QTest::newRow("number") << QByteArray(R"({"specversion":"1.0","id":1,"source":"/s","type":"t"})")
                            << Text("/id");
    QTest::newRow("source") << QByteArray(R"({"specversion":"1.0","id":"1","source":"a b","type":"t"})")
                            << Text("/source");
    QTest::newRow("time") << eventJson(R"(,"time":"yesterday")") << Text("/time");
    QTest::newRow("content type") << eventJson(R"(,"datacontenttype":"text/plain")")
                                  << Text("/datacontenttype");
    QTest::newRow("data") << eventJson(R"(,"data":"text")") << Text("/data");
}

void TstCloudEvent::badAttributes()
{
    QFETCH(QByteArray, json);
    QFETCH(Text, pointer);
    QCOMPARE(pointerOf(parseCloudEvent(json)), pointer);
}

void TstCloudEvent::recipients_data()
{
    QTest::addColumn<QByteArray>("more");
    QTest::addColumn<Text>("user");
    QTest::newRow("data") << QByteArray(
                                 R"(,"subject":"s","partitionkey":"p","data":{"title":"T","user_id":"d"})")
                          << Text("d");
    QTest::newRow("key") << QByteArray(R"(,"subject":"s","partitionkey":"p","data":{"title":"T"})")
                         << Text("p");
    QTest::newRow("subject") << QByteArray(R"(,"subject":"s","data":{"title":"T"})") << Text("s");
    QTest::newRow("topic") << QByteArray(R"(,"subject":"s","data":{"title":"T","topic":"news"})") << Text();
}

void TstCloudEvent::recipients()
{
    QFETCH(QByteArray, more);
    QFETCH(Text, user);
    const auto request = asked(more);
    QVERIFY(request.has_value());
    QCOMPARE(request->users.empty() ? Text() : request->users.front().text, user);
}

void TstCloudEvent::whatTheEnvelopeSays()
{
    const auto plain = asked(R"(,"subject":"ann","data":{"title":"T","type":"other"})");
    QVERIFY(plain.has_value());
    QCOMPARE(plain->content.type, Text("shipped"));
    QCOMPARE(plain->content.source, Text("/shop"));
    QCOMPARE(plain->content.dedupeKey, Text("/shop 1"));
    QVERIFY(!plain->legacyFieldsOnly);
    const auto own = asked(R"(,"subject":"ann","data":{"title":"T","source":"us","dedupe_key":"k"})");
    QCOMPARE(own->content.source, Text("us"));
    QCOMPARE(own->content.dedupeKey, Text("k"));
}

void TstCloudEvent::theDedupeKeyIsUnambiguous()
{
    const auto keyOf = [](const Text &source, const Text &id) {
        return parseNotification(CloudEvent{id, source, "t", "ann", {}, {}, R"({"title":"T"})"}, now)
            ->content.dedupeKey;
    };
    QVERIFY(keyOf("/a", "b c") != keyOf("/ab", "c"));
    const Text longId(2000, 'x');
    QVERIFY(keyOf("/a", longId).startsWith("sha256 "));
    QVERIFY(keyOf("/a", longId) != keyOf("/a", longId + 'y'));
    QCOMPARE(keyOf("/a", longId), keyOf("/a", longId));
}

void TstCloudEvent::faultsOfTheDataAreBelowIt()
{
    QCOMPARE(pointerOf(asked(R"(,"subject":"ann","data":{"title":7})")), Text("/data/title"));
    QCOMPARE(pointerOf(asked(R"(,"subject":"ann")")), Text("/data/title"));
    QCOMPARE(pointerOf(asked(R"(,"data":{"title":"T"})")), Text("/data/user_id"));
    QCOMPARE(pointerOf(asked(R"(,"subject":"a\nb","data":{"title":"T"})")), Text("/subject"));
    const auto broken = parseNotification(CloudEvent{"1", "/s", "t", "ann", {}, {}, "{"}, now);
    QCOMPARE(broken.error().code, ErrorCode::Malformed);
    QVERIFY(broken.error().detail.startsWith("/data: "));
}

QTEST_GUILESS_MAIN(TstCloudEvent)
#include "tst_cloud_event.moc"
