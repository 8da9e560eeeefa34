#include "protocol/test_event_request.h"

#include "protocol/content_reading.h"

namespace belfry::protocol {
using namespace model;

Result<TestEventRequest> parseTestEvent(QByteArrayView json)
{
    const auto object = JsonReader::local().parseObject(json);
    if (!object)
        return tl::unexpected(object.error());
    TestEventRequest request;
    FieldErrors errors;
    forEachMember(*object, {}, [&](const Member &member) {
        if (member.value.is_null())
            return;
        if (member.name == "user_id")
            assign(request.user, readUserId(member.value), member, errors);
        else if (member.name == "title")
            assign(request.title, readText(member.value, limits::title), member, errors);
        else if (member.name == "message")
            assign(request.message, readText(member.value, limits::message), member, errors);
        else if (member.name == "channel" || member.name == "channels")
            readChannels(request.channels, member, errors);
    });
    if (request.user.isEmpty() && !errors.names("/user_id"))
        errors.add("/user_id", "is missing: whom shall it reach?");
    if (!errors.isEmpty())
        return errors.toError();
    return request;
}
} // namespace belfry::protocol
