#include "api/admin_routes.h"

#include "api/api_context.h"
#include "protocol/json_writer.h"
#include "protocol/legacy.h"
#include "protocol/registry_requests.h"

namespace belfry::api {
namespace {
using protocol::JsonWriter;

void appendScopes(JsonWriter &json, quint32 bits)
{
    json.key("scopes").beginArray();
    for (const model::Text &name : auth::scopeNames(auth::Scopes::fromInt(bits)))
        json.text(name);
    json.endArray();
}

/// `{"data": {id, key, name, scopes, expires_at}}`; without a secret `key` is null.
QByteArray createdKey(const ports::ApiKey &key, QByteArrayView secret)
{
    QByteArray body;
    JsonWriter json(body);
    json.beginObject().key("data").beginObject();
    json.key("id").text(key.id);
    json.key("key").textOrNull(secret);
    json.key("name").text(key.name);
    appendScopes(json, key.scopes);
    json.key("expires_at").timeOrNull(key.expiresAt);
    json.endObject().endObject().finish();
    return body;
}

void appendListedKey(JsonWriter &json, const ports::ApiKey &key)
{
    json.beginObject();
    json.key("id").text(key.id);
    json.key("name").text(key.name);
    appendScopes(json, key.scopes);
    json.key("created_at").time(key.createdAt);
    json.key("expires_at").timeOrNull(key.expiresAt);
    json.key("revoked_at").timeOrNull(key.revokedAt);
    json.key("last_used_at").timeOrNull(key.usedAt);
    json.key("bootstrap").boolean(key.bootstrap);
    json.endObject();
}

/// The scopes by their names; whether the caller may grant them is service's to say.
model::Result<auth::Scopes> scopesOf(const protocol::ApiKeyRequest &asked)
{
    auth::Scopes scopes;
    for (qsizetype i = 0; i < asked.scopes.size(); ++i) {
        const auto named = auth::scopesByName(asked.scopes[i]);
        if (!named)
            return model::failField(model::ErrorCode::Invalid, "/scopes/" + QByteArray::number(i),
                                    "must be a scope such as notify:write");
        scopes |= *named;
    }
    return scopes;
}

void answerKeys(CallPtr call, const std::vector<ports::ApiKey> &keys)
{
    QByteArray body;
    JsonWriter json(body);
    json.beginObject().key("data").beginArray();
    for (const ports::ApiKey &key : keys)
        appendListedKey(json, key);
    json.endArray().endObject().finish();
    answer(std::move(call), 200, std::move(body));
}

void answerMade(CallPtr call, int status, const service::Keys::Made &made)
{
    net::HttpResponse response;
    response.status = status;
    response.contentType = jsonType();
    response.body = createdKey(made.record, made.key);
    response.headers.push_back({"Cache-Control", "no-store"});
    answerKeeping(std::move(call), std::move(response), createdKey(made.record, {}));
}

void answerCreated(CallPtr call, const service::Keys::Made &made)
{
    answerMade(std::move(call), 201, made);
}

void answerRotated(CallPtr call, const service::Keys::Made &made)
{
    answerMade(std::move(call), 200, made);
}
} // namespace

void postApiKey(CallPtr call)
{
    const auto asked = protocol::parseApiKey(call->body());
    if (!asked)
        return fail(std::move(call), asked.error());
    const auto scopes = scopesOf(*asked);
    if (!scopes)
        return fail(std::move(call), scopes.error());
    const ApiContext &context = call->context();
    const auth::Principal &who = call->principal();
    const model::Text address = call->origin().address;
    context.services.keys.create(context.loop, who, address, {asked->name, *scopes, asked->expiresAt},
                                 orFail<service::Keys::Made>(std::move(call), answerCreated));
}

void getApiKeys(CallPtr call)
{
    const ApiContext &context = call->context();
    const auth::Principal &who = call->principal();
    context.services.keys.list(context.loop, who,
                               orFail<std::vector<ports::ApiKey>>(std::move(call), answerKeys));
}

void rotateApiKey(CallPtr call)
{
    const auto overlap = protocol::parseKeyRotation(call->body());
    if (!overlap)
        return fail(std::move(call), overlap.error());
    const ApiContext &context = call->context();
    const auth::Principal &who = call->principal();
    const model::Text id = call->parameter(0);
    const model::Text address = call->origin().address;
    context.services.keys.rotate(context.loop, who, address, id, *overlap,
                                 orFail<service::Keys::Made>(std::move(call), answerRotated));
}

void deleteApiKey(CallPtr call)
{
    const ApiContext &context = call->context();
    const auth::Principal &who = call->principal();
    const model::Text id = call->parameter(0);
    auto revoked = [](CallPtr done) { answer(std::move(done), 200, protocol::legacyMessage("Key revoked")); };
    const model::Text address = call->origin().address;
    context.services.keys.revoke(context.loop, who, address, id, orFail<void>(std::move(call), revoked));
}
} // namespace belfry::api
