#include "protocol/explain_request.h"

#include "protocol/content_reading.h"

namespace belfry::protocol {
namespace {
using namespace model;

void readExplainMember(ExplainRequest &request, const Member &member, FieldErrors &errors)
{
    Content &content = request.content;
    UserId actor;
    if (member.name == "user_id")
        assign(request.user, readUserId(member.value), member, errors);
    else if (member.name == "type")
        assign(content.type, readText(member.value, limits::name), member, errors);
    else if (member.name == "channel" || member.name == "channels")
        readChannels(content.channels, member, errors);
    else if (member.name == "urgency")
        assign(content.urgency, readUrgency(member.value), member, errors);
    else if (member.name == "critical")
        assign(content.critical, readBool(member.value), member, errors);
    else if (member.name == "at")
        assign(request.at, readInstant(member.value), member, errors);
    else if (member.name == "actor_id" && assign(actor, readUserId(member.value), member, errors))
        content.actorId = actor.text;
}
} // namespace

Result<ExplainRequest> parseExplain(QByteArrayView json)
{
    const auto object = JsonReader::local().parseObject(json);
    if (!object)
        return tl::unexpected(object.error());
    ExplainRequest request;
    FieldErrors errors;
    forEachMember(*object, {}, [&](const Member &member) {
        if (!member.value.is_null())
            readExplainMember(request, member, errors);
    });
    if (request.user.isEmpty() && !errors.names("/user_id"))
        errors.add("/user_id", "is missing: whom would it reach?");
    if (request.content.type.isEmpty())
        request.content.type = "general";
    if (!errors.isEmpty())
        return errors.toError();
    return request;
}
} // namespace belfry::protocol
