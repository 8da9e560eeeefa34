#include "protocol/client_messages.h"

#include "protocol/item_reading.h"
#include "protocol/json_writer.h"
#include "protocol/op_codec.h"

namespace belfry::protocol {
namespace {
using namespace model;
using Object = simdjson::dom::object;

constexpr qsizetype maxTokenCharacters = 8 * 1024;
constexpr qsizetype maxCaps = 32;
constexpr std::array<QByteArrayView, 3> presenceWords{"active", "idle", "locked"};

struct MessageWriter
{
    JsonWriter &json;

    void operator()(const Hello &m) const
    {
        json.key("type").text("hello").key("device_id").text(m.device.text);
        if (!m.token.isEmpty())
            json.key("token").text(m.token);
        if (m.user)
            json.key("user").text(m.user->text);
        json.key("epoch").textOrNull(m.epoch.text).key("since");
        if (m.since)
            json.number(*m.since);
        else
            json.null();
        json.key("caps").beginArray();
        for (const Text &cap : m.caps)
            json.text(cap);
        json.endArray();
    }
    void operator()(const Ack &m) const { json.key("type").text("ack").key("seq").number(m.seq); }
    void operator()(const OpRequest &m) const
    {
        json.key("type").text("op");
        appendOpMembers(json, m.op);
    }
    void operator()(const Presence &m) const
    {
        json.key("type").text("presence").key("state").text(presenceWords[static_cast<std::size_t>(m.state)]);
        json.key("at").timeOrNull(m.at);
    }
    void operator()(const Refresh &m) const { json.key("type").text("refresh").key("token").text(m.token); }
    void operator()(const UnknownRequest &m) const { json.key("type").text(m.type); }
};

void readCaps(Hello &hello, const Member &member, FieldErrors &errors)
{
    simdjson::dom::array array;
    if (member.value.get_array().get(array) != simdjson::SUCCESS || array.size() > maxCaps)
        return errors.add(member.pointer(), "must be an array of at most 32 strings");
    for (const Json element : array) {
        Text cap;
        if (assign(cap, readText(element, maxIdCharacters), member, errors))
            hello.caps.append(cap);
    }
}

void readHelloMember(Hello &hello, const Member &member, FieldErrors &errors)
{
    if (member.name == "device_id")
        assign(hello.device.text, readText(member.value, maxIdCharacters), member, errors);
    else if (member.name == "token")
        assign(hello.token, readText(member.value, maxTokenCharacters), member, errors);
    else if (member.name == "epoch")
        assign(hello.epoch.text, readText(member.value, maxIdCharacters), member, errors);
    else if (member.name == "since")
        assign(hello.since, readInteger(member.value, 0), member, errors);
    else if (member.name == "user")
        assign(hello.user, readUserId(member.value), member, errors);
    else if (member.name == "caps")
        readCaps(hello, member, errors);
}

ClientMessage readHello(Object object, FieldErrors &errors)
{
    Hello hello;
    forEachMember(object, {}, [&](const Member &member) {
        if (!member.value.is_null())
            readHelloMember(hello, member, errors);
    });
    if (hello.device.isEmpty() && !errors.names("/device_id"))
        errors.add("/device_id", "must be your own random text of 1-128 characters");
    return hello;
}

ClientMessage readAck(Object object, FieldErrors &errors)
{
    Ack ack;
    Json value;
    if (object["seq"].get(value) != simdjson::SUCCESS)
        errors.add("/seq", "is missing");
    else
        assign(ack.seq, readInteger(value, 0), Member{"seq", value}, errors);
    return ack;
}

ClientMessage readPresence(Object object, FieldErrors &errors)
{
    Presence presence;
    bool known = false;
    forEachMember(object, {}, [&](const Member &member) {
        Text state;
        if (member.name == "at" && !member.value.is_null())
            assign(presence.at, readInstant(member.value), member, errors);
        if (member.name != "state" || !assign(state, readText(member.value, maxIdCharacters), member, errors))
            return;
        const auto *found = std::find(presenceWords.begin(), presenceWords.end(), state);
        known = found != presenceWords.end();
        if (known)
            presence.state = static_cast<Presence::State>(found - presenceWords.begin());
    });
    if (!known)
        errors.add("/state", "must be active, idle or locked");
    return presence;
}

ClientMessage readRefresh(Object object, FieldErrors &errors)
{
    Refresh refresh;
    Json value;
    if (object["token"].get(value) != simdjson::SUCCESS)
        errors.add("/token", "is missing");
    else
        assign(refresh.token, readText(value, maxTokenCharacters), Member{"token", value}, errors);
    return refresh;
}

ClientMessage readMessage(std::string_view type, Object object, FieldErrors &errors)
{
    if (type == "ack")
        return readAck(object, errors);
    if (type == "op")
        return OpRequest{readRequestedOp(object, {}, errors)};
    if (type == "presence")
        return readPresence(object, errors);
    if (type == "hello")
        return readHello(object, errors);
    if (type == "refresh")
        return readRefresh(object, errors);
    return UnknownRequest{toText(type)};
}
} // namespace

QByteArray encode(const ClientMessage &message)
{
    QByteArray out;
    JsonWriter json(out);
    json.beginObject();
    std::visit(MessageWriter{json}, message);
    json.endObject();
    json.finish();
    return out;
}

Result<ClientMessage> parseClientMessage(QByteArrayView json, OpId *badOp)
{
    const auto object = JsonReader::local().parseObject(json);
    if (!object)
        return tl::unexpected(object.error());
    std::string_view type;
    if ((*object)["type"].get_string().get(type) != simdjson::SUCCESS)
        return failField(ErrorCode::Invalid, "/type", "must be hello, ack, op, presence or refresh");
    FieldErrors errors;
    ClientMessage message = readMessage(type, *object, errors);
    if (errors.isEmpty())
        return message;
    if (const auto *request = std::get_if<OpRequest>(&message); request && badOp)
        *badOp = request->op.id;
    return errors.toError();
}

Result<LegacyAck> parseLegacyAck(QByteArrayView json)
{
    const auto object = JsonReader::local().parseObject(json);
    if (!object)
        return tl::unexpected(object.error());
    Json value;
    if ((*object)["ack"].get(value) == simdjson::SUCCESS) {
        if (const auto seq = readInteger(value, 0))
            return UpTo{*seq};
        if (const auto id = readUuid(value))
            return *id;
        bool isNumber = false;
        const int legacy = readText(value, maxIdCharacters).value_or(Text()).toInt(&isNumber);
        if (isNumber && legacy > 0)
            return legacy;
    }
    return failField(ErrorCode::Invalid, "/ack", "must be a seq or the id of a notification");
}
} // namespace belfry::protocol
