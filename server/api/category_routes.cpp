#include "api/category_routes.h"

#include "api/api_context.h"
#include "protocol/category_request.h"
#include "protocol/json_writer.h"
#include "protocol/legacy.h"
#include "protocol/words.h"

namespace belfry::api {
namespace {
using ports::Category;
using protocol::JsonWriter;

void appendChannelDefaults(JsonWriter &json, const model::ChannelRow<bool> &row)
{
    json.beginObject();
    for (int i = 0; i < model::channelCount; ++i) {
        if (const auto &on = row.byChannel[std::size_t(i)])
            json.anyKey(protocol::word(static_cast<model::Channel>(i))).boolean(*on);
    }
    if (row.any)
        json.key("*").boolean(*row.any);
    json.endObject();
}

template<typename T>
void appendNumber(JsonWriter &json, const std::optional<T> &number)
{
    if (number)
        json.number(qint64(*number));
    else
        json.null();
}

void appendCategory(JsonWriter &json, const Category &category)
{
    json.beginObject();
    json.key("name").text(category.name);
    json.key("title").text(category.title);
    json.key("description").text(category.description);
    json.key("channels");
    appendChannelDefaults(json, category.channels);
    json.key("mandatory").boolean(category.mandatory);
    json.key("ttl");
    appendNumber(json, category.ttl ? std::optional(category.ttl->count()) : std::nullopt);
    json.key("retention_days");
    appendNumber(json, category.retainDays);
    json.key("created_at").time(category.createdAt);
    json.key("updated_at").time(category.updatedAt);
    json.endObject();
}

QByteArray categoryBody(const Category &category)
{
    QByteArray body;
    JsonWriter json(body);
    json.beginObject().key("data");
    appendCategory(json, category);
    json.endObject().finish();
    return body;
}

void storeCategory(CallPtr call, const protocol::CategoryRequest &asked)
{
    Category category;
    category.name = asked.name;
    category.title = asked.title;
    category.description = asked.description;
    category.channels = asked.channels;
    category.mandatory = asked.mandatory;
    category.ttl = asked.ttl;
    category.retainDays = asked.retentionDays;
    const ApiContext &context = call->context();
    const auth::Principal &who = call->principal();
    auto stored = [](CallPtr done, const Category &now) {
        done->setAuditTarget("category:" + now.name);
        answer(std::move(done), now.createdAt == now.updatedAt ? 201 : 200, categoryBody(now));
    };
    context.services.categories.put(context.loop, who, std::move(category),
                                    orFail<Category>(std::move(call), stored));
}

void answerCategories(CallPtr call, const std::vector<Category> &categories)
{
    QByteArray body;
    JsonWriter json(body);
    json.beginObject().key("data").beginArray();
    for (const Category &category : categories)
        appendCategory(json, category);
    json.endArray().endObject().finish();
    answer(std::move(call), 200, std::move(body));
}
} // namespace

void postCategory(CallPtr call)
{
    const auto asked = protocol::parseCategory(call->body());
    if (!asked)
        return fail(std::move(call), asked.error());
    storeCategory(std::move(call), *asked);
}

void putCategory(CallPtr call)
{
    const auto asked = protocol::parseCategory(call->body(), call->parameter(0));
    if (!asked)
        return fail(std::move(call), asked.error());
    storeCategory(std::move(call), *asked);
}

void getCategories(CallPtr call)
{
    const ApiContext &context = call->context();
    const auth::Principal &who = call->principal();
    context.services.categories.list(context.loop, who,
                                     orFail<std::vector<Category>>(std::move(call), answerCategories));
}

void getCategory(CallPtr call)
{
    const ApiContext &context = call->context();
    const auth::Principal &who = call->principal();
    const model::Text name = call->parameter(0);
    auto found = [](CallPtr done, const Category &category) {
        answer(std::move(done), 200, categoryBody(category));
    };
    context.services.categories.get(context.loop, who, name, orFail<Category>(std::move(call), found));
}

void deleteCategory(CallPtr call)
{
    const ApiContext &context = call->context();
    const auth::Principal &who = call->principal();
    const model::Text name = call->parameter(0);
    auto gone = [](CallPtr done) {
        answer(std::move(done), 200, protocol::legacyMessage("Category removed"));
    };
    context.services.categories.remove(context.loop, who, name, orFail<void>(std::move(call), gone));
}
} // namespace belfry::api
