#include "protocol/item.h"
#include "protocol/item_reading.h"
#include "protocol/words.h"

#include <iterator>

namespace belfry::protocol {
namespace {
using namespace model;

/// Clients take what the server says: no limit of length but one that a defect would break.
constexpr qsizetype anyLength = 1 << 24;

struct Target
{
    Notification &item;
    const Member &member;
    FieldErrors &errors;

    template<typename T, typename To>
    void put(To &to, Reading<T> reading) const
    {
        assign(to, std::move(reading), member, errors);
    }
    void text(Text &to) const { put(to, readText(member.value, anyLength)); }
    void time(MaybeInstant &to) const { put(to, readInstant(member.value)); }

    /// Words that a newer server may know and this client does not leave the default.
    template<typename Enum>
    void enumeration(Enum &to, std::optional<Enum> (*find)(QByteArrayView)) const
    {
        Text name;
        if (!assign(name, readText(member.value, anyLength), member, errors))
            return;
        if (const auto found = find(name))
            to = *found;
    }
};

void readChannels(const Target &target)
{
    simdjson::dom::array array;
    if (target.member.value.get_array().get(array) != simdjson::SUCCESS)
        return target.errors.add(target.member.pointer(), "must be an array");
    for (const Json element : array) {
        if (const auto channel = readChannel(element))
            target.item.content.channels.append(*channel);
    }
}

Text textOf(Json object, std::string_view name)
{
    std::string_view text;
    return object[name].get_string().get(text) == simdjson::SUCCESS ? toText(text) : Text();
}

void readActions(const Target &target)
{
    simdjson::dom::array array;
    if (target.member.value.get_array().get(array) != simdjson::SUCCESS)
        return target.errors.add(target.member.pointer(), "must be an array");
    for (const Json element : array)
        target.item.content.actions.append(
            {textOf(element, "id"), textOf(element, "title"), textOf(element, "url")});
}

void readData(const Target &target)
{
    if (target.member.value.is_object())
        target.item.content.data = minified(target.member.value);
    else
        target.errors.add(target.member.pointer(), "must be an object");
}

using Setter = void (*)(const Target &);
struct Field
{
    std::string_view name;
    Setter set;
};

// clang-format off
constexpr Field fields[] = {
    {"id", [](const Target &t) { t.put(t.item.id, readUuid(t.member.value)); }},
    {"legacy_id", [](const Target &t) { t.put(t.item.legacyId, readInteger(t.member.value, 1, 0x7fffffff)); }},
    {"user_id", [](const Target &t) { t.put(t.item.user, readUserId(t.member.value)); }},
    {"event_id", [](const Target &t) { t.put(t.item.event, readUuid(t.member.value)); }},
    {"seq", [](const Target &t) { t.put(t.item.seq, readInteger(t.member.value, 0)); }},
    {"created_seq", [](const Target &t) { t.put(t.item.createdSeq, readInteger(t.member.value, 0)); }},
    {"revision", [](const Target &t) { t.put(t.item.revision, readInteger(t.member.value, 0, 0x7fffffff)); }},
    {"type", [](const Target &t) { t.text(t.item.content.type); }},
    {"title", [](const Target &t) { t.text(t.item.content.title); }},
    {"message", [](const Target &t) { t.text(t.item.content.message); }},
    {"data", readData},
    {"channels", readChannels},
    {"priority", [](const Target &t) { t.text(t.item.content.priority); }},
    {"urgency", [](const Target &t) { t.enumeration(t.item.content.urgency, urgencyFrom); }},
    {"critical", [](const Target &t) { t.put(t.item.content.critical, readBool(t.member.value)); }},
    {"ack_required", [](const Target &t) { t.put(t.item.content.ackRequired, readBool(t.member.value)); }},
    {"collapse_key", [](const Target &t) { t.text(t.item.content.collapseKey); }},
    {"dedupe_key", [](const Target &t) { t.text(t.item.content.dedupeKey); }},
    {"actions", readActions},
    {"progress", [](const Target &t) { t.put(t.item.content.progress, readFraction(t.member.value)); }},
    {"icon", [](const Target &t) { t.text(t.item.content.icon); }},
    {"link", [](const Target &t) { t.text(t.item.content.link); }},
    {"source", [](const Target &t) { t.text(t.item.content.source); }},
    {"thread", [](const Target &t) { t.text(t.item.content.thread); }},
    {"actor_id", [](const Target &t) { t.text(t.item.content.actorId); }},
    {"state", [](const Target &t) { t.enumeration(t.item.state, stateFrom); }},
    {"hold_reason", [](const Target &t) { t.enumeration(t.item.holdReason, holdReasonFrom); }},
    {"suppress_reason", [](const Target &t) { t.enumeration(t.item.suppressReason, suppressReasonFrom); }},
    {"created_at", [](const Target &t) { t.put(t.item.createdAt, readInstant(t.member.value)); }},
    {"updated_at", [](const Target &t) { t.put(t.item.updatedAt, readInstant(t.member.value)); }},
    {"scheduled_for", [](const Target &t) { t.time(t.item.scheduledFor); }},
    {"expires_at", [](const Target &t) { t.time(t.item.expiresAt); }},
    {"seen_at", [](const Target &t) { t.time(t.item.engagement.seen); }},
    {"read_at", [](const Target &t) { t.time(t.item.engagement.read); }},
    {"acked_at", [](const Target &t) { t.time(t.item.engagement.acked); }},
    {"archived_at", [](const Target &t) { t.time(t.item.engagement.archived); }},
    {"snoozed_until", [](const Target &t) { t.time(t.item.engagement.snoozedUntil); }},
    {"clicked_at", [](const Target &t) { t.time(t.item.engagement.clicked); }},
    {"deleted_at", [](const Target &t) { t.time(t.item.engagement.deleted); }},
};
// clang-format on

const Field *findField(std::string_view name)
{
    const auto *found =
        std::find_if(std::begin(fields), std::end(fields), [&](const Field &f) { return f.name == name; });
    return found == std::end(fields) ? nullptr : found;
}
} // namespace

Notification readItem(simdjson::dom::object object, const Text &at, FieldErrors &errors)
{
    Notification item;
    bool gone = false;
    forEachMember(object, at, [&](const Member &member) {
        if (member.name == "gone")
            gone = member.value.is_bool() && member.value.get_bool().value_unsafe();
        const Field *field = member.value.is_null() ? nullptr : findField(member.name);
        if (field)
            field->set({item, member, errors});
    });
    if (item.id.isNull() && !errors.names(at + "/id"))
        errors.add(at + "/id", "is missing");
    if (gone)
        item.state = State::Recalled;
    return item;
}

Result<Notification> parseItem(QByteArrayView json)
{
    const auto object = JsonReader::ofServer().parseObject(json);
    if (!object)
        return tl::unexpected(object.error());
    FieldErrors errors;
    Notification item = readItem(*object, {}, errors);
    if (!errors.isEmpty())
        return errors.toError();
    return item;
}
} // namespace belfry::protocol
