#include "protocol/content_reading.h"
#include "protocol/preferences_document.h"
#include "protocol/preferences_rows.h"
#include "protocol/time_text.h"

namespace belfry::protocol {
namespace {
using namespace model;
using Object = simdjson::dom::object;

constexpr std::size_t maxCategories = 500;
constexpr qsizetype maxQuietRanges = 50;

Reading<std::array<bool, 7>> readDays(Json value)
{
    std::array<bool, 7> days{};
    simdjson::dom::array array;
    if (value.get_array().get(array) != simdjson::SUCCESS)
        return tl::unexpected(Text("must be an array of mon, tue, wed, thu, fri, sat, sun"));
    for (const Json element : array) {
        std::string_view name;
        const bool isText = element.get_string().get(name) == simdjson::SUCCESS;
        const auto day = isText ? parseWeekday(toText(name)) : std::nullopt;
        if (!day)
            return tl::unexpected(Text("must be an array of mon, tue, wed, thu, fri, sat, sun"));
        days[std::size_t(*day)] = true;
    }
    return days;
}

QuietRange readQuietRange(Object object, const Text &at, FieldErrors &errors)
{
    QuietRange range;
    bool hasStart = false;
    bool hasEnd = false;
    range.days.fill(true);
    forEachMember(object, at, [&](const Member &member) {
        if (member.name == "days") {
            assign(range.days, readDays(member.value), member, errors);
        } else if (member.name == "start") {
            hasStart = true;
            assign(range.startMinute, readWallTime(member.value, false), member, errors);
        } else if (member.name == "end") {
            hasEnd = true;
            assign(range.endMinute, readWallTime(member.value, true), member, errors);
        }
    });
    if (!hasStart || !hasEnd)
        errors.add(at, "needs start and end, such as \"22:00\" and \"07:00\"");
    return range;
}

void readQuietHours(Preferences &document, const Member &member, FieldErrors &errors)
{
    simdjson::dom::array array;
    if (member.value.get_array().get(array) != simdjson::SUCCESS || qsizetype(array.size()) > maxQuietRanges)
        return errors.add(member.pointer(), "must be an array of at most 50 {days, start, end}");
    for (const Json element : array) {
        const Text at = member.pointer() + '/' + Text::number(document.quietHours.size());
        Object object;
        if (element.get_object().get(object) != simdjson::SUCCESS)
            return errors.add(at, "must be an object {days, start, end}");
        document.quietHours.append(readQuietRange(object, at, errors));
    }
}

Reading<DigestRule> readDigestAt(Object object)
{
    DigestRule rule{DigestMode::At, 0, {true, true, true, true, true, true, true}};
    Json value;
    if (object["at"].get(value) != simdjson::SUCCESS)
        return tl::unexpected(Text("needs `at`, a time of day such as \"18:00\""));
    const auto at = readWallTime(value, false);
    if (!at)
        return tl::unexpected(at.error());
    rule.atMinute = *at;
    if (object["days"].get(value) == simdjson::SUCCESS && !value.is_null()) {
        const auto days = readDays(value);
        if (!days)
            return tl::unexpected(days.error());
        rule.days = *days;
    }
    return rule;
}

Reading<DigestRule> readCell(Json value, const DigestRule *)
{
    Object object;
    if (value.get_object().get(object) == simdjson::SUCCESS)
        return readDigestAt(object);
    const Text name = readText(value, maxIdCharacters).value_or(Text());
    if (name == "off")
        return DigestRule{};
    if (name == "window")
        return DigestRule{DigestMode::Window, 0, {}};
    if (name == "lookback")
        return DigestRule{DigestMode::Lookback, 0, {}};
    return tl::unexpected(Text("must be \"off\", \"window\", \"lookback\" or {at, days}"));
}

Reading<bool> readCell(Json value, const bool *)
{
    return readBool(value);
}

template<typename T>
void readRow(ChannelRow<T> &row, Object object, const Text &at, FieldErrors &errors)
{
    forEachMember(object, at, [&](const Member &member) {
        const auto channel = readChannelOrAny(member.name);
        if (!channel)
            return errors.add(member.pointer(), channel.error());
        if (member.value.is_null())
            return;
        auto &cell = *channel ? row.byChannel[std::size_t(**channel)] : row.any;
        assign(cell, readCell(member.value, static_cast<const T *>(nullptr)), member, errors);
    });
}

template<typename T>
void readMatrix(QMap<Text, ChannelRow<T>> &matrix, const Member &member, FieldErrors &errors)
{
    Object object;
    if (member.value.get_object().get(object) != simdjson::SUCCESS || object.size() > maxCategories)
        return errors.add(member.pointer(), "must be an object: category or \"*\" to an object of channels");
    forEachMember(object, member.pointer(), [&](const Member &category) {
        Object row;
        const Text name = toText(category.name);
        if (name.isEmpty() || codePoints(name) > limits::name)
            return errors.add(category.pointer(), "a category's name has 1-128 characters");
        if (category.value.get_object().get(row) != simdjson::SUCCESS)
            return errors.add(category.pointer(), "must be an object of channels");
        readRow(matrix[name], row, category.pointer(), errors);
    });
}

bool readMember(Preferences &document, const Member &member, FieldErrors &errors)
{
    if (member.name == "time_zone")
        assign(document.timeZone, readText(member.value, limits::name), member, errors);
    else if (member.name == "locale")
        assign(document.locale, readText(member.value, limits::name), member, errors);
    else if (member.name == "quiet_hours")
        readQuietHours(document, member, errors);
    else if (member.name == "quiet_email")
        assign(document.quietEmail, readBool(member.value), member, errors);
    else if (member.name == "dnd_until")
        assign(document.dndUntil, readInstant(member.value), member, errors);
    else if (member.name == "matrix")
        readMatrix(document.matrix, member, errors);
    else if (member.name == "digest")
        readMatrix(document.digest, member, errors);
    else if (member.name == "min_urgency")
        assign(document.minUrgency, readUrgency(member.value), member, errors);
    else if (member.name == "sound")
        assign(document.sound, readBool(member.value), member, errors);
    else
        return false;
    return true;
}

void readObject(PreferencesRequest &request, Object object, FieldErrors &errors)
{
    simdjson::dom::array rows;
    if (object["preferences"].get_array().get(rows) == simdjson::SUCCESS)
        return readPreferenceRows(request.document, rows, "/preferences", errors);
    if (object["notification_type"].error() == simdjson::SUCCESS)
        return readPreferenceRow(request.document, object, {}, errors);
    forEachMember(object, {}, [&](const Member &member) {
        const bool known = member.value.is_null() || readMember(request.document, member, errors);
        if (!known && request.ignored.size() < maxIgnored)
            request.ignored.append(shortened(toText(member.name)));
    });
}

Result<PreferencesRequest> checked(PreferencesRequest request, FieldErrors errors, const IsZone &isZone)
{
    if (!isZone(request.document.timeZone) && !errors.names("/time_zone"))
        errors.add("/time_zone", "must be a name of the IANA time zone database, such as Europe/Berlin");
    if (!errors.isEmpty())
        return errors.toError();
    return request;
}
} // namespace

Result<PreferencesRequest> parsePreferences(QByteArrayView json, const IsZone &isZone,
                                            const Text &defaultZone)
{
    const auto root = JsonReader::local().parse(json);
    if (!root)
        return tl::unexpected(root.error());
    PreferencesRequest request;
    FieldErrors errors;
    simdjson::dom::array rows;
    Object object;
    request.document.timeZone = defaultZone;
    if (root->get_array().get(rows) == simdjson::SUCCESS)
        readPreferenceRows(request.document, rows, {}, errors);
    else if (root->get_object().get(object) == simdjson::SUCCESS)
        readObject(request, object, errors);
    else
        errors.add("", "must be an object, or an array of rows");
    return checked(std::move(request), std::move(errors), isZone);
}

Result<Preferences> parsePreferencesAnswer(QByteArrayView json, const IsZone &isZone)
{
    const auto root = JsonReader::local().parseObject(json);
    if (!root)
        return tl::unexpected(root.error());
    Object object;
    if ((*root)["data"].get_object().get(object) != simdjson::SUCCESS)
        return failField(ErrorCode::Invalid, "/data", "must be an object");
    PreferencesRequest request;
    FieldErrors errors;
    readObject(request, object, errors);
    auto document = checked(std::move(request), std::move(errors), isZone);
    if (!document)
        return tl::unexpected(document.error());
    return std::move(document->document);
}
} // namespace belfry::protocol
