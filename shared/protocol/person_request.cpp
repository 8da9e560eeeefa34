#include "protocol/person_request.h"

#include "protocol/content_reading.h"

namespace belfry::protocol {
namespace {
using namespace model;

constexpr qsizetype longestMail = 254; // RFC 5321, section 4.5.3.1
constexpr qsizetype longestSecret = 1024;

/// null takes the text away.
void takeText(std::optional<Text> &to, const Member &member, qsizetype limit, FieldErrors &errors)
{
    if (member.value.is_null())
        to = Text();
    else
        assign(to, readText(member.value, limit), member, errors);
}

void readPersonMember(PersonRequest &person, const Member &member, FieldErrors &errors)
{
    if (member.name == "name")
        takeText(person.name, member, limits::title, errors);
    else if (member.name == "email")
        takeText(person.email, member, longestMail, errors);
    else if (member.name == "phone")
        takeText(person.phone, member, limits::name, errors);
    else if (member.name == "locale")
        takeText(person.locale, member, limits::name, errors);
    else if (member.name == "password")
        takeText(person.password, member, longestSecret, errors);
    else if (member.name == "role")
        assign(person.role, readText(member.value, limits::name), member, errors);
    else if (member.name == "disabled")
        assign(person.disabled, readBool(member.value), member, errors);
}

Result<PersonRequest> readPerson(QByteArrayView json, const UserId *inPath)
{
    const auto object = JsonReader::local().parseObject(json);
    if (!object)
        return tl::unexpected(object.error());
    PersonRequest person;
    FieldErrors errors;
    forEachMember(*object, {}, [&](const Member &member) {
        if (member.name != "user_id")
            return readPersonMember(person, member, errors);
        if (!inPath && member.value.is_null())
            return;
        if (assign(person.user, readUserId(member.value), member, errors) && inPath && person.user != *inPath)
            errors.add(member.pointer(), "is not the user in the path: leave it out, or make them the same");
    });
    if (!errors.isEmpty())
        return errors.toError();
    return person;
}
} // namespace

Result<PersonRequest> parsePerson(QByteArrayView json)
{
    return readPerson(json, nullptr);
}

Result<PersonRequest> parsePersonPatch(QByteArrayView json, const UserId &user)
{
    return readPerson(json, &user);
}
} // namespace belfry::protocol
