#include "protocol/session_requests.h"

#include "protocol/content_reading.h"
#include "protocol/json_writer.h"

namespace belfry::protocol {
namespace {
using namespace model;

constexpr qsizetype longestEmail = 254; // RFC 5321, section 4.5.3.1
constexpr qsizetype longestPassword = 1024;
constexpr qsizetype longestToken = 256;

void needText(const Text &value, const Text &pointer, FieldErrors &errors)
{
    if (value.isEmpty() && !errors.names(pointer))
        errors.add(pointer, "is missing");
}
} // namespace

Result<LoginRequest> parseLogin(QByteArrayView json)
{
    const auto object = JsonReader::local().parseObject(json);
    if (!object)
        return tl::unexpected(object.error());
    LoginRequest login;
    FieldErrors errors;
    forEachMember(*object, {}, [&](const Member &member) {
        if (member.name == "email")
            assign(login.email, readText(member.value, longestEmail), member, errors);
        else if (member.name == "password")
            assign(login.password, readText(member.value, longestPassword), member, errors);
        else if (member.name == "device_id")
            assign(login.device.text, readText(member.value, limits::name), member, errors);
    });
    needText(login.email, "/email", errors);
    needText(login.password, "/password", errors);
    needText(login.device.text, "/device_id", errors);
    if (!errors.isEmpty())
        return errors.toError();
    return login;
}

Result<QByteArray> parseRefresh(QByteArrayView json)
{
    const auto object = JsonReader::local().parseObject(json);
    if (!object)
        return tl::unexpected(object.error());
    Text token;
    FieldErrors errors;
    forEachMember(*object, {}, [&](const Member &member) {
        if (member.name == "refresh_token")
            assign(token, readText(member.value, longestToken), member, errors);
    });
    needText(token, "/refresh_token", errors);
    if (!errors.isEmpty())
        return errors.toError();
    return token;
}

QByteArray encode(const LoginRequest &login)
{
    QByteArray out;
    JsonWriter json(out);
    json.beginObject().key("email").text(login.email).key("password").text(login.password);
    json.key("device_id").text(login.device.text).endObject().finish();
    return out;
}

QByteArray encodeRefresh(QByteArrayView token)
{
    QByteArray out;
    JsonWriter json(out);
    json.beginObject().key("refresh_token").text(token).endObject().finish();
    return out;
}
} // namespace belfry::protocol
