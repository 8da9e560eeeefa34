#include "protocol/legacy.h"

#include "model/user_id.h"
#include "protocol/item.h"
#include "protocol/json_writer.h"

namespace belfry::protocol {
namespace {
using model::Notification;

void appendPerson(JsonWriter &json, const LegacyPerson &person)
{
    json.beginObject().key("id");
    if (person.id.isEmpty())
        json.null();
    else
        appendLegacyUserId(json, person.id);
    json.key("name").text(person.name).endObject();
}

void appendCore(JsonWriter &json, const Notification &item)
{
    json.key("id").uuid(item.id).key("legacy_id");
    if (item.legacyId)
        json.number(*item.legacyId);
    else
        json.null();
    appendLegacyUserId(json.key("user_id"), item.user);
    json.key("event").text(item.content.type).key("message").text(item.content.message);
    json.key("metadata").verbatim(item.content.data.isEmpty() ? model::Text("{}") : item.content.data);
}

void appendLegacyItem(JsonWriter &json, const LegacyItem &entry)
{
    json.beginObject();
    appendCore(json, entry.item);
    json.key("is_read").boolean(entry.item.engagement.read.has_value());
    json.key("created_at").time(entry.item.createdAt).key("seq").numberOrNull(entry.item.createdSeq);
    appendPerson(json.key("from"), entry.from);
    appendPerson(json.key("to"), entry.to);
    json.endObject();
}

void appendAll(JsonWriter &json, const std::vector<LegacyItem> &items)
{
    json.beginArray();
    for (const LegacyItem &item : items)
        appendLegacyItem(json, item);
    json.endArray();
}

/// Runs `write` on a fresh object.
template<typename Write>
QByteArray object(Write write)
{
    QByteArray out;
    JsonWriter json(out);
    json.beginObject();
    write(json);
    json.endObject();
    json.finish();
    return out;
}
} // namespace

void appendLegacyUserId(JsonWriter &json, const model::UserId &user)
{
    if (const auto number = model::asInteger(user))
        json.number(*number);
    else
        json.text(user.text);
}

QByteArray legacyList(const std::vector<LegacyItem> &items)
{
    return object([&](JsonWriter &json) {
        appendAll(json.key("notifications"), items);
        if (items.empty())
            json.key("message").text("No notifications found");
    });
}

QByteArray legacyArray(const std::vector<LegacyItem> &items)
{
    QByteArray out;
    JsonWriter json(out);
    appendAll(json, items);
    json.finish();
    return out;
}

QByteArray legacySocketMessage(const Notification &item, model::Seq seq)
{
    return object([&](JsonWriter &json) {
        appendCore(json, item);
        json.key("seq").numberOrNull(seq);
    });
}

QByteArray legacyCreated(QByteArrayView message, const Notification &item)
{
    return object([&](JsonWriter &json) {
        json.key("message").text(message).key("data");
        appendItem(json, item);
    });
}

QByteArray legacyMessage(QByteArrayView message)
{
    return object([&](JsonWriter &json) { json.key("message").text(message); });
}

QByteArray legacyPage(const std::vector<Notification> &items, int limit, int offset)
{
    return object([&](JsonWriter &json) {
        json.key("data").beginArray();
        for (const Notification &item : items)
            appendItem(json, item);
        json.endArray();
        json.key("meta").beginObject().key("limit").number(limit).key("offset").number(offset);
        json.key("count").number(qint64(items.size())).endObject();
    });
}

QByteArray legacyUserAdded(const model::UserId &id)
{
    return object([&](JsonWriter &json) { json.key("Message").text("User added").key("Id").text(id.text); });
}

QByteArray legacySent(const Notification &item)
{
    return object([&](JsonWriter &json) {
        json.key("message").text("Notification sent successfully!");
        json.key("id").uuid(item.id).key("seq").numberOrNull(item.seq);
    });
}

QByteArray legacyStatusCode(QByteArrayView message, int status)
{
    return object(
        [&](JsonWriter &json) { json.key("Message").text(message).key("StatuCode").number(status); });
}
} // namespace belfry::protocol
