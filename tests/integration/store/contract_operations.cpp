#include "store_contract.h"

using namespace std::chrono_literals;

namespace belfry::store {
using model::EventFilter;
using model::Result;
using model::Text;
using model::VoidResult;

namespace {
ports::EventPage eventsOf(StoreDriver &s, const EventFilter &filter,
                          std::optional<model::NotificationId> before = {}, int limit = 100)
{
    return s
        .await<Result<ports::EventPage>>([&](auto &home, auto reply) {
            s.operations().events(home, filter, before, limit, std::move(reply));
        })
        .value();
}

std::vector<Text> eventTitles(StoreDriver &s, const EventFilter &filter)
{
    std::vector<Text> titles;
    for (const model::Notification &item : eventsOf(s, filter).items)
        titles.push_back(item.content.title);
    return titles;
}

/// Of this time, whatever the process made before.
model::Uuid idOf(model::Instant at, quint64 number)
{
    model::Uuid id = model::Uuid::firstAt(at);
    id.high |= 0x7000;
    id.low = 0x8000'0000'0000'0000 + number;
    return id;
}

model::Notification sendNow(StoreDriver &s, ports::Submit submit)
{
    submit.event = idOf(s.now(), 1);
    submit.recipients.front().id = idOf(s.now(), 2);
    return s.submit(submit)->items.front().item;
}
} // namespace

void StoreContract::listsEventsOfAll()
{
    for (int i = 0; i < 5; ++i) {
        m_clock.advance(1s);
        s().send(i % 2 == 0 ? "ada" : "ben", Text::number(i));
    }
    QCOMPARE(eventTitles(s(), {}), (std::vector<Text>{"4", "3", "2", "1", "0"}));
    const auto first = eventsOf(s(), {}, {}, 2);
    QCOMPARE(first.items.size(), 2);
    QCOMPARE(first.items[0].user.text, Text("ada"));
    QVERIFY(first.next);
    const auto second = eventsOf(s(), {}, first.next, 2);
    QCOMPARE(second.items[0].content.title, Text("2"));
    const auto third = eventsOf(s(), {}, second.next, 2);
    QCOMPARE(third.items.size(), 1);
    QVERIFY(!third.next);
    EventFilter ben;
    ben.user.text = "ben";
    const auto his = eventsOf(s(), ben, {}, 1);
    QCOMPARE(his.items[0].content.title, Text("3"));
    QCOMPARE(eventsOf(s(), ben, his.next, 1).items[0].content.title, Text("1"));
}

void StoreContract::filtersEvents_data()
{
    QTest::addColumn<int>("by");
    QTest::addColumn<std::vector<Text>>("expected");
    QTest::newRow("type") << 0 << std::vector<Text>{"chat"};
    QTest::newRow("state") << 1 << std::vector<Text>{"suppressed"};
    QTest::newRow("id") << 2 << std::vector<Text>{"chat"};
    QTest::newRow("event") << 3 << std::vector<Text>{"chat"};
    QTest::newRow("trace") << 4 << std::vector<Text>{"chat"};
    QTest::newRow("since") << 5 << std::vector<Text>{"suppressed", "chat"};
    QTest::newRow("until") << 6 << std::vector<Text>{"plain"};
    QTest::newRow("since and until") << 10 << std::vector<Text>{"chat"};
    QTest::newRow("user") << 11 << std::vector<Text>{"suppressed", "plain"};
    QTest::newRow("user and type") << 7 << std::vector<Text>{};
    QTest::newRow("unknown user") << 8 << std::vector<Text>{};
    QTest::newRow("id of another user") << 9 << std::vector<Text>{};
}

void StoreContract::filtersEvents()
{
    QFETCH(int, by);
    QFETCH(std::vector<Text>, expected);
    sendNow(s(), s().submitOf({"ada"}, StoreDriver::content("plain")));
    m_clock.advance(1h);
    auto content = StoreDriver::content("chat");
    content.type = "chat";
    auto traced = s().submitOf({"ben"}, content);
    traced.traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    const auto chat = sendNow(s(), traced);
    m_clock.advance(1h);
    auto unwanted = s().submitOf({"ada"}, StoreDriver::content("suppressed"));
    unwanted.recipients.front().inApp = false;
    unwanted.recipients.front().reason = model::SuppressReason::Preference;
    sendNow(s(), unwanted);
    EventFilter filter;
    switch (by) {
    case 0:
        filter.type = "chat";
        break;
    case 1:
        filter.state = model::State::Suppressed;
        break;
    case 2:
        filter.id = chat.id;
        break;
    case 3:
        filter.event = chat.event;
        break;
    case 4:
        filter.trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        break;
    case 5:
        filter.since = s().now() - 1h;
        break;
    case 6:
        filter.until = s().now() - 1h;
        break;
    case 7:
        filter.user.text = "ada";
        filter.type = "chat";
        break;
    case 8:
        filter.user.text = "nobody";
        break;
    case 9:
        filter.user.text = "ada";
        filter.id = chat.id;
        break;
    case 10:
        filter.since = s().now() - 1h;
        filter.until = s().now() - 1h + 1ms;
        break;
    default:
        filter.user.text = "ada";
        break;
    }
    QCOMPARE(eventTitles(s(), filter), expected);
}

void StoreContract::countsWhatWaits()
{
    const ports::Backlogs nothing = s().backlogs();
    QVERIFY(nothing.deliveries == ports::Backlog{} && nothing.deadLetters == ports::Backlog{} &&
            nothing.broadcasts == ports::Backlog{});
    ports::Webhook webhook;
    webhook.id = ports::WebhookId::makeV7(s().now());
    webhook.url = "https://app.example";
    webhook.secret = "whsec_c2VjcmV0";
    QVERIFY(s().await<VoidResult>(
        [&](auto &home, auto reply) { s().webhooks().addWebhook(home, webhook, std::move(reply)); }));
    const model::Instant begun = s().now();
    for (int i = 0; i < 3; ++i) {
        auto wanted = s().submitOf({"ada"}, StoreDriver::content("out"));
        wanted.recipients.front().ways = {{webhook.id, {}, "server_default"}};
        QVERIFY(s().submit(wanted));
        m_clock.advance(1s);
    }
    const auto due = s().await<Result<ports::DueDeliveries>>([&](auto &home, auto reply) {
        s().webhooks().claimDeliveries(home, {1, 1, {}, 1min}, s().now(), std::move(reply));
    });
    ports::DeliveryOutcome outcome;
    outcome.id = due->items.front().id;
    outcome.lease = due->items.front().lease;
    outcome.state = ports::DeliveryState::Dead;
    outcome.reason = "gone";
    QVERIFY(s().await<VoidResult>([&](auto &home, auto reply) {
        s().webhooks().settleDeliveries(home, {outcome}, s().now(), std::move(reply));
    }));
    ports::FanoutJob job;
    job.event = model::EventId::makeV7(s().now());
    job.submit = s().submitOf({}, StoreDriver::content("all"));
    QVERIFY(s().await<Result<ports::SubmitResult>>(
        [&](auto &home, auto reply) { s().directory().addJob(home, job, std::move(reply)); }));
    const ports::Backlogs all = s().backlogs();
    QCOMPARE(all.deliveries.depth, 2);
    QVERIFY(all.deliveries.oldest && *all.deliveries.oldest == begun + 1s);
    QCOMPARE(all.deadLetters.depth, 1);
    QVERIFY(all.deadLetters.oldest == s().now());
    QCOMPARE(all.broadcasts.depth, 1);
    QVERIFY(all.broadcasts.oldest == s().now());
}
} // namespace belfry::store
