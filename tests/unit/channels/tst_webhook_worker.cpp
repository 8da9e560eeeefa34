#include "channels/webhook_worker.h"
#include "store/open_store.h"
#include "support/answer.h"

#include <QtTest>
#include <deque>

using namespace belfry;
using namespace std::chrono_literals;
using channels::HttpReply;
using model::Result;
using test::Answer;

namespace {
/// Takes what is posted and answers when the test says so, as a real one does in a later turn.
class ScriptedSender final : public channels::HttpSender
{
public:
    explicit ScriptedSender(runtime::Loop &loop)
        : m_loop(loop)
    {
    }

    void post(channels::HttpPost what, runtime::Reply<HttpReply> reply) override
    {
        posts.push_back(std::move(what));
        waiting.push_back(std::move(reply));
        if (always)
            answer(*always);
    }

    /// Answers the oldest that waits.
    void answer(HttpReply with)
    {
        m_loop.post([reply = std::move(waiting.front()), with]() mutable { reply(with); });
        waiting.pop_front();
    }

    std::vector<channels::HttpPost> posts;
    std::deque<runtime::Reply<HttpReply>> waiting;
    std::optional<HttpReply> always;

private:
    runtime::Loop &m_loop;
};

HttpReply status(int code)
{
    return {code, {}, false, {}};
}

/// A worker on the store in memory, with a clock of its own: what takes days takes no time.
struct Bed
{
    Bed()
    {
        store->webhooks().setDeliveryListener([] {});
        if (!store->start())
            qFatal("the store in memory does not start");
    }
    ~Bed()
    {
        worker.reset();
        store->stop();
    }

    static store::StoreOptions options()
    {
        store::StoreOptions options;
        options.url = "memory:";
        return options;
    }

    void startWorker()
    {
        worker = std::make_unique<channels::WebhookWorker>(
            home, *store, sender, clock, [] { return 0.0; }, probe);
        worker->onDisabled([this] { ++disabled; });
        worker->start();
    }

    ports::WebhookId addWebhook(const model::Text &url = "https://app.example")
    {
        ports::Webhook webhook;
        webhook.id = ports::WebhookId::makeV7(clock.now());
        webhook.url = url;
        webhook.secret = "whsec_c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0";
        webhook.createdAt = clock.now();
        Answer<model::VoidResult> added;
        store->webhooks().addWebhook(home, webhook, added.reply());
        if (!added.wait() || !*added)
            qFatal("no webhook");
        return webhook.id;
    }

    model::Notification send(const model::Text &user, const ports::WebhookId &to,
                             model::Duration life = model::days(30))
    {
        ports::Submit submit;
        model::Content content;
        content.title = "for " + user;
        submit.content = std::make_shared<const model::Content>(content);
        submit.now = clock.now();
        submit.expiresAt = clock.now() + life;
        ports::Recipient recipient;
        recipient.user.text = user;
        recipient.id = model::Uuid::makeV7(clock.now());
        recipient.ways = {{to, {}, "server_default"}};
        submit.recipients.push_back(recipient);
        Answer<Result<ports::SubmitResult>> sent;
        store->inbox().submit(home, submit, sent.reply());
        if (!sent.wait() || !*sent)
            qFatal("nothing was sent");
        return sent->value().items.front().item;
    }

    ports::Delivery delivery(const model::NotificationId &id)
    {
        Answer<Result<ports::Timeline>> timeline;
        store->inbox().timeline(home, id, timeline.reply());
        if (!timeline.wait() || !*timeline)
            qFatal("no timeline");
        for (const ports::Delivery &one : timeline->value().deliveries) {
            if (one.channel == model::Channel::Webhook)
                return one;
        }
        return {};
    }

    bool settles(const model::NotificationId &id, const model::Text &state)
    {
        return test::waitUntil([&] { return delivery(id).state == state; });
    }

    /// Goes to the time of the next try, and past it.
    void advanceTo(model::Instant at)
    {
        clock.set(at);
        worker->wake();
    }

