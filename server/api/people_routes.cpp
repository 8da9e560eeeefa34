#include "api/people_routes.h"

#include "api/api_context.h"
#include "api/paging.h"
#include "protocol/json_writer.h"
#include "protocol/legacy.h"
#include "protocol/person_request.h"

#include <algorithm>

namespace belfry::api {
namespace {
using protocol::JsonWriter;

constexpr qint64 peoplePage = 50;
constexpr qint64 longestPeoplePage = 500;

void appendPerson(JsonWriter &json, const ports::Person &person)
{
    json.beginObject();
    json.key("id").text(person.id.text);
    json.key("name").textOrNull(person.name);
    json.key("email").textOrNull(person.email);
    json.key("phone").textOrNull(person.phone);
    json.key("locale").textOrNull(person.locale);
    json.key("role").text(auth::roleName(person.role));
    json.key("has_password").boolean(person.hasPassword);
    json.key("disabled").boolean(person.disabledAt.has_value());
    json.key("disabled_at").timeOrNull(person.disabledAt);
    json.key("created_at").time(person.createdAt);
    json.key("erasing").boolean(person.erasing);
    json.key("erased_at").timeOrNull(person.erasedAt);
    json.endObject();
}

void answerPerson(CallPtr call, int status, const ports::Person &person)
{
    QByteArray body;
    JsonWriter json(body);
    json.beginObject().key("data");
    appendPerson(json, person);
    json.endObject().finish();
    answer(std::move(call), status, std::move(body));
}

void answerMadePerson(CallPtr call, const ports::Person &person)
{
    answerPerson(std::move(call), 201, person);
}

void answerKnownPerson(CallPtr call, const ports::Person &person)
{
    answerPerson(std::move(call), 200, person);
}

void answerPeople(CallPtr call, const ports::PeoplePage &page)
{
    const QByteArray next = page.next > 0 ? QByteArray::number(page.next) : QByteArray();
    net::HttpResponse response;
    response.contentType = jsonType();
    JsonWriter json(response.body);
    json.beginObject().key("data").beginArray();
    for (const ports::Person &person : page.people)
        appendPerson(json, person);
    json.endArray().key("meta").beginObject().key("next_cursor").textOrNull(next);
    json.endObject().endObject().finish();
    addNextLink(response, *call, next);
    answer(std::move(call), std::move(response));
}

model::Result<service::People::Wish> personWish(protocol::PersonRequest asked)
{
    service::People::Wish wish{std::move(asked.name),   std::move(asked.email),    std::move(asked.phone),
                               std::move(asked.locale), std::move(asked.password), {},
                               asked.disabled};
    if (!asked.role)
        return wish;
    wish.role = auth::roleByName(*asked.role);
    if (!wish.role)
        return model::failField(model::ErrorCode::Invalid, "/role", "must be one of " + auth::roleNames());
    return wish;
}

model::Result<ports::PeopleQuery> peopleQuery(const Call &call)
{
    const auto query = call.query();
    if (!query)
        return tl::unexpected(query.error());
    const auto after = query->natural("cursor", 0);
    if (!after)
        return tl::unexpected(after.error());
    const auto limit = query->natural("limit", peoplePage);
    if (!limit)
        return tl::unexpected(limit.error());
    return ports::PeopleQuery{*after, static_cast<int>(std::clamp<qint64>(*limit, 1, longestPeoplePage)),
                              query->text("q")};
}
} // namespace

void postPerson(CallPtr call)
{
    auto asked = protocol::parsePerson(call->body());
    if (!asked)
        return fail(std::move(call), asked.error());
    model::UserId id = asked->user;
    auto wish = personWish(*std::move(asked));
    if (!wish)
        return fail(std::move(call), wish.error());
    const ApiContext &context = call->context();
    const auth::Principal &who = call->principal();
    const model::Text address = call->origin().address;
    context.services.people.create(context.loop, who, address, std::move(id), *std::move(wish),
                                   orFail<ports::Person>(std::move(call), answerMadePerson));
}

void patchPerson(CallPtr call)
{
    auto asked = protocol::parsePersonPatch(call->body(), call->user());
    if (!asked)
        return fail(std::move(call), asked.error());
    auto wish = personWish(*std::move(asked));
    if (!wish)
        return fail(std::move(call), wish.error());
    const ApiContext &context = call->context();
    const auth::Principal &who = call->principal();
    const model::Text address = call->origin().address;
    const model::UserId id = call->user();
    context.services.people.change(context.loop, who, address, id, *std::move(wish),
                                   orFail<ports::Person>(std::move(call), answerKnownPerson));
}

void deletePerson(CallPtr call)
{
    const ApiContext &context = call->context();
    const auth::Principal &who = call->principal();
    const model::Text address = call->origin().address;
    const model::UserId id = call->user();
    auto asked = [](CallPtr done) {
        answer(std::move(done), 202, protocol::legacyMessage("User is being erased"));
    };
    context.services.people.erase(context.loop, who, address, id, orFail<void>(std::move(call), asked));
}

void getPerson(CallPtr call)
{
    const ApiContext &context = call->context();
    const auth::Principal &who = call->principal();
    const model::UserId id = call->user();
    context.services.people.get(context.loop, who, id,
                                orFail<ports::Person>(std::move(call), answerKnownPerson));
}

void getPeople(CallPtr call)
{
    const auto query = peopleQuery(*call);
    if (!query)
        return fail(std::move(call), query.error());
    const ApiContext &context = call->context();
    const auth::Principal &who = call->principal();
    context.services.people.list(context.loop, who, *query,
                                 orFail<ports::PeoplePage>(std::move(call), answerPeople));
}
} // namespace belfry::api
