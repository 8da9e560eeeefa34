#include "api/audit_routes.h"

#include "api/api_context.h"
#include "api/paging.h"
#include "protocol/json_writer.h"

namespace belfry::api {
namespace {
constexpr qint64 auditPage = 50;
constexpr qint64 longestAuditPage = 500;

void appendEntry(protocol::JsonWriter &json, const ports::AuditEntry &entry)
{
    json.beginObject();
    json.key("id").number(entry.place);
    json.key("at").time(entry.at);
    json.key("actor").text(entry.actor);
    json.key("action").text(entry.action);
    json.key("target").textOrNull(entry.target);
    json.key("address").textOrNull(entry.address);
    json.key("outcome").text(entry.done ? "done" : "refused");
    json.key("detail").textOrNull(entry.detail);
    json.endObject();
}

void answerAudit(CallPtr call, const std::vector<ports::AuditEntry> &entries, qint64 limit)
{
    const bool isFull = qint64(entries.size()) == limit;
    const QByteArray next = isFull ? QByteArray::number(entries.back().place) : QByteArray();
    net::HttpResponse response;
    response.contentType = jsonType();
    protocol::JsonWriter json(response.body);
    json.beginObject().key("data").beginArray();
    for (const ports::AuditEntry &entry : entries)
        appendEntry(json, entry);
    json.endArray().key("meta").beginObject().key("next_cursor").textOrNull(next);
    json.endObject().endObject().finish();
    addNextLink(response, *call, next);
    answer(std::move(call), std::move(response));
}
} // namespace

void getAudit(CallPtr call)
{
    const auto query = call->query();
    if (!query)
        return fail(std::move(call), query.error());
    const auto before = query->natural("cursor", 0);
    if (!before)
        return fail(std::move(call), before.error());
    const auto asked = query->natural("limit", auditPage);
    if (!asked)
        return fail(std::move(call), asked.error());
    const qint64 limit = std::clamp<qint64>(*asked, 1, longestAuditPage);
    const ApiContext &context = call->context();
    const auth::Principal &who = call->principal();
    auto read = [limit](CallPtr done, const std::vector<ports::AuditEntry> &entries) {
        answerAudit(std::move(done), entries, limit);
    };
    context.services.audit.page(context.loop, who, *before, limit,
                                orFail<std::vector<ports::AuditEntry>>(std::move(call), read));
}
} // namespace belfry::api