    std::vector<ports::Webhook> webhooks()
    {
        Answer<Result<std::vector<ports::Webhook>>> all;
        store->webhooks().webhooks(home, all.reply());
        if (!all.wait())
            qFatal("no list");
        return all->value();
    }

    runtime::FakeClock clock;
    runtime::Loop home;
    std::unique_ptr<ports::Store> store = store::openStore(options(), clock);
    ScriptedSender sender{home};
    channels::ChannelProbe probe;
    std::unique_ptr<channels::WebhookWorker> worker;
    int disabled = 0; ///< how often somebody was told
};
} // namespace

class TestWebhookWorker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sends();
    void triesTenTimesInFiveDays();
    void honoursRetryAfter();
    void aFinalAnswerIsADeadLetter();
    void goneDisablesTheWebhook();
    void aBlockedAddressIsADeadLetter();
    void looksAtTheTimeToLiveBeforeEachTry();
    void aRecalledOneIsNotTriedAgain();
    void oneLaneGoesInOrder();
    void aRetryHoldsNothingBack();
    void aSlowWebhookStandsBeforeNobody();
    void goesOnAfterARestart();
    void answersThatComeTooLateCountOnce();
};

void TestWebhookWorker::sends()
{
    Bed bed;
    bed.sender.always = status(204);
    const auto hook = bed.addWebhook();
    const auto item = bed.send("anna", hook);
    bed.startWorker();
    QVERIFY(bed.settles(item.id, "sent"));
    const ports::Delivery delivery = bed.delivery(item.id);
    QCOMPARE(delivery.endpoint, hook.toText());
    QCOMPARE(delivery.attempts.size(), std::size_t(1));
    QCOMPARE(delivery.attempts[0].outcome, QByteArray("HTTP 204"));
    QVERIFY(!delivery.nextAt);
    QCOMPARE(bed.sender.posts.size(), std::size_t(1));
    QVERIFY(bed.sender.posts[0].body.contains(item.id.toText()));
    QCOMPARE(bed.probe.sent.value(), std::uint64_t(1));
}

void TestWebhookWorker::triesTenTimesInFiveDays()
{
    Bed bed;
    bed.sender.always = status(503);
    const auto item = bed.send("anna", bed.addWebhook());
    const model::Instant start = bed.clock.now();
    bed.startWorker();
    const std::vector<model::Duration> pauses{5s, 5min, 30min, 2h, 5h, 10h, 14h, 20h, 24h};
    model::Instant at = start;
    for (std::size_t made = 1; made <= pauses.size(); ++made) {
        QVERIFY(test::waitUntil([&] { return bed.delivery(item.id).attempts.size() == made; }));
        at = at + pauses[made - 1];
        QVERIFY(test::waitUntil([&] { return bed.delivery(item.id).nextAt == model::MaybeInstant(at); }));
        QCOMPARE(bed.delivery(item.id).state, QByteArray("retrying"));
        bed.advanceTo(at - 1us);
        QCOMPARE(bed.sender.posts.size(), made);
        bed.advanceTo(at);
    }
    QVERIFY(bed.settles(item.id, "dead"));
    QCOMPARE(bed.delivery(item.id).reason, QByteArray("retries_exhausted"));
    QCOMPARE(bed.sender.posts.size(), std::size_t(10));
    for (const channels::HttpPost &post : bed.sender.posts)
        QCOMPARE(post.headers[1], bed.sender.posts[0].headers[1]); // webhook-id
}

void TestWebhookWorker::honoursRetryAfter()
{
    Bed bed;
    const auto item = bed.send("anna", bed.addWebhook());
    bed.startWorker();
    QVERIFY(test::waitUntil([&] { return !bed.sender.waiting.empty(); }));
    bed.sender.answer({429, 90s, false, {}});
    QVERIFY(bed.settles(item.id, "retrying"));
    QCOMPARE(bed.delivery(item.id).nextAt, model::MaybeInstant(bed.clock.now() + 90s));
}

