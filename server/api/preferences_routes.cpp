#include "api/preferences_routes.h"

#include "api/api_context.h"
#include "api/entity_tag.h"
#include "api/ignored_members.h"
#include "protocol/json_writer.h"
#include "protocol/preferences_document.h"

namespace belfry::api {
namespace {
using protocol::JsonWriter;

void addTag(net::HttpResponse &response, const ports::StoredPreferences &stored)
{
    response.headers.push_back({"ETag", quotedTag(stored.etag)});
    response.headers.push_back({"Cache-Control", "private, no-cache"});
}

void answerDocument(CallPtr call, const ports::StoredPreferences &stored)
{
    net::HttpResponse response;
    addTag(response, stored);
    if (noneMatchHits(call->request().header("if-none-match"), stored.etag)) {
        response.status = 304;
        return answer(std::move(call), std::move(response));
    }
    response.contentType = jsonType();
    JsonWriter json(response.body);
    json.beginObject().key("data");
    protocol::appendPreferences(json, stored.document);
    json.endObject().finish();
    answer(std::move(call), std::move(response));
}

/// S1's answer; what nobody knew is named beside it (H13).
void answerStored(CallPtr call, const ports::StoredPreferences &stored, const QList<model::Text> &ignored)
{
    net::HttpResponse response;
    addTag(response, stored);
    response.contentType = jsonType();
    JsonWriter json(response.body);
    json.beginObject().key("message").text("Preferences updated");
    appendIgnored(json, ignored);
    json.endObject().finish();
    answer(std::move(call), std::move(response));
}
} // namespace

void getPreferences(CallPtr call)
{
    const ApiContext &context = call->context();
    const Call &asked = *call;
    context.services.preferences.get(context.loop, asked.principal(), asked.user(),
                                     orFail<ports::StoredPreferences>(std::move(call), answerDocument));
}

void putPreferences(CallPtr call)
{
    // Which zones there are is service's to say.
    auto document = protocol::parsePreferences(call->body(), [](const model::Text &) { return true; });
    if (!document)
        return fail(std::move(call), document.error());
    const ApiContext &context = call->context();
    const Call &asked = *call;
    auto stored = [ignored = std::move(document->ignored)](CallPtr put, const ports::StoredPreferences &now) {
        answerStored(std::move(put), now, ignored);
    };
    context.services.preferences.put(context.loop, asked.principal(), asked.user(),
                                     std::move(document->document),
                                     ifMatchTags(asked.request().header("if-match")),
                                     orFail<ports::StoredPreferences>(std::move(call), stored));
}
} // namespace belfry::api
