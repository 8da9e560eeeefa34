#include "protocol/registry_requests.h"

#include "protocol/content_reading.h"

namespace belfry::protocol {
namespace {
using namespace model;

constexpr qsizetype maxScopes = 32;
constexpr std::size_t maxMembers = 1000;
constexpr qint64 longestKeyOverlap = 7 * 24 * 3600;

void checkName(const Text &name, const Text &at, FieldErrors &errors)
{
    if (errors.names(at))
        return;
    if (const auto checked = makeUserId(name, at); !checked)
        errors.add(at, checked.error().fields.first().detail);
    else if (name.contains('/'))
        errors.add(at, "must not contain /");
}

/// A body that names another one than the path is a mistake, not a renaming.
void checkSameName(const Text &name, const Member &member, FieldErrors &errors)
{
    Text said;
    if (assign(said, readText(member.value, limits::name), member, errors) && said != name)
        errors.add(member.pointer(), "is not the name in the path: leave it out, or make them the same");
}

Result<TopicRequest> readTopic(QByteArrayView json, TopicRequest topic)
{
    const bool named = !topic.name.isEmpty();
    FieldErrors errors;
    if (!named || !json.trimmed().isEmpty()) {
        const auto object = JsonReader::local().parseObject(json);
        if (!object)
            return tl::unexpected(object.error());
        forEachMember(*object, {}, [&](const Member &member) {
            if (member.name == "name" && !named)
                assign(topic.name.text, readText(member.value, limits::name), member, errors);
            else if (member.name == "name")
                checkSameName(topic.name.text, member, errors);
            else if (member.name == "title" && !member.value.is_null())
                assign(topic.title, readText(member.value, limits::title), member, errors);
        });
    }
    checkName(topic.name.text, "/name", errors);
    if (!errors.isEmpty())
        return errors.toError();
    return topic;
}

void readScopes(ApiKeyRequest &key, const Member &member, FieldErrors &errors)
{
    simdjson::dom::array array;
    if (member.value.get_array().get(array) != simdjson::SUCCESS || qsizetype(array.size()) > maxScopes)
        return errors.add(member.pointer(), "must be an array of scopes such as \"notify:write\"");
    for (const Json element : array) {
        Text scope;
        if (assign(scope, readText(element, limits::name), member, errors))
            key.scopes.append(scope);
    }
}
} // namespace

Result<TopicRequest> parseTopic(QByteArrayView json)
{
    return readTopic(json, {});
}

Result<TopicRequest> parseTopic(QByteArrayView json, const Text &name)
{
    return readTopic(json, {{name}, {}});
}

Result<std::vector<UserId>> parseSubscribers(QByteArrayView json)
{
    const auto object = JsonReader::local().parseObject(json);
    if (!object)
        return tl::unexpected(object.error());
    simdjson::dom::array array;
    if ((*object)["user_ids"].get_array().get(array) != simdjson::SUCCESS || array.size() == 0 ||
        array.size() > maxMembers)
        return failField(ErrorCode::Invalid, "/user_ids", "must be an array of 1-1000 user ids");
    std::vector<UserId> users;
    for (const Json element : array) {
        auto user = readUserId(element);
        if (!user)
            return failField(ErrorCode::Invalid, "/user_ids/" + Text::number(qsizetype(users.size())),
                             user.error());
        users.push_back(*std::move(user));
    }
    return users;
}

Result<bool> parseSubscription(QByteArrayView json)
{
    if (json.trimmed().isEmpty())
        return true;
    auto root = JsonReader::local().parse(json);
    if (!root)
        return tl::unexpected(root.error());
    Json value = *root;
    const bool isObject = value.is_object();
    if (isObject && value.get_object().value_unsafe()["enabled"].get(value) != simdjson::SUCCESS)
        return failField(ErrorCode::Invalid, "/enabled", "is missing: true or false");
    const auto on = readBool(value);
    if (!on)
        return failField(ErrorCode::Invalid, isObject ? "/enabled" : "", on.error());
    return *on;
}

Result<QMap<Text, bool>> parseSubscriptions(QByteArrayView json)
{
    const auto object = JsonReader::local().parseObject(json);
    if (!object)
        return tl::unexpected(object.error());
    if (object->size() > maxMembers)
        return failField(ErrorCode::Invalid, "", "has at most 1000 event types");
    QMap<Text, bool> map;
    FieldErrors errors;
    forEachMember(*object, {}, [&](const Member &member) {
        const Text type = toText(member.name);
        if (type.isEmpty() || codePoints(type) > limits::name)
            errors.add(member.pointer(), "an event type has 1-128 characters");
        else
            assign(map[type], readBool(member.value), member, errors);
    });
    if (!errors.isEmpty())
        return errors.toError();
    return map;
}

Result<ApiKeyRequest> parseApiKey(QByteArrayView json)
{
    const auto object = JsonReader::local().parseObject(json);
    if (!object)
        return tl::unexpected(object.error());
    ApiKeyRequest key;
    FieldErrors errors;
    forEachMember(*object, {}, [&](const Member &member) {
        if (member.name == "name")
            assign(key.name, readText(member.value, limits::name), member, errors);
        else if (member.name == "scopes")
            readScopes(key, member, errors);
        else if (member.name == "expires_at" && !member.value.is_null())
            assign(key.expiresAt, readInstant(member.value), member, errors);
    });
    if (key.name.isEmpty() && !errors.names("/name"))
        errors.add("/name", "is missing: says whose key it is");
    if (key.scopes.isEmpty() && !errors.names("/scopes"))
        errors.add("/scopes", "is missing: at least one scope");
    if (!errors.isEmpty())
        return errors.toError();
    return key;
}

Result<std::chrono::seconds> parseKeyRotation(QByteArrayView json)
{
    std::chrono::seconds overlap = std::chrono::hours(24);
    if (json.trimmed().isEmpty())
        return overlap;
    const auto object = JsonReader::local().parseObject(json);
    if (!object)
        return tl::unexpected(object.error());
    FieldErrors errors;
    forEachMember(*object, {}, [&](const Member &member) {
        qint64 seconds = 0;
        if (member.name == "overlap" &&
            assign(seconds, readInteger(member.value, 0, longestKeyOverlap), member, errors))
            overlap = std::chrono::seconds(seconds);
    });
    if (!errors.isEmpty())
        return errors.toError();
    return overlap;
}
} // namespace belfry::protocol