void TestWebhookWorker::aFinalAnswerIsADeadLetter()
{
    Bed bed;
    bed.sender.always = status(404);
    const auto hook = bed.addWebhook();
    const auto item = bed.send("anna", hook);
    bed.startWorker();
    QVERIFY(bed.settles(item.id, "dead"));
    QCOMPARE(bed.delivery(item.id).reason, QByteArray("http_404"));
    QVERIFY(bed.webhooks().front().enabled);
}

void TestWebhookWorker::goneDisablesTheWebhook()
{
    Bed bed;
    const auto hook = bed.addWebhook();
    const auto first = bed.send("anna", hook);
    const auto second = bed.send("anna", hook);
    bed.startWorker();
    QVERIFY(test::waitUntil([&] { return !bed.sender.waiting.empty(); }));
    bed.sender.answer(status(410));
    QVERIFY(bed.settles(second.id, "dead"));
    QCOMPARE(bed.delivery(first.id).reason, QByteArray("http_410"));
    QCOMPARE(bed.delivery(second.id).reason, QByteArray("webhook_disabled"));
    const ports::Webhook webhook = bed.webhooks().front();
    QVERIFY(!webhook.enabled);
    QVERIFY(webhook.disabledReason.contains("410"));
    QCOMPARE(webhook.disabledAt, model::MaybeInstant(bed.clock.now()));
    QTRY_COMPARE(bed.disabled, 1);
    bed.sender.always = status(200);
    const auto other = bed.send("anna", bed.addWebhook());
    bed.worker->wake();
    QVERIFY(bed.settles(other.id, "sent"));
    QCOMPARE(bed.disabled, 1);
}

void TestWebhookWorker::aBlockedAddressIsADeadLetter()
{
    Bed bed;
    bed.sender.always = HttpReply{0, {}, true, "its address is not allowed"};
    const auto item = bed.send("anna", bed.addWebhook());
    bed.startWorker();
    QVERIFY(bed.settles(item.id, "dead"));
    QCOMPARE(bed.delivery(item.id).reason, QByteArray("address_not_allowed"));
    QCOMPARE(bed.delivery(item.id).attempts[0].outcome, QByteArray("its address is not allowed"));
}

void TestWebhookWorker::looksAtTheTimeToLiveBeforeEachTry()
{
    Bed bed;
    bed.sender.always = status(500);
    const auto item = bed.send("anna", bed.addWebhook(), 4s);
    bed.startWorker();
    QVERIFY(bed.settles(item.id, "retrying"));
    bed.advanceTo(*bed.delivery(item.id).nextAt);
    QVERIFY(bed.settles(item.id, "expired"));
    QCOMPARE(bed.sender.posts.size(), std::size_t(1));
}

void TestWebhookWorker::aRecalledOneIsNotTriedAgain()
{
    Bed bed;
    bed.sender.always = status(500);
    const auto item = bed.send("anna", bed.addWebhook());
    bed.startWorker();
    QVERIFY(bed.settles(item.id, "retrying"));
    Answer<Result<model::Notification>> recalled;
    bed.store->inbox().recall(bed.home, item.id, bed.clock.now(), recalled.reply());
    QVERIFY(recalled.wait());
    QCOMPARE(bed.delivery(item.id).state, QByteArray("suppressed"));
    QCOMPARE(bed.delivery(item.id).reason, QByteArray("recalled"));
    QVERIFY(!bed.delivery(item.id).nextAt);
}

void TestWebhookWorker::oneLaneGoesInOrder()
{
    Bed bed;
    const auto hook = bed.addWebhook();
    const auto first = bed.send("anna", hook);
    const auto second = bed.send("anna", hook);
    const auto other = bed.send("ben", hook);
    bed.startWorker();
    QVERIFY(test::waitUntil([&] { return bed.sender.posts.size() == 2; }));
    QVERIFY(bed.sender.posts[0].body.contains(first.id.toText()));
    QVERIFY(bed.sender.posts[1].body.contains(other.id.toText()));
    bed.sender.answer(status(200));
    QVERIFY(test::waitUntil([&] { return bed.sender.posts.size() == 3; }));
    QVERIFY(bed.sender.posts[2].body.contains(second.id.toText()));
}

