#include "protocol/patch_request.h"

#include "protocol/content_reading.h"

namespace belfry::protocol {
namespace {
using namespace model;

/// null takes the text away.
void putText(std::optional<Text> &to, const Member &member, qsizetype limit, FieldErrors &errors)
{
    if (member.value.is_null())
        to = Text();
    else
        assign(to, readText(member.value, limit), member, errors);
}

void putData(PatchRequest &patch, const Member &member, QByteArrayView raw, FieldErrors &errors)
{
    Text data = "{}";
    if (!member.value.is_null())
        readRawObject(data, member, raw, errors);
    patch.data = data;
}

void putProgress(PatchRequest &patch, const Member &member, FieldErrors &errors)
{
    std::optional<double> progress;
    if (!member.value.is_null())
        assign(progress, readFraction(member.value), member, errors);
    patch.progress = progress;
}

void putActions(PatchRequest &patch, const Member &member, FieldErrors &errors)
{
    QList<Action> actions;
    if (!member.value.is_null())
        readActions(actions, member, errors);
    patch.actions = actions;
}

void putExpiry(PatchRequest &patch, const Member &member, FieldErrors &errors)
{
    MaybeInstant at;
    if (!member.value.is_null())
        assign(at, readInstant(member.value), member, errors);
    patch.expiresAt = at;
}

void putMember(PatchRequest &patch, const Member &member, QByteArrayView raw, FieldErrors &errors)
{
    if (member.name == "title")
        putText(patch.title, member, limits::title, errors);
    else if (member.name == "message")
        putText(patch.message, member, limits::message, errors);
    else if (member.name == "data")
        putData(patch, member, raw, errors);
    else if (member.name == "progress")
        putProgress(patch, member, errors);
    else if (member.name == "actions")
        putActions(patch, member, errors);
    else if (member.name == "icon")
        putText(patch.icon, member, limits::address, errors);
    else if (member.name == "link")
        putText(patch.link, member, limits::address, errors);
    else if (member.name == "urgency")
        assign(patch.urgency, readUrgency(member.value), member, errors);
    else if (member.name == "expires_at")
        putExpiry(patch, member, errors);
    else if (member.name == "renotify")
        assign(patch.renotify, readBool(member.value), member, errors);
    else
        errors.add(member.pointer(),
                   "cannot be changed: title, message, data, progress, actions, icon, link, urgency "
                   "and expires_at can");
}
} // namespace

Result<PatchRequest> parsePatch(QByteArrayView json)
{
    const auto object = JsonReader::local().parseObject(json);
    if (!object)
        return tl::unexpected(object.error());
    PatchRequest patch;
    FieldErrors errors;
    const RawMembers raw(json);
    int index = -1;
    forEachMember(*object, {}, [&](const Member &member) {
        ++index;
        putMember(patch, member, member.name == "data" ? raw.at(index) : QByteArrayView(), errors);
    });
    if (index < 0)
        errors.add("", "must change something: title, message, data, progress, actions, icon, link, urgency, "
                       "expires_at");
    if (!errors.isEmpty())
        return errors.toError();
    return patch;
}
} // namespace belfry::protocol
