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
} // namespace belfry::protocol
