#include "api/session_admin_routes.h"

#include "api/api_context.h"
#include "api/paging.h"
#include "protocol/json_writer.h"
#include "protocol/legacy.h"

#include <algorithm>

namespace belfry::api {
namespace {
using protocol::JsonWriter;

constexpr qint64 sessionPage = 50;
constexpr qint64 longestSessionPage = 500;

/// The user that `?user_id=` names; empty when it is not there.
model::Result<model::UserId> userOf(const Query &query)
{
    const QByteArray text = query.text("user_id");
    if (text.isEmpty())
        return model::UserId();
    auto user = model::makeUserId(text, "user_id");
    if (!user)
        user.error().code = model::ErrorCode::Malformed;
    return user;
}

void appendSession(JsonWriter &json, const ports::Session &session)
{
    json.beginObject();
    json.key("id").text(session.id);
    json.key("user_id").text(session.user.text);
    json.key("device_id").text(session.device.text);
    json.key("address").textOrNull(session.address);
    json.key("created_at").time(session.createdAt);
    json.key("used_at").time(session.usedAt);
    json.key("expires_at").time(session.expiresAt);
    json.endObject();
}

void answerSessions(CallPtr call, const std::vector<ports::Session> &sessions, int limit)
{
    const QByteArray next = std::ssize(sessions) == limit ? sessions.back().id : QByteArray();
    net::HttpResponse response;
    response.contentType = jsonType();
    JsonWriter json(response.body);
    json.beginObject().key("data").beginArray();
    for (const ports::Session &session : sessions)
        appendSession(json, session);
    json.endArray().key("meta").beginObject().key("next_cursor").textOrNull(next);
    json.endObject().endObject().finish();
    addNextLink(response, *call, next);
    answer(std::move(call), std::move(response));
}

void answerEnded(CallPtr call, int ended)
{
    QByteArray body;
    JsonWriter json(body);
    json.beginObject().key("data").beginObject().key("ended").number(ended);
    json.endObject().endObject().finish();
    answer(std::move(call), 200, std::move(body));
}
} // namespace

void getSessions(CallPtr call)
{
    const auto query = call->query();
    if (!query)
        return fail(std::move(call), query.error());
    const auto user = userOf(*query);
    if (!user)
        return fail(std::move(call), user.error());
    const auto asked = query->natural("limit", sessionPage);
    if (!asked)
        return fail(std::move(call), asked.error());
    const int limit = static_cast<int>(std::clamp<qint64>(*asked, 1, longestSessionPage));
    const ApiContext &context = call->context();
    const auth::Principal &who = call->principal();
    auto read = [limit](CallPtr done, const std::vector<ports::Session> &sessions) {
        answerSessions(std::move(done), sessions, limit);
    };
    context.services.sessionAdmin.list(context.loop, who, {*user, query->text("cursor"), limit},
                                       orFail<std::vector<ports::Session>>(std::move(call), read));
}

void deleteSession(CallPtr call)
{
    const ApiContext &context = call->context();
    const auth::Principal &who = call->principal();
    const model::Text address = call->origin().address;
    const model::Text id = call->parameter(0);
    auto ended = [](CallPtr done, int) {
        answer(std::move(done), 200, protocol::legacyMessage("Session ended"));
    };
    context.services.sessionAdmin.end(context.loop, who, address, {id, {}, {}},
                                      orFail<int>(std::move(call), ended));
}

void deleteSessions(CallPtr call)
{
    const auto query = call->query();
    if (!query)
        return fail(std::move(call), query.error());
    const auto user = userOf(*query);
    if (!user)
        return fail(std::move(call), user.error());
    if (user->isEmpty())
        return fail(std::move(call), {model::ErrorCode::Malformed,
                                      "user_id: is missing: whose sessions end?",
                                      {{"user_id", "is missing: whose sessions end?"}},
                                      {}});
    const ApiContext &context = call->context();
    const auth::Principal &who = call->principal();
    const model::Text address = call->origin().address;
    context.services.sessionAdmin.end(context.loop, who, address, {{}, *user, {}},
                                      orFail<int>(std::move(call), answerEnded));
}
} // namespace belfry::api
