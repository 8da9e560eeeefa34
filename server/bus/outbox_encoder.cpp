#include "bus/outbox_encoder.h"

#include "protocol/event_envelope.h"
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
    protocol::beginEvent(json,
                         {id.toText(), message.type, committed.user.text, change.at, message.traceparent});
    json.beginObject().key("change");
    protocol::appendChange(json, change);
    json.key("counts").beginObject();
    json.key("unseen").number(committed.counts.unseen).key("unread").number(committed.counts.unread);
    json.endObject().endObject().endObject().finish();
    return message;
}
} // namespace belfry::bus