void TestWebhookWorker::aRetryHoldsNothingBack()
{
    Bed bed;
    const auto hook = bed.addWebhook();
    const auto first = bed.send("anna", hook);
    const auto second = bed.send("anna", hook);
    bed.startWorker();
    QVERIFY(test::waitUntil([&] { return !bed.sender.waiting.empty(); }));
    bed.sender.answer(status(500));
    QVERIFY(test::waitUntil([&] { return !bed.sender.waiting.empty(); }));
    bed.sender.answer(status(200));
    QVERIFY(bed.settles(second.id, "sent"));
    QCOMPARE(bed.delivery(first.id).state, QByteArray("retrying"));
}

void TestWebhookWorker::aSlowWebhookStandsBeforeNobody()
{
    Bed bed;
    const auto slow = bed.addWebhook("https://slow.example");
    const auto quick = bed.addWebhook("https://quick.example");
    for (int i = 0; i < 2 * channels::WebhookWorker::maxPerWebhook; ++i)
        (void)bed.send("u" + QByteArray::number(i), slow);
    (void)bed.send("anna", quick);
    bed.startWorker();
    QVERIFY(
        test::waitUntil([&] { return bed.sender.posts.size() > channels::WebhookWorker::maxPerWebhook; }));
    const auto count = [&](const QByteArray &url) {
        return std::count_if(bed.sender.posts.begin(), bed.sender.posts.end(),
                             [&url](const auto &post) { return post.url == url; });
    };
    QCOMPARE(count("https://slow.example"), channels::WebhookWorker::maxPerWebhook);
    QCOMPARE(count("https://quick.example"), 1);
}

void TestWebhookWorker::goesOnAfterARestart()
{
    Bed bed;
    const auto item = bed.send("anna", bed.addWebhook());
    bed.startWorker();
    QVERIFY(test::waitUntil([&] { return bed.sender.posts.size() == 1; }));
    QCOMPARE(bed.delivery(item.id).state, QByteArray("sending"));
    bed.worker.reset(); // in the middle of it
    bed.sender.waiting.clear();
    bed.sender.always = status(200);
    bed.startWorker();
    QVERIFY(bed.settles(item.id, "sent"));
    QCOMPARE(bed.sender.posts.size(), std::size_t(2));
    QCOMPARE(bed.sender.posts[1].headers[1], bed.sender.posts[0].headers[1]);
}

/// It was changed while it was under way: what comes back is of the old revision.
void TestWebhookWorker::answersThatComeTooLateCountOnce()
{
    Bed bed;
    const auto item = bed.send("anna", bed.addWebhook());
    bed.startWorker();
    QVERIFY(test::waitUntil([&] { return bed.sender.posts.size() == 1; }));
    ports::Patch patch;
    patch.id = item.id;
    patch.title = "changed";
    patch.now = bed.clock.now();
    Answer<Result<model::Notification>> patched;
    bed.store->inbox().patch(bed.home, patch, patched.reply());
    QVERIFY(patched.wait());
    QCOMPARE(bed.delivery(item.id).state, QByteArray("pending"));
    bed.sender.answer(status(200));
    QVERIFY(test::waitUntil([&] { return bed.sender.posts.size() == 2; }));
    QVERIFY(bed.sender.posts[1].body.contains("changed"));
    bed.sender.answer(status(200));
    QVERIFY(bed.settles(item.id, "sent"));
    QCOMPARE(bed.delivery(item.id).attempts.size(), std::size_t(2));
}

QTEST_GUILESS_MAIN(TestWebhookWorker)
#include "tst_webhook_worker.moc"
