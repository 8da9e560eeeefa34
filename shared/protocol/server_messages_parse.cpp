#include "protocol/item_reading.h"
#include "protocol/op_codec.h"
#include "protocol/problem_reading.h"
#include "protocol/server_messages.h"

namespace belfry::protocol {
namespace {
using model::Text;
using Object = simdjson::dom::object;

constexpr qsizetype anyLength = 1 << 16;

Reading<Welcome::Mode> readMode(Json value)
{
    const auto text = readText(value, anyLength);
    if (text == Text("resume"))
        return Welcome::Mode::Resume;
    if (text == Text("snapshot"))
        return Welcome::Mode::Snapshot;
    if (text == Text("reset"))
        return Welcome::Mode::Reset;
    return tl::unexpected(Text("must be resume, snapshot or reset"));
}

ServerMessage readWelcome(Object object, FieldErrors &errors)
{
    Welcome message;
    qint64 ping = message.ping.count();
    forEachMember(object, {}, [&](const Member &member) {
        if (member.name == "epoch")
            assign(message.epoch.text, readText(member.value, anyLength), member, errors);
        else if (member.name == "head")
            assign(message.head, readInteger(member.value, 0), member, errors);
        else if (member.name == "mode")
            assign(message.mode, readMode(member.value), member, errors);
        else if (member.name == "ping_s")
            assign(ping, readInteger(member.value, 1, 3600), member, errors);
    });
    message.ping = std::chrono::seconds(ping);
    return message;
}

void readBatchItems(Batch &batch, const Member &member, FieldErrors &errors)
{
    simdjson::dom::array array;
    if (member.value.get_array().get(array) != simdjson::SUCCESS)
        return errors.add(member.pointer(), "must be an array");
    for (const Json element : array) {
        const Text at = member.pointer() + '/' + Text::number(qsizetype(batch.items.size()));
        Object item;
        if (element.get_object().get(item) != simdjson::SUCCESS)
            return errors.add(at, "must be an object");
        batch.items.push_back(readChange(item, at, errors));
    }
}

ServerMessage readBatch(Object object, FieldErrors &errors)
{
    Batch message;
    forEachMember(object, {}, [&](const Member &member) {
        if (member.name == "from")
            assign(message.from, readInteger(member.value, 0), member, errors);
        else if (member.name == "to")
            assign(message.to, readInteger(member.value, 0), member, errors);
        else if (member.name == "items")
            readBatchItems(message, member, errors);
    });
    return message;
}

ServerMessage readCounts(Object object, FieldErrors &errors)
{
    CountsNow message;
    forEachMember(object, {}, [&](const Member &member) {
        if (member.name == "seq")
            assign(message.seq, readInteger(member.value, 0), member, errors);
        else if (member.name == "unseen")
            assign(message.counts.unseen, readInteger(member.value, 0), member, errors);
        else if (member.name == "unread")
            assign(message.counts.unread, readInteger(member.value, 0), member, errors);
    });
    return message;
}

ServerMessage readFault(Object object, FieldErrors &errors)
{
    Fault message;
    Object problem;
    if (object["problem"].get_object().get(problem) == simdjson::SUCCESS)
        message.problem = readProblem(problem);
    else
        errors.add("/problem", "must be an object");
    std::string_view op;
    if (object["op_id"].get_string().get(op) == simdjson::SUCCESS)
        message.op.text = toText(op);
    return message;
}

ServerMessage readBye(Object object, FieldErrors &errors)
{
    Bye message;
    qint64 code = 0;
    qint64 after = -1;
    forEachMember(object, {}, [&](const Member &member) {
        if (member.name == "code")
            assign(code, readInteger(member.value, 1000, 4999), member, errors);
        else if (member.name == "reconnect_after_ms" && !member.value.is_null())
            assign(after, readInteger(member.value, 0, 86'400'000), member, errors);
    });
    if (code == 0 && !errors.names("/code"))
        errors.add("/code", "is missing");
    message.code = static_cast<CloseCode>(code);
    if (after >= 0)
        message.reconnectAfter = std::chrono::milliseconds(after);
    return message;
}

ServerMessage readMessage(std::string_view type, Object object, FieldErrors &errors)
{
    if (type == "ev")
        return Event{readChange(object, {}, errors)};
    if (type == "batch")
        return readBatch(object, errors);
    if (type == "counts")
        return readCounts(object, errors);
    if (type == "applied")
        return Applied{readApplied(object, {}, errors)};
    if (type == "welcome")
        return readWelcome(object, errors);
    if (type == "live")
        return Live{};
    if (type == "error")
        return readFault(object, errors);
    if (type == "bye")
        return readBye(object, errors);
    return UnknownMessage{toText(type)};
}
} // namespace

model::Result<ServerMessage> parseServerMessage(QByteArrayView json)
{
    const auto object = JsonReader::ofServer().parseObject(json);
    if (!object)
        return tl::unexpected(object.error());
    std::string_view type;
    if ((*object)["type"].get_string().get(type) != simdjson::SUCCESS)
        return model::failField(model::ErrorCode::Invalid, "/type", "must be the name of a message");
    FieldErrors errors;
    ServerMessage message = readMessage(type, *object, errors);
    if (!errors.isEmpty())
        return errors.toError();
    return message;
}
} // namespace belfry::protocol
