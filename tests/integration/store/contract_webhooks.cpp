#include "store_contract.h"

using namespace std::chrono_literals;

namespace belfry::store {
using model::ErrorCode;
using model::Result;
using model::Text;
using model::VoidResult;
using ports::Webhook;

namespace {
Webhook webhookOf(StoreDriver &s, const Text &url)
{
    Webhook webhook;
    webhook.createdAt = webhook.updatedAt = s.now();
    webhook.id = ports::WebhookId::makeV7(s.now());
    webhook.url = url;
    webhook.secret = "whsec_c2VjcmV0";
    return webhook;
}

VoidResult addWebhook(StoreDriver &s, const Webhook &webhook)
{
    return s.await<VoidResult>(
        [&](auto &home, auto reply) { s.webhooks().addWebhook(home, webhook, std::move(reply)); });
}

std::vector<Webhook> webhooksOf(StoreDriver &s)
{
    return s
        .await<Result<std::vector<Webhook>>>(
            [&](auto &home, auto reply) { s.webhooks().webhooks(home, std::move(reply)); })
        .value();
}

Result<Webhook> changeWebhook(StoreDriver &s, const ports::WebhookChange &change)
{
    return s.await<Result<Webhook>>(
        [&](auto &home, auto reply) { s.webhooks().changeWebhook(home, change, s.now(), std::move(reply)); });
}

VoidResult removeWebhook(StoreDriver &s, const ports::WebhookId &id)
{
    return s.await<VoidResult>(
        [&](auto &home, auto reply) { s.webhooks().removeWebhook(home, id, s.now(), std::move(reply)); });
}
} // namespace

void StoreContract::keepsWebhooks()
{
    Webhook first = webhookOf(s(), "https://one.example/x?y=\"z\"");
    first.user.text = "anna";
    first.types = {"chat", "with \"quotes\" and, commas"};
    first.oldSecret = "whsec_b2xk";
    first.oldSecretUntil = s().now() + 1h;
    first.enabled = false;
    first.disabledReason = "gone";
    first.disabledAt = s().now();
    QVERIFY(addWebhook(s(), first));
    m_clock.advance(1s);
    const Webhook second = webhookOf(s(), "http://two.example");
    QVERIFY(addWebhook(s(), second));
    QCOMPARE(webhooksOf(s()), (std::vector<Webhook>{first, second}));

    QVERIFY(removeWebhook(s(), first.id));
    QCOMPARE(removeWebhook(s(), first.id).error().code, ErrorCode::NotFound);
    QCOMPARE(webhooksOf(s()), (std::vector<Webhook>{second}));
}

void StoreContract::changesWebhooks()
{
    const Webhook made = webhookOf(s(), "https://one.example");
    QVERIFY(addWebhook(s(), made));
    m_clock.advance(1s);
    ports::WebhookChange change;
    change.id = made.id;
    change.url = "https://other.example";
    change.user = model::UserId{"ben"};
    change.types = QList<Text>{"news"};
    change.enabled = false;
    change.disabledReason = "for a while";
    change.rotation = {"whsec_bmV3", s().now() + 24h};
    const auto changed = changeWebhook(s(), change);
    QVERIFY(changed);
    QCOMPARE(changed->url, Text("https://other.example"));
    QCOMPARE(changed->secret, Text("whsec_bmV3"));
    QCOMPARE(changed->oldSecret, made.secret);
    QCOMPARE(changed->oldSecretUntil, model::MaybeInstant(s().now() + 24h));
    QCOMPARE(changed->disabledAt, model::MaybeInstant(s().now()));
    QCOMPARE(webhooksOf(s()), std::vector<Webhook>{*changed});

    ports::WebhookChange enabling;
    enabling.id = made.id;
    enabling.enabled = true;
    const auto enabled = changeWebhook(s(), enabling);
    QVERIFY(enabled->enabled && enabled->disabledReason.isEmpty() && !enabled->disabledAt);
    QCOMPARE(enabled->user.text, Text("ben"));
    enabling.id = ports::WebhookId::makeV7(s().now());
    QCOMPARE(changeWebhook(s(), enabling).error().code, ErrorCode::NotFound);
}

void StoreContract::letsOnlyTheirsBeChanged()
{
    Webhook own = webhookOf(s(), "https://one.example");
    own.user = model::UserId{"ben"};
    const Webhook foreign = webhookOf(s(), "https://two.example");
    QVERIFY(addWebhook(s(), own) && addWebhook(s(), foreign));
    ports::WebhookChange change;
    change.onlyOf = model::UserId{"ben"};
    change.url = "https://three.example";
    change.id = foreign.id;
    QCOMPARE(changeWebhook(s(), change).error().code, ErrorCode::Forbidden);
    change.user = model::UserId{"ben"}; // what waits for it is still others'
    QCOMPARE(changeWebhook(s(), change).error().code, ErrorCode::Forbidden);
    change.id = own.id;
    QVERIFY(changeWebhook(s(), change));
    change.user = model::UserId{};
    QCOMPARE(changeWebhook(s(), change).error().code, ErrorCode::Forbidden);
    change.user.reset();
    change.url.reset();
    change.types = QList<Text>{"news"};
    change.onlyOf = model::UserId{}; // nobody's
    QCOMPARE(changeWebhook(s(), change).error().code, ErrorCode::Forbidden);

    ports::WebhookChange disabling;
    disabling.id = foreign.id;
    disabling.onlyOf = model::UserId{"ben"};
    disabling.url = foreign.url;
    disabling.enabled = false;
    QVERIFY(changeWebhook(s(), disabling));
    QCOMPARE(webhooksOf(s())[1].url, foreign.url);
    QVERIFY(!webhooksOf(s())[1].enabled);
}

void StoreContract::refusesTooManyWebhooks()
{
    for (std::size_t i = 0; i < ports::maxWebhooks; ++i)
        QVERIFY(addWebhook(s(), webhookOf(s(), "https://one.example")));
    QCOMPARE(addWebhook(s(), webhookOf(s(), "https://one.example")).error().code, ErrorCode::Conflict);
}
} // namespace belfry::store
