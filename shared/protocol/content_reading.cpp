#include "protocol/content_reading.h"

#include <algorithm>

namespace belfry::protocol {
namespace {
using namespace model;

Action readAction(simdjson::dom::object object, const Text &at, FieldErrors &errors)
{
    Action action;
    forEachMember(object, at, [&](const Member &member) {
        if (member.value.is_null())
            return;
        if (member.name == "id")
            assign(action.id, readText(member.value, limits::name), member, errors);
        else if (member.name == "title")
            assign(action.title, readText(member.value, limits::name), member, errors);
        else if (member.name == "url")
            assign(action.url, readText(member.value, limits::address), member, errors);
    });
    if (action.id.isEmpty() && !errors.names(at + "/id"))
        errors.add(at + "/id", "is missing: it comes back with the click");
    if (action.title.isEmpty() && !errors.names(at + "/title"))
        errors.add(at + "/title", "is missing: the button's text");
    return action;
}
} // namespace

QByteArrayView RawMembers::at(int index) const
{
    if (m_members.empty()) {
        if (m_json.startsWith("\xef\xbb\xbf"))
            m_members = splitObject(m_json.sliced(3))
                            .value_or(std::vector<std::pair<QByteArrayView, QByteArrayView>>());
        else
            m_members =
                splitObject(m_json).value_or(std::vector<std::pair<QByteArrayView, QByteArrayView>>());
    }
    return std::size_t(index) < m_members.size() ? m_members[std::size_t(index)].second : QByteArrayView();
}

void readRawObject(Text &to, const Member &member, QByteArrayView raw, FieldErrors &errors)
{
    if (!member.value.is_object() || raw.isEmpty())
        return errors.add(member.pointer(), "must be a JSON object");
    if (raw.size() > limits::object)
        return errors.add(member.pointer(), tooLarge);
    to = raw.toByteArray();
    std::ranges::replace_if(
        to, [](char c) { return c == '\n' || c == '\r'; }, ' ');
}

void readChannels(QList<Channel> &to, const Member &member, FieldErrors &errors)
{
    const auto addOne = [&](Json value, const Text &at) {
        const auto channel = readChannel(value);
        if (!channel)
            errors.add(at, channel.error());
        else if (!to.contains(*channel))
            to.append(*channel);
    };
    simdjson::dom::array array;
    to.clear();
    if (member.value.get_array().get(array) != simdjson::SUCCESS)
        return addOne(member.value, member.pointer());
    int index = 0;
    for (const Json element : array)
        addOne(element, member.pointer() + '/' + Text::number(index++));
}

void readActions(QList<Action> &to, const Member &member, FieldErrors &errors)
{
    simdjson::dom::array array;
    to.clear();
    if (member.value.get_array().get(array) != simdjson::SUCCESS || qsizetype(array.size()) > limits::actions)
        return errors.add(member.pointer(), "must be an array of at most 10 actions");
    for (const Json element : array) {
        const Text at = member.pointer() + '/' + Text::number(to.size());
        simdjson::dom::object object;
        if (element.get_object().get(object) != simdjson::SUCCESS)
            return errors.add(at, "must be an object {id, title, url}");
        to.append(readAction(object, at, errors));
    }
}

Reading<Urgency> readUrgency(Json value)
{
    std::optional<Urgency> urgency;
    if (value.is_int64())
        urgency = urgencyFromForeign(qint64(value.get_int64().value_unsafe()));
    else if (const auto text = readText(value, limits::name))
        urgency = urgencyFromForeign(QByteArrayView(*text));
    if (!urgency)
        return tl::unexpected(Text("must be very-low, low, normal or high"));
    return *urgency;
}
} // namespace belfry::protocol
