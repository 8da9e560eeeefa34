#include "protocol/item.h"
#include "protocol/item_reading.h"
#include "protocol/json_writer.h"
#include "protocol/op_codec.h"
#include "protocol/words.h"

namespace belfry::protocol {
namespace {
using namespace model;

/// Writes what an entry is about, one overload for each kind of it.
struct ItemWriter
{
    JsonWriter &json;

    void operator()(const Notification &item) const { appendItem(json, item); }
    void operator()(const Gone &gone) const
    {
        json.beginObject().key("id").uuid(gone.id).key("gone").boolean(true).endObject();
    }
    void operator()(const StateChange &change) const { appendOp(json, change.op); }
    void operator()(const PreferencesChange &change) const
    {
        json.beginObject().key("etag").text(change.etag).endObject();
    }
    void operator()(const AlertChange &change) const
    {
        json.beginObject();
        if (change.ids.size() == 1 && !change.digest) {
            json.key("id").uuid(change.ids.first());
        } else {
            json.key("ids").beginArray();
            for (const NotificationId &id : change.ids)
                json.uuid(id);
            json.endArray().key("digest").boolean(change.digest);
        }
        json.endObject();
    }
};

void writeMembers(JsonWriter &json, const Change &change)
{
    const auto *item = std::get_if<Notification>(&change.what);
    json.key("seq").numberOrNull(change.seq).key("kind").text(word(change.kind)).key("at").time(change.at);
    json.key("traceparent").textOrNull(item ? item->traceparent : Text());
    json.key("item");
    std::visit(ItemWriter{json}, change.what);
}

AlertChange readAlert(simdjson::dom::object object, const Text &at, FieldErrors &errors)
{
    AlertChange change;
    Uuid id;
    forEachMember(object, at, [&](const Member &member) {
        if (member.name == "id" && assign(id, readUuid(member.value), member, errors))
            change.ids.append(id);
        else if (member.name == "ids")
            change.ids = readIds(member, errors);
        else if (member.name == "digest")
            assign(change.digest, readBool(member.value), member, errors);
    });
    return change;
}

bool isGoneItem(simdjson::dom::object object)
{
    bool gone = false;
    return object["gone"].get_bool().get(gone) == simdjson::SUCCESS && gone;
}

/// Reads `item` by the kind of its entry.
void readWhat(Change &change, simdjson::dom::object object, const Text &at, FieldErrors &errors)
{
    if (change.kind == ChangeKind::State) {
        change.what = StateChange{readOp(object, at, errors)};
    } else if (change.kind == ChangeKind::Preferences) {
        std::string_view etag;
        if (object["etag"].get_string().get(etag) != simdjson::SUCCESS)
            errors.add(at + "/etag", "must be a string");
        change.what = PreferencesChange{toText(etag)};
    } else if (change.kind == ChangeKind::Alert) {
        change.what = readAlert(object, at, errors);
    } else {
        Notification item = readItem(object, at, errors);
        if (isGoneItem(object))
            change.what = Gone{item.id};
        else
            change.what = std::move(item);
    }
}

template<typename Enum>
Reading<Enum> readWord(Json value, std::optional<Enum> (*find)(QByteArrayView))
{
    std::string_view text;
    const bool isText = value.get_string().get(text) == simdjson::SUCCESS;
    const auto found = isText ? find(toText(text)) : std::nullopt;
    if (!found)
        return tl::unexpected(Text("is not a word of this protocol"));
    return *found;
}
} // namespace

void appendChange(QByteArray &out, const Change &change)
{
    JsonWriter json(out);
    appendChange(json, change);
}

void appendChange(JsonWriter &json, const Change &change)
{
    json.beginObject();
    writeMembers(json, change);
    json.key("alert").text(word(change.alert)).endObject();
}

void appendChangeMembers(QByteArray &out, const Change &change)
{
    JsonWriter json(out);
    writeMembers(json, change);
}

Change readChange(simdjson::dom::object object, const Text &at, FieldErrors &errors)
{
    Change change;
    Text traceparent;
    bool hasKind = false;
    simdjson::dom::object item;
    forEachMember(object, at, [&](const Member &member) {
        if (member.value.is_null())
            return;
        if (member.name == "seq")
            assign(change.seq, readInteger(member.value, 0), member, errors);
        else if (member.name == "kind")
            hasKind = assign(change.kind, readWord(member.value, changeKindFrom), member, errors);
        else if (member.name == "at")
            assign(change.at, readInstant(member.value), member, errors);
        else if (member.name == "alert")
            assign(change.alert, readWord(member.value, alertFrom), member, errors);
        else if (member.name == "traceparent")
            assign(traceparent, readText(member.value, 256), member, errors);
    });
    if (!hasKind || object["item"].get_object().get(item) != simdjson::SUCCESS) {
        errors.add(at, "needs `kind` and the object `item`");
        return change;
    }
    readWhat(change, item, at + "/item", errors);
    if (auto *notification = std::get_if<Notification>(&change.what))
        notification->traceparent = traceparent;
    return change;
}

Result<Change> parseChange(QByteArrayView json)
{
    const auto object = JsonReader::ofServer().parseObject(json);
    if (!object)
        return tl::unexpected(object.error());
    FieldErrors errors;
    Change change = readChange(*object, {}, errors);
    if (!errors.isEmpty())
        return errors.toError();
    return change;
}
} // namespace belfry::protocol
