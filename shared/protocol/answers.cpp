#include "protocol/answers.h"

#include "protocol/json_writer.h"
#include "protocol/op_codec.h"

namespace belfry::protocol {
namespace {
using namespace model;

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

void writeCounts(JsonWriter &json, const Counts &counts)
{
    json.key("unseen").number(counts.unseen).key("unread").number(counts.unread);
}

void writeItems(JsonWriter &json, const std::vector<Notification> &items)
{
    json.beginArray();
    for (const Notification &item : items)
        appendItem(json, item);
    json.endArray();
}

void writeNames(JsonWriter &json, const QList<Text> &names)
{
    json.beginArray();
    for (const Text &name : names)
        json.text(name);
    json.endArray();
}
} // namespace

QByteArray encode(const Snapshot &snapshot)
{
    return object([&](JsonWriter &json) {
        json.key("data").beginObject().key("epoch").text(snapshot.epoch.text).key("seq").number(snapshot.seq);
        writeCounts(json, snapshot.counts);
        writeItems(json.key("items"), snapshot.items);
        json.key("next_cursor").textOrNull(snapshot.nextCursor).endObject();
    });
}

QByteArray encode(const LogAnswer &log)
{
    return object([&](JsonWriter &json) {
        json.key("data").beginArray();
        for (const Change &change : log.changes)
            appendChange(json, change);
        json.endArray();
        json.key("meta").beginObject().key("epoch").text(log.epoch.text).key("head").number(log.head);
        json.key("floor").number(log.floor).endObject();
    });
}

QByteArray encode(const ListAnswer &list)
{
    return object([&](JsonWriter &json) {
        writeItems(json.key("data"), list.items);
        json.key("meta").beginObject().key("limit").number(list.limit).key("offset").number(list.offset);
        json.key("count").number(qint64(list.items.size()));
        json.key("next_cursor").textOrNull(list.nextCursor).endObject();
    });
}

QByteArray encode(const OpsAnswer &answer)
{
    return object([&](JsonWriter &json) {
        json.key("data").beginObject().key("applied").beginArray();
        for (const OpApplied &applied : answer.applied) {
            json.beginObject();
            appendApplied(json, applied);
            json.endObject();
        }
        json.endArray();
        writeCounts(json, answer.counts);
        json.key("seq").number(answer.seq).endObject();
    });
}

QByteArray encode(const CountsAnswer &answer)
{
    return object([&](JsonWriter &json) {
        json.key("data").beginObject();
        writeCounts(json, answer.counts);
        json.key("seq").number(answer.seq).endObject();
    });
}

QByteArray itemAnswer(const Notification &item, QByteArrayView message)
{
    return object([&](JsonWriter &json) {
        if (!message.isEmpty())
            json.key("message").text(message);
        json.key("data");
        appendItem(json, item);
    });
}

QByteArray encode(const WellKnown &wellKnown)
{
    return object([&](JsonWriter &json) {
        json.key("name").text("belfry").key("version").text(wellKnown.version);
        if (!wellKnown.api.isEmpty())
            json.key("api").text(wellKnown.api).key("websocket").text(wellKnown.webSocket);
        writeNames(json.key("protocols"), wellKnown.protocols);
        writeNames(json.key("features"), wellKnown.features);
        json.key("limits").beginObject().key("body_bytes").number(wellKnown.maxBody);
        json.key("batch_items")
            .number(wellKnown.maxBatchItems)
            .key("message_bytes")
            .number(wellKnown.maxMessage);
        json.endObject();
    });
}

QByteArray encode(const SessionGrant &grant)
{
    return object([&](JsonWriter &json) {
        json.key("data").beginObject().key("user_id").text(grant.user.text);
        json.key("access_token").text(grant.accessToken).key("token_type").text("Bearer");
        json.key("expires_in").number(grant.expiresIn.count());
        json.key("refresh_token").text(grant.refreshToken).endObject();
    });
}
} // namespace belfry::protocol
