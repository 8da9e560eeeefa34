#include "protocol/timeline_answer.h"

#include <QtTest>

namespace belfry::protocol {
class TestTimelineAnswer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsWhatAServerTells();
    void namesWhatIsWrong_data();
    void namesWhatIsWrong();
};

void TestTimelineAnswer::readsWhatAServerTells()
{
    const auto answer = parseTimeline(R"({"data": {"notification": {"id": "x"}, "later": 1,
        "trace": [{"at": "1970-01-01T00:00:01Z", "step": "accepted", "channel": null, "rule": null, "detail": null},
                  {"at": "1970-01-01T00:00:01.5Z", "step": "decided", "channel": "email", "rule": "preference", "detail": "off"}],
        "deliveries": [{"id": "1", "channel": "email", "endpoint": null, "state": "suppressed", "rule": "preference",
                        "reason": "off", "attempts": [{"at": "1970-01-01T00:00:02Z", "outcome": "x"}, {}],
                        "next_at": "1970-01-01T00:00:03Z"},
                       {"id": "2", "channel": "in_app", "endpoint": null, "state": "delivered", "rule": null,
                        "reason": null, "attempts": [], "next_at": null}]}})");
    QVERIFY2(answer.has_value(), answer ? "" : answer.error().detail.constData());
    const std::vector<TimelineAnswer::Step> trace{{{1'000'000}, "accepted", {}, {}, {}},
                                                  {{1'500'000}, "decided", "email", "preference", "off"}};
    QVERIFY(answer->trace == trace);
    const std::vector<TimelineAnswer::Delivery> deliveries{
        {"email", {}, "suppressed", "preference", "off", 2, model::Instant{3'000'000}},
        {"in_app", {}, "delivered", {}, {}, 0, {}}};
    QVERIFY(answer->deliveries == deliveries);
}

void TestTimelineAnswer::namesWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("pointer");
    QTest::newRow("nothing") << QByteArray("{}") << QByteArray("/data");
    QTest::newRow("lists are missing") << QByteArray(R"({"data": {}})") << QByteArray("/data/trace");
    QTest::newRow("no objects") << QByteArray(R"({"data": {"trace": [1], "deliveries": []}})")
                                << QByteArray("/data/trace");
    QTest::newRow("no time") << QByteArray(R"({"data": {"trace": [{"at": "soon"}], "deliveries": []}})")
                             << QByteArray("/data/trace/at");
}

void TestTimelineAnswer::namesWhatIsWrong()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, pointer);
    const auto answer = parseTimeline(json);
    QVERIFY(!answer);
    QVERIFY(!answer.error().fields.isEmpty());
    QCOMPARE(answer.error().fields.first().pointer, pointer);
    QVERIFY(!parseTimeline("nonsense"));
}
} // namespace belfry::protocol

QTEST_GUILESS_MAIN(belfry::protocol::TestTimelineAnswer)
#include "tst_timeline_answer.moc"
