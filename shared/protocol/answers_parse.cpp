#include "protocol/answers.h"
#include "protocol/item_reading.h"
#include "protocol/op_codec.h"

namespace belfry::protocol {
namespace {
using namespace model;
using Object = simdjson::dom::object;

constexpr qsizetype anyLength = 1 << 16;

/// Reads an answer by `read(object, answer, errors)`.
template<typename Answer, typename Read>
Result<Answer> parseAnswer(QByteArrayView json, Read read)
{
    const auto object = JsonReader::ofServer().parseObject(json);
    if (!object)
        return tl::unexpected(object.error());
    Answer answer;
    FieldErrors errors;
    read(*object, answer, errors);
    if (!errors.isEmpty())
        return errors.toError();
    return answer;
}

Object objectMember(Object parent, std::string_view name, FieldErrors &errors)
{
    Object object;
    if (parent[name].get_object().get(object) != simdjson::SUCCESS) {
        errors.add('/' + toText(name), "must be an object");
        return parent;
    }
    return object;
}

template<typename Each>
void forEachObject(Json value, const Text &at, FieldErrors &errors, Each each)
{
    simdjson::dom::array array;
    if (value.get_array().get(array) != simdjson::SUCCESS)
        return errors.add(at, "must be an array");
    int index = 0;
    for (const Json element : array) {
        const Text here = at + '/' + Text::number(index++);
        Object object;
        if (element.get_object().get(object) == simdjson::SUCCESS)
            each(object, here);
        else
            errors.add(here, "must be an object");
    }
}

void readItems(std::vector<Notification> &items, const Member &member, FieldErrors &errors)
{
    forEachObject(member.value, member.pointer(), errors,
                  [&](Object object, const Text &at) { items.push_back(readItem(object, at, errors)); });
}

void readCount(Counts &counts, const Member &member, FieldErrors &errors)
{
    if (member.name == "unseen")
        assign(counts.unseen, readInteger(member.value, 0), member, errors);
    else if (member.name == "unread")
        assign(counts.unread, readInteger(member.value, 0), member, errors);
}

void readSnapshotMember(Snapshot &snapshot, const Member &member, FieldErrors &errors)
{
    readCount(snapshot.counts, member, errors);
    if (member.name == "epoch")
        assign(snapshot.epoch.text, readText(member.value, anyLength), member, errors);
    else if (member.name == "seq")
        assign(snapshot.seq, readInteger(member.value, 0), member, errors);
    else if (member.name == "items")
        readItems(snapshot.items, member, errors);
    else if (member.name == "next_cursor" && !member.value.is_null())
        assign(snapshot.nextCursor, readText(member.value, anyLength), member, errors);
}

void readLogMeta(LogAnswer &log, const Member &member, FieldErrors &errors)
{
    if (member.name == "epoch")
        assign(log.epoch.text, readText(member.value, anyLength), member, errors);
    else if (member.name == "head")
        assign(log.head, readInteger(member.value, 0), member, errors);
    else if (member.name == "floor")
        assign(log.floor, readInteger(member.value, 0), member, errors);
}

void readListMeta(ListAnswer &list, const Member &member, FieldErrors &errors)
{
    if (member.name == "limit")
        assign(list.limit, readInteger(member.value, 0, 1 << 20), member, errors);
    else if (member.name == "offset")
        assign(list.offset, readInteger(member.value, 0, 0x7fffffff), member, errors);
    else if (member.name == "next_cursor" && !member.value.is_null())
        assign(list.nextCursor, readText(member.value, anyLength), member, errors);
}

Json memberOf(Object object, std::string_view name, FieldErrors &errors)
{
    Json value;
    if (object[name].get(value) != simdjson::SUCCESS)
        errors.add('/' + toText(name), "is missing");
    return value;
}

void readNames(QList<Text> &names, const Member &member, FieldErrors &errors)
{
    simdjson::dom::array array;
    if (member.value.get_array().get(array) != simdjson::SUCCESS)
        return errors.add(member.pointer(), "must be an array");
    for (const Json element : array) {
        Text name;
        if (assign(name, readText(element, anyLength), member, errors))
            names.append(name);
    }
}

void readLimit(WellKnown &answer, const Member &member, FieldErrors &errors)
{
    if (member.name == "body_bytes")
        assign(answer.maxBody, readInteger(member.value, 0), member, errors);
    else if (member.name == "batch_items")
        assign(answer.maxBatchItems, readInteger(member.value, 0), member, errors);
    else if (member.name == "message_bytes")
        assign(answer.maxMessage, readInteger(member.value, 0), member, errors);
}

void readWellKnown(WellKnown &answer, const Member &member, FieldErrors &errors)
{
    Object limits;
    if (member.name == "version")
        assign(answer.version, readText(member.value, anyLength), member, errors);
    else if (member.name == "api")
        assign(answer.api, readText(member.value, anyLength), member, errors);
    else if (member.name == "websocket")
        assign(answer.webSocket, readText(member.value, anyLength), member, errors);
    else if (member.name == "protocols")
        readNames(answer.protocols, member, errors);
    else if (member.name == "features")
        readNames(answer.features, member, errors);
    else if (member.name == "limits" && member.value.get_object().get(limits) == simdjson::SUCCESS)
        forEachMember(limits, "/limits", [&](const Member &limit) { readLimit(answer, limit, errors); });
}

void readGrantMember(SessionGrant &grant, const Member &member, FieldErrors &errors)
{
    qint64 seconds = 0;
    if (member.name == "user_id")
        assign(grant.user, readUserId(member.value), member, errors);
    else if (member.name == "access_token")
        assign(grant.accessToken, readText(member.value, anyLength), member, errors);
    else if (member.name == "refresh_token")
        assign(grant.refreshToken, readText(member.value, anyLength), member, errors);
    else if (member.name == "expires_in" &&
             assign(seconds, readInteger(member.value, 1, 1 << 30), member, errors))
        grant.expiresIn = std::chrono::seconds(seconds);
}

DeviceAnswer readDevice(Object object, QByteArrayView at, FieldErrors &errors)
{
    DeviceAnswer device;
    forEachMember(object, at, [&](const Member &member) {
        if (member.name == "id")
            assign(device.id.text, readText(member.value, anyLength), member, errors);
        else if (member.name == "name" && !member.value.is_null())
            assign(device.name, readText(member.value, anyLength), member, errors);
        else if (member.name == "platform" && !member.value.is_null())
            assign(device.platform, readText(member.value, anyLength), member, errors);
        else if (member.name == "last_seen_at" && !member.value.is_null())
            assign(device.seenAt, readInstant(member.value), member, errors);
    });
    return device;
}
} // namespace

Result<Snapshot> parseSnapshot(QByteArrayView json)
{
    return parseAnswer<Snapshot>(json, [](Object root, Snapshot &snapshot, FieldErrors &errors) {
        forEachMember(objectMember(root, "data", errors), "/data",
                      [&](const Member &member) { readSnapshotMember(snapshot, member, errors); });
    });
}

Result<LogAnswer> parseLog(QByteArrayView json)
{
    return parseAnswer<LogAnswer>(json, [](Object root, LogAnswer &log, FieldErrors &errors) {
        if (const Json data = memberOf(root, "data", errors); errors.isEmpty())
            forEachObject(data, "/data", errors, [&](Object object, const Text &at) {
                log.changes.push_back(readChange(object, at, errors));
            });
        forEachMember(objectMember(root, "meta", errors), "/meta",
                      [&](const Member &member) { readLogMeta(log, member, errors); });
    });
}

Result<ListAnswer> parseList(QByteArrayView json)
{
    return parseAnswer<ListAnswer>(json, [](Object root, ListAnswer &list, FieldErrors &errors) {
        if (const Json data = memberOf(root, "data", errors); errors.isEmpty())
            readItems(list.items, Member{"data", data}, errors);
        forEachMember(objectMember(root, "meta", errors), "/meta",
                      [&](const Member &member) { readListMeta(list, member, errors); });
    });
}

Result<OpsAnswer> parseOpsAnswer(QByteArrayView json)
{
    return parseAnswer<OpsAnswer>(json, [](Object root, OpsAnswer &answer, FieldErrors &errors) {
        forEachMember(objectMember(root, "data", errors), "/data", [&](const Member &member) {
            readCount(answer.counts, member, errors);
            if (member.name == "seq")
                assign(answer.seq, readInteger(member.value, 0), member, errors);
            else if (member.name == "applied")
                forEachObject(member.value, member.pointer(), errors, [&](Object object, const Text &at) {
                    answer.applied.push_back(readApplied(object, at, errors));
                });
        });
    });
}

Result<CountsAnswer> parseCounts(QByteArrayView json)
{
    return parseAnswer<CountsAnswer>(json, [](Object root, CountsAnswer &answer, FieldErrors &errors) {
        forEachMember(objectMember(root, "data", errors), "/data", [&](const Member &member) {
            readCount(answer.counts, member, errors);
            if (member.name == "seq")
                assign(answer.seq, readInteger(member.value, 0), member, errors);
        });
    });
}

Result<Notification> parseItemAnswer(QByteArrayView json)
{
    return parseAnswer<Notification>(json, [](Object root, Notification &item, FieldErrors &errors) {
        const Object data = objectMember(root, "data", errors);
        if (errors.isEmpty())
            item = readItem(data, "/data", errors);
    });
}

Result<WellKnown> parseWellKnown(QByteArrayView json)
{
    return parseAnswer<WellKnown>(json, [](Object root, WellKnown &answer, FieldErrors &errors) {
        forEachMember(root, {}, [&](const Member &member) { readWellKnown(answer, member, errors); });
        if (answer.version.isEmpty())
            errors.add("/version", "is missing: this is not a Belfry server");
    });
}

Result<SessionGrant> parseSessionGrant(QByteArrayView json)
{
    return parseAnswer<SessionGrant>(json, [](Object root, SessionGrant &grant, FieldErrors &errors) {
        forEachMember(objectMember(root, "data", errors), "/data",
                      [&](const Member &member) { readGrantMember(grant, member, errors); });
        const bool isWhole = !grant.user.isEmpty() && !grant.accessToken.isEmpty() &&
                             !grant.refreshToken.isEmpty() && grant.expiresIn.count() > 0;
        if (!isWhole && errors.isEmpty())
            errors.add("/data", "lacks a member of a sign-in");
    });
}

Result<std::vector<DeviceAnswer>> parseDevices(QByteArrayView json)
{
    using Devices = std::vector<DeviceAnswer>;
    return parseAnswer<Devices>(json, [](Object root, Devices &devices, FieldErrors &errors) {
        if (const Json data = memberOf(root, "data", errors); errors.isEmpty())
            forEachObject(data, "/data", errors, [&](Object object, const Text &at) {
                devices.push_back(readDevice(object, at, errors));
            });
    });
}

Result<UserId> subjectOf(QByteArrayView userToken)
{
    const QByteArrayList parts = userToken.toByteArray().split('.');
    const auto claims = QByteArray::fromBase64Encoding(
        parts.value(1), QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    if (parts.size() != 3 || !claims)
        return fail(ErrorCode::Malformed, "this is no user token");
    auto user = parseAnswer<UserId>(*claims, [](Object root, UserId &subject, FieldErrors &errors) {
        forEachMember(root, {}, [&](const Member &member) {
            if (member.name == "sub")
                assign(subject, readUserId(member.value), member, errors);
        });
    });
    if (!user || user->isEmpty())
        return fail(ErrorCode::Malformed, "this is no user token"); // not with what stands in it
    return user;
}
} // namespace belfry::protocol
