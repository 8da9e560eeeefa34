#include "protocol/webhook_request.h"

#include "protocol/content_reading.h"

namespace belfry::protocol {
namespace {
using namespace model;

constexpr qsizetype maxTypes = 100;
constexpr qsizetype maxSecret = 256;
constexpr qint64 maxOverlap = 7 * 24 * 3600;

void readTypes(QList<Text> &types, const Member &member, FieldErrors &errors)
{
    simdjson::dom::array array;
    if (member.value.get_array().get(array) != simdjson::SUCCESS || qsizetype(array.size()) > maxTypes)
        return errors.add(member.pointer(), "must be an array of at most 100 types");
    for (const Json element : array) {
        Text type;
        if (!assign(type, readText(element, limits::name), member, errors))
            return;
        if (type.isEmpty())
            return errors.add(member.pointer(), "a type has 1-128 characters");
        if (!types.contains(type))
            types.append(type);
    }
}

void readWebhookMember(WebhookRequest &webhook, WebhookBody body, const Member &member, FieldErrors &errors)
{
    if (member.value.is_null())
        return;
    if (member.name == "url")
        assign(webhook.url, readText(member.value, limits::address), member, errors);
    else if (member.name == "secret" && body == WebhookBody::Replacement)
        errors.add(member.pointer(),
                   "can't be replaced here: use POST …/rotate, so that no delivery is lost");
    else if (member.name == "secret")
        assign(webhook.secret, readText(member.value, maxSecret), member, errors);
    else if (member.name == "user_id")
        assign(webhook.user, readUserId(member.value), member, errors);
    else if (member.name == "types")
        readTypes(webhook.types, member, errors);
    else if (member.name == "enabled")
        assign(webhook.enabled, readBool(member.value), member, errors);
}
} // namespace

Result<WebhookRequest> parseWebhook(QByteArrayView json, WebhookBody body)
{
    const auto object = JsonReader::local().parseObject(json);
    if (!object)
        return tl::unexpected(object.error());
    WebhookRequest webhook;
    FieldErrors errors;
    forEachMember(*object, {},
                  [&](const Member &member) { readWebhookMember(webhook, body, member, errors); });
    if (webhook.url.isEmpty() && !errors.names("/url"))
        errors.add("/url", "is missing: where to send, such as https://app.example/hooks");
    if (!errors.isEmpty())
        return errors.toError();
    return webhook;
}

Result<RotationRequest> parseRotation(QByteArrayView json)
{
    RotationRequest rotation;
    if (json.trimmed().isEmpty())
        return rotation;
    const auto object = JsonReader::local().parseObject(json);
    if (!object)
        return tl::unexpected(object.error());
    FieldErrors errors;
    forEachMember(*object, {}, [&](const Member &member) {
        if (member.name == "secret" && !member.value.is_null())
            assign(rotation.secret, readText(member.value, maxSecret), member, errors);
        qint64 seconds = 0;
        if (member.name == "overlap" &&
            assign(seconds, readInteger(member.value, 0, maxOverlap), member, errors))
            rotation.overlap = std::chrono::seconds(seconds);
    });
    if (!errors.isEmpty())
        return errors.toError();
    return rotation;
}

namespace {
constexpr std::size_t maxRedriven = 1000;

void readRedriveIds(std::vector<Uuid> &ids, const Member &member, FieldErrors &errors)
{
    simdjson::dom::array array;
    if (member.value.get_array().get(array) != simdjson::SUCCESS || array.size() == 0 ||
        array.size() > maxRedriven)
        return errors.add(member.pointer(), "must be an array of 1-1000 ids of dead letters");
    for (const Json element : array) {
        Uuid id;
        if (!assign(id, readUuid(element), member, errors))
            return;
        ids.push_back(id);
    }
}

void readRedriveMember(RedriveRequest &redrive, const Member &member, FieldErrors &errors)
{
    if (member.value.is_null())
        return;
    if (member.name == "ids")
        readRedriveIds(redrive.ids, member, errors);
    else if (member.name == "user_id")
        assign(redrive.user, readUserId(member.value), member, errors);
    else if (member.name == "notification_id")
        assign(redrive.notification, readUuid(member.value), member, errors);
    else if (member.name == "webhook_id")
        assign(redrive.webhook, readUuid(member.value), member, errors);
    else if (member.name == "all")
        assign(redrive.all, readBool(member.value), member, errors);
}
} // namespace

Result<RedriveRequest> parseRedrive(QByteArrayView json)
{
    const auto object = JsonReader::local().parseObject(json);
    if (!object)
        return tl::unexpected(object.error());
    RedriveRequest redrive;
    FieldErrors errors;
    forEachMember(*object, {}, [&](const Member &member) { readRedriveMember(redrive, member, errors); });
    if (!errors.isEmpty())
        return errors.toError();
    const bool filtered = !redrive.user.isEmpty() || redrive.notification || redrive.webhook;
    if (static_cast<int>(!redrive.ids.empty()) + static_cast<int>(filtered) + static_cast<int>(redrive.all) !=
        1)
        return failField(ErrorCode::Invalid, "",
                         "give either ids, or user_id, notification_id or webhook_id, or all: true");
    return redrive;
}
} // namespace belfry::protocol
