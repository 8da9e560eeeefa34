#include "protocol/item.h"

#include "protocol/json_writer.h"
#include "protocol/words.h"

namespace belfry::protocol {
namespace {
using model::Notification;

void writeIdentity(JsonWriter &json, const Notification &n)
{
    json.key("id").uuid(n.id).key("legacy_id");
    if (n.legacyId)
        json.number(*n.legacyId);
    else
        json.null();
    json.key("user_id").textOrNull(n.user.text).key("event_id");
    if (n.event.isNull())
        json.null();
    else
        json.uuid(n.event);
    json.key("seq").numberOrNull(n.seq).key("created_seq").numberOrNull(n.createdSeq);
    json.key("revision").number(n.revision);
}

void writeChannels(JsonWriter &json, const QList<model::Channel> &channels)
{
    json.key("channel").textOrNull(channels.isEmpty() ? QByteArrayView() : word(channels.first()));
    json.key("channels").beginArray();
    for (const model::Channel channel : channels)
        json.text(word(channel));
    json.endArray();
}

void writeActions(JsonWriter &json, const QList<model::Action> &actions)
{
    json.key("actions").beginArray();
    for (const model::Action &action : actions) {
        json.beginObject().key("id").text(action.id).key("title").text(action.title);
        json.key("url").textOrNull(action.url).endObject();
    }
    json.endArray();
}

void writeContent(JsonWriter &json, const model::Content &content)
{
    const QByteArrayView data = content.data.isEmpty() ? QByteArrayView("{}") : QByteArrayView(content.data);
    json.key("type").text(content.type).key("title").text(content.title).key("message").text(content.message);
    json.key("data").verbatim(data).key("metadata").verbatim(data);
    writeChannels(json, content.channels);
    json.key("priority").textOrNull(content.priority).key("urgency").text(word(content.urgency));
    json.key("critical").boolean(content.critical).key("ack_required").boolean(content.ackRequired);
    json.key("collapse_key").textOrNull(content.collapseKey).key("dedupe_key").textOrNull(content.dedupeKey);
    writeActions(json, content.actions);
    json.key("progress");
    if (content.progress)
        json.real(*content.progress);
    else
        json.null();
    json.key("icon").textOrNull(content.icon).key("link").textOrNull(content.link);
    json.key("source").textOrNull(content.source).key("thread").textOrNull(content.thread);
    json.key("actor_id").textOrNull(content.actorId);
}

void writeState(JsonWriter &json, const Notification &n, QByteArrayView status)
{
    json.key("status").text(status).key("state").text(word(n.state));
    json.key("hold_reason").textOrNull(word(n.holdReason));
    json.key("suppress_reason").textOrNull(word(n.suppressReason));
    json.key("created_at").time(n.createdAt).key("updated_at").time(n.updatedAt);
    json.key("scheduled_for").timeOrNull(n.scheduledFor).key("expires_at").timeOrNull(n.expiresAt);
}

void writeEngagement(JsonWriter &json, const model::Engagement &done)
{
    json.key("seen_at").timeOrNull(done.seen).key("read_at").timeOrNull(done.read);
    json.key("acked_at").timeOrNull(done.acked).key("archived_at").timeOrNull(done.archived);
    json.key("snoozed_until").timeOrNull(done.snoozedUntil).key("clicked_at").timeOrNull(done.clicked);
    json.key("deleted_at").timeOrNull(done.deleted).key("is_read").boolean(done.read.has_value());
}

void writeItem(JsonWriter &json, const Notification &item, QByteArrayView status)
{
    json.beginObject();
    writeIdentity(json, item);
    writeContent(json, item.content);
    writeState(json, item, status);
    writeEngagement(json, item.engagement);
    json.endObject();
}

/// Room for the members, so that the buffer grows once.
qsizetype estimate(const Notification &n)
{
    constexpr qsizetype names = 1100;
    return names + n.content.title.size() + n.content.message.size() + 2 * n.content.data.size();
}
} // namespace

void appendItem(QByteArray &out, const Notification &item)
{
    out.reserve(out.size() + estimate(item));
    JsonWriter json(out);
    appendItem(json, item);
}

void appendItem(JsonWriter &json, const Notification &item)
{
    if (model::isGone(item))
        json.beginObject().key("id").uuid(item.id).key("gone").boolean(true).endObject();
    else
        writeItem(json, item, legacyStatus(item.state));
}

void appendAcceptedItem(JsonWriter &json, const Notification &item)
{
    writeItem(json, item, legacyStatus(model::State::Queued));
}
} // namespace belfry::protocol
