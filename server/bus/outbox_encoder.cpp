#include "bus/outbox_encoder.h"

#include "protocol/item.h"
#include "protocol/json_writer.h"
#include "protocol/words.h"

namespace belfry::bus {
namespace {
model::Text typeOf(model::ChangeKind kind)
{
    if (kind == model::ChangeKind::Preferences)
        return "belfry.preferences.changed";
    return model::Text("belfry.notification.") + protocol::word(kind).toByteArray();
}
} // namespace

ports::OutboxMessage OutboxEncoder::encode(const ports::OutboxId &id, const ports::Committed &committed) const
{
    const model::Change &change = committed.change;
    const auto *item = std::get_if<model::Notification>(&change.what);
    ports::OutboxMessage message{id, typeOf(change.kind), {}, item ? item->traceparent : model::Text()};
    protocol::JsonWriter json(message.payload);
    json.beginObject();
    json.key("specversion").text("1.0");
    json.key("id").uuid(id);
    json.key("source").text("/belfry");
    json.key("type").text(message.type);
    json.key("subject").text(committed.user.text);
    json.key("time").time(change.at);
    json.key("datacontenttype").text("application/json");
    if (!message.traceparent.isEmpty())
        json.key("traceparent").text(message.traceparent);
    json.key("data").beginObject().key("change");
    protocol::appendChange(json, change);
    json.key("counts").beginObject();
    json.key("unseen").number(committed.counts.unseen).key("unread").number(committed.counts.unread);
    json.endObject().endObject().endObject().finish();
    return message;
}
} // namespace belfry::bus
