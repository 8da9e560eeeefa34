#include "protocol/op_codec.h"

#include "protocol/item_reading.h"
#include "protocol/json_writer.h"
#include "protocol/words.h"

namespace belfry::protocol {
namespace {
using namespace model;

void appendIds(JsonWriter &json, const QList<NotificationId> &ids)
{
    json.beginArray();
    for (const NotificationId &id : ids)
        json.uuid(id);
    json.endArray();
}

Reading<OpSet> readSet(Json value)
{
    std::string_view text;
    const bool isText = value.get_string().get(text) == simdjson::SUCCESS;
    const auto set = isText ? opSetFrom(toText(text)) : std::nullopt;
    if (!set)
        return tl::unexpected(
            Text("must be one of seen, read, unread, ack, archive, unarchive, snooze, unsnooze, "
                 "click, delete, undo"));
    return *set;
}

/// Which members an op had; some are needed, some exclude each other.
struct OpMembers
{
    bool id = false;
    bool set = false;
    bool ids = false;
    bool upTo = false;
    QList<NotificationId> except{}; ///< belongs to upto_seq, whichever comes first
};

void readOpMember(Op &op, OpMembers &seen, const Member &member, FieldErrors &errors)
{
    if (member.name == "op_id") {
        seen.id = true;
        assign(op.id.text, readText(member.value, maxIdCharacters), member, errors);
    } else if (member.name == "set") {
        seen.set = true;
        assign(op.set, readSet(member.value), member, errors);
    } else if (member.name == "ids") {
        seen.ids = true;
        op.target = readIds(member, errors);
    } else if (member.name == "upto_seq") {
        UpTo upTo;
        seen.upTo = true;
        if (assign(upTo.seq, readInteger(member.value, 0), member, errors))
            op.target = upTo;
    } else if (member.name == "except") {
        seen.except = readIds(member, errors);
    } else if (member.name == "at") {
        assign(op.at, readInstant(member.value), member, errors);
    } else if (member.name == "until") {
        assign(op.until, readInstant(member.value), member, errors);
    }
}

void checkOp(const Op &op, const OpMembers &seen, const Text &at, FieldErrors &errors)
{
    if (!seen.id || op.id.isEmpty())
        errors.add(at + "/op_id", "must be your own random text of 1-128 characters");
    if (!seen.set)
        errors.add(at + "/set",
                   "is missing: seen, read, unread, ack, archive, unarchive, snooze, unsnooze, click, "
                   "delete or undo");
    if (seen.ids == seen.upTo)
        errors.add(at + "/ids", "give exactly one of ids and upto_seq");
    if (op.set == OpSet::Snooze && !op.until && !errors.names(at + "/until"))
        errors.add(at + "/until", "is missing: the time at which the snooze ends");
}
} // namespace

void appendOpMembers(JsonWriter &json, const Op &op)
{
    json.key("op_id").text(op.id.text).key("set").text(word(op.set));
    if (const auto *upTo = std::get_if<UpTo>(&op.target)) {
        json.key("upto_seq").number(upTo->seq);
        if (!upTo->except.isEmpty())
            appendIds(json.key("except"), upTo->except);
    } else {
        appendIds(json.key("ids"), std::get<QList<NotificationId>>(op.target));
    }
    json.key("at").timeOrNull(op.at).key("until").timeOrNull(op.until);
}

void appendOp(JsonWriter &json, const Op &op)
{
    json.beginObject();
    appendOpMembers(json, op);
    json.endObject();
}

void appendApplied(JsonWriter &json, const OpApplied &applied)
{
    json.key("op_id").text(applied.id.text).key("seq").numberOrNull(applied.seq);
    json.key("superseded").boolean(applied.superseded);
    if (!applied.supersededIds.isEmpty())
        appendIds(json.key("superseded_ids"), applied.supersededIds);
}

QList<NotificationId> readIds(const Member &member, FieldErrors &errors)
{
    QList<NotificationId> ids;
    simdjson::dom::array array;
    if (member.value.get_array().get(array) != simdjson::SUCCESS) {
        errors.add(member.pointer(), "must be an array of ids");
        return ids;
    }
    ids.reserve(static_cast<qsizetype>(array.size()));
    qsizetype index = 0;
    for (const Json element : array) {
        const auto id = readUuid(element);
        if (id)
            ids.append(*id);
        else
            errors.add(member.pointer() + '/' + Text::number(index), id.error());
        ++index;
    }
    return ids;
}

Op readOp(simdjson::dom::object object, const Text &at, FieldErrors &errors)
{
    Op op;
    OpMembers seen;
    forEachMember(object, at, [&](const Member &member) {
        if (!member.value.is_null())
            readOpMember(op, seen, member, errors);
    });
    checkOp(op, seen, at, errors);
    if (auto *upTo = std::get_if<UpTo>(&op.target))
        upTo->except = std::move(seen.except);
    return op;
}

Op readRequestedOp(simdjson::dom::object object, const Text &at, FieldErrors &errors)
{
    Op op = readOp(object, at, errors);
    const auto *upTo = std::get_if<UpTo>(&op.target);
    const auto &ids = upTo ? upTo->except : std::get<QList<NotificationId>>(op.target);
    if (ids.size() > maxIdsPerOp)
        errors.add(at + (upTo ? "/except" : "/ids"), "must be an array of at most 500 ids");
    return op;
}

OpApplied readApplied(simdjson::dom::object object, const Text &at, FieldErrors &errors)
{
    OpApplied applied;
    forEachMember(object, at, [&](const Member &member) {
        if (member.value.is_null())
            return;
        if (member.name == "op_id")
            assign(applied.id.text, readText(member.value, maxIdCharacters), member, errors);
        else if (member.name == "seq")
            assign(applied.seq, readInteger(member.value, 0), member, errors);
        else if (member.name == "superseded")
            assign(applied.superseded, readBool(member.value), member, errors);
        else if (member.name == "superseded_ids")
            applied.supersededIds = readIds(member, errors);
    });
    return applied;
}
} // namespace belfry::protocol
