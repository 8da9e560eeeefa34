#include "api/webhook_routes.h"

#include "api/api_context.h"
#include "protocol/json_writer.h"
#include "protocol/legacy.h"
#include "protocol/webhook_request.h"

namespace belfry::api {
namespace {
using protocol::JsonWriter;

model::Error noSuchWebhook()
{
    return {model::ErrorCode::NotFound, "there is no such webhook", {}, {}};
}

void appendWebhookMembers(JsonWriter &json, const ports::Webhook &webhook)
{
    json.key("id").text(webhook.id.toText());
    json.key("url").text(webhook.url);
    json.key("user_id").textOrNull(webhook.user.text);
    json.key("types").beginArray();
    for (const model::Text &type : webhook.types)
        json.text(type);
    json.endArray();
    json.key("enabled").boolean(webhook.enabled);
    json.key("disabled_reason").textOrNull(webhook.disabledReason);
    json.key("disabled_at").timeOrNull(webhook.disabledAt);
    json.key("old_secret_until").timeOrNull(webhook.oldSecretUntil);
    json.key("created_at").time(webhook.createdAt);
    json.key("updated_at").time(webhook.updatedAt);
}

/// With a secret, or with null in its place.
QByteArray withSecret(const ports::Webhook &webhook, const model::Text &secret)
{
    QByteArray body;
    JsonWriter json(body);
    json.beginObject().key("data").beginObject();
    json.key("secret").textOrNull(secret);
    appendWebhookMembers(json, webhook);
    json.endObject().endObject().finish();
    return body;
}

void answerSecret(CallPtr call, int status, const ports::Webhook &webhook)
{
    net::HttpResponse response;
    response.status = status;
    response.contentType = jsonType();
    response.body = withSecret(webhook, webhook.secret);
    response.headers.push_back({"Cache-Control", "no-store"});
    answerKeeping(std::move(call), std::move(response), withSecret(webhook, {}));
}

void answerWebhook(CallPtr call, const ports::Webhook &webhook)
{
    QByteArray body;
    JsonWriter json(body);
    json.beginObject().key("data").beginObject();
    appendWebhookMembers(json, webhook);
    json.endObject().endObject().finish();
    answer(std::move(call), 200, std::move(body));
}

void answerWebhooks(CallPtr call, const std::vector<ports::Webhook> &webhooks)
{
    QByteArray body;
    JsonWriter json(body);
    json.beginObject().key("data").beginArray();
    for (const ports::Webhook &webhook : webhooks) {
        json.beginObject();
        appendWebhookMembers(json, webhook);
        json.endObject();
    }
    json.endArray().endObject().finish();
    answer(std::move(call), 200, std::move(body));
}

service::Webhooks::Wish wishOf(const protocol::WebhookRequest &asked)
{
    return {asked.url, asked.secret, asked.user, asked.types, asked.enabled};
}
} // namespace

void postWebhook(CallPtr call)
{
    const auto asked = protocol::parseWebhook(call->body(), protocol::WebhookBody::New);
    if (!asked)
        return fail(std::move(call), asked.error());
    const ApiContext &context = call->context();
    const auth::Principal &who = call->principal();
    auto made = [](CallPtr done, const ports::Webhook &webhook) {
        done->setAuditTarget("webhook:" + webhook.id.toText());
        answerSecret(std::move(done), 201, webhook);
    };
    context.services.webhooks.create(context.loop, who, wishOf(*asked),
                                     orFail<ports::Webhook>(std::move(call), made));
}

void getWebhooks(CallPtr call)
{
    const ApiContext &context = call->context();
    const auth::Principal &who = call->principal();
    context.services.webhooks.list(context.loop, who,
                                   orFail<std::vector<ports::Webhook>>(std::move(call), answerWebhooks));
}

void getWebhook(CallPtr call)
{
    const auto id = model::Uuid::parse(call->parameter(0));
    if (!id)
        return fail(std::move(call), noSuchWebhook());
    const ApiContext &context = call->context();
    const auth::Principal &who = call->principal();
    context.services.webhooks.get(context.loop, who, *id,
                                  orFail<ports::Webhook>(std::move(call), answerWebhook));
}

void putWebhook(CallPtr call)
{
    const auto id = model::Uuid::parse(call->parameter(0));
    if (!id)
        return fail(std::move(call), noSuchWebhook());
    const auto asked = protocol::parseWebhook(call->body(), protocol::WebhookBody::Replacement);
    if (!asked)
        return fail(std::move(call), asked.error());
    const ApiContext &context = call->context();
    const auth::Principal &who = call->principal();
    context.services.webhooks.replace(context.loop, who, *id, wishOf(*asked),
                                      orFail<ports::Webhook>(std::move(call), answerWebhook));
}

void rotateWebhook(CallPtr call)
{
    const auto id = model::Uuid::parse(call->parameter(0));
    if (!id)
        return fail(std::move(call), noSuchWebhook());
    const auto asked = protocol::parseRotation(call->body());
    if (!asked)
        return fail(std::move(call), asked.error());
    const ApiContext &context = call->context();
    const auth::Principal &who = call->principal();
    auto rotated = [](CallPtr done, const ports::Webhook &webhook) {
        answerSecret(std::move(done), 200, webhook);
    };
    context.services.webhooks.rotate(context.loop, who, *id, asked->secret, asked->overlap,
                                     orFail<ports::Webhook>(std::move(call), rotated));
}

void deleteWebhook(CallPtr call)
{
    const auto id = model::Uuid::parse(call->parameter(0));
    if (!id)
        return fail(std::move(call), noSuchWebhook());
    const ApiContext &context = call->context();
    const auth::Principal &who = call->principal();
    auto gone = [](CallPtr done) {
        answer(std::move(done), 200, protocol::legacyMessage("Webhook removed"));
    };
    context.services.webhooks.remove(context.loop, who, *id, orFail<void>(std::move(call), gone));
}
} // namespace belfry::api
