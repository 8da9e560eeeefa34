#include "protocol/category_request.h"

#include "protocol/content_reading.h"
#include "protocol/json_writer.h"

namespace belfry::protocol {
namespace {
using namespace model;

constexpr qsizetype maxDescription = 1024;
constexpr qint64 maxTtl = 3660LL * 24 * 3600;
constexpr qint64 leastDays = 7;
constexpr qint64 mostDays = 36'500;

/// As a user's id.
void checkPathName(const Text &name, const Text &at, FieldErrors &errors)
{
    if (errors.names(at))
        return;
    if (const auto checked = makeUserId(name, at); !checked)
        errors.add(at, checked.error().fields.first().detail);
}

/// As topics are named, and not as all of them are.
void checkCategoryName(const Text &name, FieldErrors &errors)
{
    checkPathName(name, "/name", errors);
    if (!errors.names("/name") && name.contains('/'))
        errors.add("/name", "must not contain /");
    if (name == "*")
        errors.add("/name", "must not be *, which stands for every category");
}

/// A body that names another one than the path is a mistake, not a renaming.
void readNameOnce(Text &name, bool fromPath, const Member &member, FieldErrors &errors)
{
    Text said;
    if (!assign(said, readText(member.value, limits::name), member, errors))
        return;
    if (!fromPath)
        name = said;
    else if (said != name)
        errors.add(member.pointer(), "is not the name in the path: leave it out, or make them the same");
}

void readChannelDefaults(ChannelRow<bool> &row, const Member &member, FieldErrors &errors)
{
    simdjson::dom::object object;
    if (member.value.get_object().get(object) != simdjson::SUCCESS)
        return errors.add(member.pointer(), "must be an object: channel or \"*\" to true or false");
    forEachMember(object, member.pointer(), [&](const Member &cell) {
        const auto channel = channelFrom({cell.name.data(), qsizetype(cell.name.size())});
        if (!channel && cell.name != "*")
            return errors.add(cell.pointer(), "is no channel: in_app, toast, email, sms, push, webhook or *");
        if (cell.value.is_null())
            return;
        bool on = false;
        if (assign(on, readBool(cell.value), cell, errors))
            (channel ? row.byChannel[std::size_t(*channel)] : row.any) = on;
    });
}

void readRetentionDays(std::optional<int> &days, const Member &member, FieldErrors &errors)
{
    qint64 number = 0;
    if (!assign(number, readInteger(member.value, 0, mostDays), member, errors))
        return;
    if (number > 0 && number < leastDays)
        return errors.add(member.pointer(), "must be 0 (for ever), or whole days from 7 to 36500");
    days = static_cast<int>(number);
}

void readCategoryMember(CategoryRequest &category, bool fromPath, const Member &member, FieldErrors &errors)
{
    if (member.value.is_null())
        return;
    qint64 seconds = 0;
    if (member.name == "name")
        readNameOnce(category.name, fromPath, member, errors);
    else if (member.name == "title")
        assign(category.title, readText(member.value, limits::title), member, errors);
    else if (member.name == "description")
        assign(category.description, readText(member.value, maxDescription), member, errors);
    else if (member.name == "channels")
        readChannelDefaults(category.channels, member, errors);
    else if (member.name == "mandatory")
        assign(category.mandatory, readBool(member.value), member, errors);
    else if (member.name == "retention_days")
        readRetentionDays(category.retentionDays, member, errors);
    else if (member.name == "ttl" && assign(seconds, readInteger(member.value, 1, maxTtl), member, errors))
        category.ttl = std::chrono::seconds(seconds);
}

Result<CategoryRequest> readCategory(QByteArrayView json, const Text &name)
{
    const bool fromPath = !name.isEmpty();
    CategoryRequest category;
    category.name = name;
    FieldErrors errors;
    if (!fromPath || !json.trimmed().isEmpty()) {
        const auto object = JsonReader::local().parseObject(json);
        if (!object)
            return tl::unexpected(object.error());
        forEachMember(*object, {},
                      [&](const Member &member) { readCategoryMember(category, fromPath, member, errors); });
    }
    checkCategoryName(category.name, errors);
    if (!errors.isEmpty())
        return errors.toError();
    return category;
}

Result<DeviceRequest> readDevice(QByteArrayView json, const DeviceId &id)
{
    const bool fromPath = !id.isEmpty();
    DeviceRequest device;
    device.id = id;
    FieldErrors errors;
    const auto object = JsonReader::local().parseObject(json);
    if (!object)
        return tl::unexpected(object.error());
    forEachMember(*object, {}, [&](const Member &member) {
        if (member.value.is_null())
            return;
        if (member.name == "id")
            readNameOnce(device.id.text, fromPath, member, errors);
        else if (member.name == "user_id" && !fromPath)
            assign(device.user, readUserId(member.value), member, errors);
        else if (member.name == "name")
            assign(device.name, readText(member.value, limits::name), member, errors);
        else if (member.name == "platform")
            assign(device.platform, readText(member.value, limits::name), member, errors);
    });
    checkPathName(device.id.text, "/id", errors);
    if (!errors.isEmpty())
        return errors.toError();
    return device;
}
} // namespace

Result<CategoryRequest> parseCategory(QByteArrayView json)
{
    return readCategory(json, {});
}

Result<CategoryRequest> parseCategory(QByteArrayView json, const Text &name)
{
    return readCategory(json, name);
}

Result<DeviceRequest> parseDevice(QByteArrayView json)
{
    return readDevice(json, {});
}

Result<DeviceRequest> parseDevice(QByteArrayView json, const DeviceId &id)
{
    return readDevice(json, id);
}

QByteArray encode(const DeviceRequest &device)
{
    QByteArray out;
    JsonWriter json(out);
    json.beginObject().key("id").text(device.id.text);
    if (!device.user.isEmpty())
        json.key("user_id").text(device.user.text);
    if (!device.name.isEmpty())
        json.key("name").text(device.name);
    if (!device.platform.isEmpty())
        json.key("platform").text(device.platform);
    json.endObject().finish();
    return out;
}
} // namespace belfry::protocol
