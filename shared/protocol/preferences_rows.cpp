#include "protocol/preferences_rows.h"

#include "protocol/time_text.h"
#include "protocol/words.h"

namespace belfry::protocol {
namespace {
using namespace model;

constexpr std::size_t maxRows = 1000;

struct Row
{
    Text type = "*";
    std::optional<Channel> channel;
    bool enabled = true;
    std::optional<int> quietStart;
    std::optional<int> quietEnd;
    Text zone;
};

void readMember(Row &row, const Member &member, FieldErrors &errors)
{
    if (member.name == "notification_type" || member.name == "type") {
        assign(row.type, readText(member.value, maxIdCharacters), member, errors);
    } else if (member.name == "channel") {
        Text name;
        if (assign(name, readText(member.value, maxIdCharacters), member, errors))
            assign(row.channel, readChannelOrAny({name.constData(), std::size_t(name.size())}), member,
                   errors);
    } else if (member.name == "enabled") {
        assign(row.enabled, readBool(member.value), member, errors);
    } else if (member.name == "quiet_hours_start") {
        assign(row.quietStart, readWallTime(member.value, false), member, errors);
    } else if (member.name == "quiet_hours_end") {
        assign(row.quietEnd, readWallTime(member.value, true), member, errors);
    } else if (member.name == "timezone" || member.name == "time_zone") {
        assign(row.zone, readText(member.value, maxIdCharacters), member, errors);
    }
}

void addQuiet(Preferences &document, const Row &row)
{
    QuietRange range;
    range.days.fill(true);
    range.startMinute = *row.quietStart;
    range.endMinute = *row.quietEnd;
    if (!document.quietHours.contains(range))
        document.quietHours.append(range);
}
} // namespace

void setChannel(ChannelRow<bool> &row, std::optional<Channel> channel, bool enabled)
{
    if (channel)
        row.byChannel[std::size_t(*channel)] = enabled;
    else
        row.any = enabled;
}

Reading<std::optional<Channel>> readChannelOrAny(std::string_view name)
{
    if (name == "*")
        return std::optional<Channel>();
    const auto channel = channelFrom(QByteArrayView(name.data(), qsizetype(name.size())));
    if (!channel)
        return tl::unexpected(Text("is not a channel: in_app, toast, email, sms, push, webhook or *"));
    return channel;
}

Reading<int> readWallTime(Json value, bool endOfDay)
{
    std::string_view text;
    const bool isText = value.get_string().get(text) == simdjson::SUCCESS;
    const auto minute = isText ? parseWallTime(toText(text), endOfDay) : std::nullopt;
    if (!minute)
        return tl::unexpected(Text("must be a time of day such as \"22:00\""));
    return *minute;
}

void readPreferenceRow(Preferences &document, simdjson::dom::object object, const Text &at,
                       FieldErrors &errors)
{
    Row row;
    forEachMember(object, at, [&](const Member &member) {
        if (!member.value.is_null())
            readMember(row, member, errors);
    });
    if (row.type.isEmpty())
        return errors.add(at + "/notification_type", "a category's name has 1-128 characters");
    setChannel(document.matrix[row.type], row.channel, row.enabled);
    if (row.quietStart && row.quietEnd)
        addQuiet(document, row);
    else if (row.quietStart || row.quietEnd)
        errors.add(at, "needs both quiet_hours_start and quiet_hours_end");
    if (!row.zone.isEmpty())
        document.timeZone = row.zone;
}

void readPreferenceRows(Preferences &document, simdjson::dom::array rows, const Text &at, FieldErrors &errors)
{
    if (rows.size() > maxRows)
        return errors.add(at, "must be an array of at most 1000 rows");
    int index = 0;
    for (const Json element : rows) {
        const Text here = at + '/' + Text::number(index++);
        simdjson::dom::object row;
        if (element.get_object().get(row) == simdjson::SUCCESS)
            readPreferenceRow(document, row, here, errors);
        else
            errors.add(here, "must be an object {notification_type, channel, enabled}");
    }
}
} // namespace belfry::protocol
