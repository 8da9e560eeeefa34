#include "protocol/timeline_answer.h"

#include "protocol/field_reading.h"
#include "protocol/json_reader.h"

namespace belfry::protocol {
namespace {
using TimelineObject = simdjson::dom::object;

constexpr qsizetype longestWords = 1 << 16;

/// null is "" here.
void readWords(model::Text &target, const Member &member, FieldErrors &errors)
{
    if (!member.value.is_null())
        assign(target, readText(member.value, longestWords), member, errors);
}

void readStep(TimelineAnswer::Step &step, const Member &member, FieldErrors &errors)
{
    if (member.name == "at")
        assign(step.at, readInstant(member.value), member, errors);
    else if (member.name == "step")
        readWords(step.step, member, errors);
    else if (member.name == "channel")
        readWords(step.channel, member, errors);
    else if (member.name == "rule")
        readWords(step.rule, member, errors);
    else if (member.name == "detail")
        readWords(step.detail, member, errors);
}

void readAttempts(int &count, const Member &member, FieldErrors &errors)
{
    simdjson::dom::array attempts;
    if (member.value.get_array().get(attempts) == simdjson::SUCCESS)
        count = int(attempts.size());
    else
        errors.add(member.pointer(), "must be an array");
}

void readDelivery(TimelineAnswer::Delivery &delivery, const Member &member, FieldErrors &errors)
{
    if (member.name == "channel")
        readWords(delivery.channel, member, errors);
    else if (member.name == "endpoint")
        readWords(delivery.endpoint, member, errors);
    else if (member.name == "state")
        readWords(delivery.state, member, errors);
    else if (member.name == "rule")
        readWords(delivery.rule, member, errors);
    else if (member.name == "reason")
        readWords(delivery.reason, member, errors);
    else if (member.name == "attempts")
        readAttempts(delivery.attempts, member, errors);
    else if (member.name == "next_at" && !member.value.is_null())
        assign(delivery.nextAt, readInstant(member.value), member, errors);
}

template<typename T, typename Read>
void readEach(std::vector<T> &list, TimelineObject data, std::string_view name, FieldErrors &errors,
              Read read)
{
    const model::Text at = "/data/" + toText(name);
    simdjson::dom::array array;
    if (data[name].get_array().get(array) != simdjson::SUCCESS)
        return errors.add(at, "must be an array");
    for (const Json element : array) {
        TimelineObject object;
        if (element.get_object().get(object) != simdjson::SUCCESS)
            return errors.add(at, "must hold objects");
        T one;
        forEachMember(object, at, [&](const Member &member) { read(one, member, errors); });
        list.push_back(std::move(one));
    }
}
} // namespace

model::Result<TimelineAnswer> parseTimeline(QByteArrayView json)
{
    const auto object = JsonReader::ofServer().parseObject(json);
    if (!object)
        return tl::unexpected(object.error());
    FieldErrors errors;
    TimelineAnswer answer;
    TimelineObject data;
    if ((*object)["data"].get_object().get(data) == simdjson::SUCCESS) {
        readEach(answer.trace, data, "trace", errors, readStep);
        readEach(answer.deliveries, data, "deliveries", errors, readDelivery);
    } else {
        errors.add("/data", "must be an object");
    }
    if (!errors.isEmpty())
        return errors.toError();
    return answer;
}
} // namespace belfry::protocol
