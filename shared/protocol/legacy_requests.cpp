#include "protocol/legacy_requests.h"

#include "protocol/content_reading.h"

namespace belfry::protocol {
namespace {
using namespace model;

/// The body as JSON, whichever of the two it was.
Result<QByteArray> asJson(QByteArrayView body, Claim claim)
{
    const QByteArrayView text = body.trimmed();
    if (claim == Claim::IsJson || text.isEmpty() || text.startsWith('{') || text.startsWith('['))
        return text.toByteArray();
    const auto form = parseForm(text);
    if (!form)
        return tl::unexpected(form.error());
    static constexpr std::array<QByteArrayView, 1> typed{"metadata"};
    return formToJson(*form, typed, {});
}

/// Reads the members of a legacy body by `read`, then asks `check` what is missing.
template<typename Request, typename Read, typename Check>
Result<Request> parseBody(QByteArrayView body, Claim claim, Read read, Check check)
{
    const auto json = asJson(body, claim);
    if (!json)
        return tl::unexpected(json.error());
    const auto object = JsonReader::local().parseObject(*json);
    if (!object)
        return tl::unexpected(object.error());
    Request request;
    FieldErrors errors;
    const RawMembers raw(*json);
    int index = -1;
    forEachMember(*object, {}, [&](const Member &member) {
        ++index;
        if (!member.value.is_null())
            read(request, member, raw, index, errors);
    });
    check(request, errors);
    if (!errors.isEmpty())
        return errors.toError();
    return request;
}

void need(bool there, const Text &pointer, const Text &detail, FieldErrors &errors)
{
    if (!there && !errors.names(pointer))
        errors.add(pointer, detail);
}

void readUserMember(CreateUserRequest &user, const Member &member, const RawMembers &, int,
                    FieldErrors &errors)
{
    if (member.name == "name")
        assign(user.name, readText(member.value, limits::title), member, errors);
    else if (member.name == "email" &&
             assign(user.email, readText(member.value, limits::title), member, errors))
        user.email = user.email.trimmed(); // or a space would make a second user of one mailbox
    else if (member.name == "password")
        assign(user.password, readText(member.value, limits::title), member, errors);
}

void readNotificationMember(LegacyNotificationRequest &request, const Member &member, const RawMembers &raw,
                            int index, FieldErrors &errors)
{
    if (member.name == "user_id")
        assign(request.user, readUserId(member.value), member, errors);
    else if (member.name == "event")
        assign(request.content.type, readText(member.value, limits::name), member, errors);
    else if (member.name == "message")
        assign(request.content.message, readText(member.value, limits::message), member, errors);
    else if (member.name == "metadata")
        readRawObject(request.content.data, member, raw.at(index), errors);
}

void readSendMember(SendRequest &request, const Member &member, const RawMembers &, int, FieldErrors &errors)
{
    if (member.name == "fromID")
        assign(request.from, readUserId(member.value), member, errors);
    else if (member.name == "toID")
        assign(request.to, readUserId(member.value), member, errors);
    else if (member.name == "message")
        assign(request.message, readText(member.value, limits::message), member, errors);
}

void readReminderMember(ReminderRequest &request, const Member &member, const RawMembers &, int,
                        FieldErrors &errors)
{
    if (member.name == "user_id")
        assign(request.user, readUserId(member.value), member, errors);
    else if (member.name == "kind")
        assign(request.kind, readText(member.value, limits::name), member, errors);
}
} // namespace

Result<CreateUserRequest> parseCreateUser(QByteArrayView body, Claim claim)
{
    return parseBody<CreateUserRequest>(body, claim, readUserMember,
                                        [](const CreateUserRequest &user, FieldErrors &errors) {
                                            need(!user.name.isEmpty(), "/name", "is missing", errors);
                                            need(!user.email.isEmpty(), "/email", "is missing", errors);
                                            need(user.email.isEmpty() || user.email.indexOf('@') > 0,
                                                 "/email", "must be an email address", errors);
                                            need(!user.password.isEmpty(), "/password", "is missing", errors);
                                        });
}

Result<LegacyNotificationRequest> parseCreateNotification(QByteArrayView body, Claim claim)
{
    auto request = parseBody<LegacyNotificationRequest>(
        body, claim, readNotificationMember, [](const LegacyNotificationRequest &r, FieldErrors &errors) {
            need(!r.user.isEmpty(), "/user_id", "is missing", errors);
            need(!r.content.type.isEmpty() || !r.content.message.isEmpty(), "/event", "is missing", errors);
        });
    if (request) {
        request->content.title = request->content.type;
        if (request->content.type.isEmpty())
            request->content.type = "general";
    }
    return request;
}

Result<SendRequest> parseSend(QByteArrayView body, Claim claim)
{
    return parseBody<SendRequest>(
        body, claim, readSendMember, [](const SendRequest &request, FieldErrors &errors) {
            need(!request.from.isEmpty(), "/fromID", "is missing: who sends", errors);
            need(!request.to.isEmpty(), "/toID", "is missing: who receives", errors);
        });
}

Result<ReminderRequest> parseReminder(QByteArrayView body, Claim claim)
{
    if (body.trimmed().isEmpty())
        return ReminderRequest{};
    return parseBody<ReminderRequest>(body, claim, readReminderMember,
                                      [](const ReminderRequest &, FieldErrors &) {});
}
} // namespace belfry::protocol
