#include "api/legacy_routes.h"

#include "api/api_context.h"
#include "api/notification_routes.h"
#include "protocol/legacy.h"

#include <algorithm>

namespace belfry::api {
namespace {
constexpr char messageType[] = "message";
constexpr char messageTitle[] = "New message";

bool wantsArray(const Call &call, const Query &query)
{
    if (query.has("shape"))
        return query.text("shape") == "array";
    const auto &marked = call.context().settings.arrayDialect;
    const auto listener = static_cast<std::size_t>(call.request().peer.listener);
    return listener < marked.size() && marked[listener];
}

protocol::LegacyPerson personOf(const std::vector<ports::UserRecord> &people, const model::Text &id)
{
    if (id.isEmpty())
        return {};
    const auto found = std::find_if(people.begin(), people.end(),
                                    [&](const ports::UserRecord &person) { return person.id.text == id; });
    return {{id}, found == people.end() ? model::Text() : found->name};
}

std::vector<protocol::LegacyItem> legacyItems(service::LegacyList list)
{
    std::vector<protocol::LegacyItem> items;
    items.reserve(list.page.items.size());
    for (model::Notification &item : list.page.items) {
        auto from = personOf(list.people, item.content.actorId);
        auto to = personOf(list.people, item.user.text);
        items.push_back({std::move(item), std::move(from), std::move(to)});
    }
    return items;
}

void answerUserAdded(CallPtr call, const ports::UserRecord &user)
{
    call->setAuditTarget("user:" + user.id.text);
    answer(std::move(call), 200, protocol::legacyUserAdded(user.id));
}

void answerRead(CallPtr call, const model::Notification &)
{
    answer(std::move(call), 200, protocol::legacyStatusCode("Notification marked as read", 200));
}

std::optional<service::Ops::EitherId> eitherId(const QByteArray &text)
{
    if (const auto id = model::Uuid::parse(text))
        return *id;
    bool ok = false;
    const int number = text.toInt(&ok);
    if (ok && number > 0)
        return service::Ops::EitherId(qint32(number));
    return {};
}
} // namespace

protocol::Claim claimOf(const Call &call)
{
    return call.format() == BodyFormat::Json ? protocol::Claim::IsJson : protocol::Claim::Nothing;
}

void createUser(CallPtr call)
{
    auto asked = protocol::parseCreateUser(call->body(), claimOf(*call));
    if (!asked)
        return fail(std::move(call), asked.error());
    const ApiContext &context = call->context();
    const auth::Principal &who = call->principal();
    context.services.users.create(
        context.loop, who, {std::move(asked->name), std::move(asked->email), std::move(asked->password)},
        orFail<ports::UserRecord>(std::move(call), answerUserAdded));
}

void createNotification(CallPtr call)
{
    auto asked = protocol::parseCreateNotification(call->body(), claimOf(*call));
    if (!asked)
        return fail(std::move(call), asked.error());
    service::Submission submission;
    submission.to = std::move(asked->user);
    submission.content = std::move(asked->content);
    submission.legacyId = true;
    SubmitAnswer shape{SubmitShape::S2, {}, call->requestId()};
    submit(std::move(call), std::move(submission), std::move(shape));
}

void sendMessage(CallPtr call)
{
    auto asked = protocol::parseSend(call->body(), claimOf(*call));
    if (!asked)
        return fail(std::move(call), asked.error());
    service::Submission submission;
    submission.to = std::move(asked->to);
    submission.content.type = messageType;
    submission.content.title = messageTitle;
    submission.content.message = std::move(asked->message);
    submission.content.actorId = std::move(asked->from.text);
    submission.legacyId = true;
    submission.ownAction = service::OwnAction::Skip;
    SubmitAnswer shape{SubmitShape::S4, {}, call->requestId()};
    submit(std::move(call), std::move(submission), std::move(shape));
}

void getLegacyList(CallPtr call)
{
    const auto query = call->query();
    if (!query)
        return fail(std::move(call), query.error());
    const bool array = wantsArray(*call, *query);
    service::ListWish wish;
    wish.state = array ? ports::ListState::Unread : ports::ListState::Active;
    auto listed = [array](CallPtr read, service::LegacyList list) {
        const auto items = legacyItems(std::move(list));
        answer(std::move(read), 200, array ? protocol::legacyArray(items) : protocol::legacyList(items));
    };
    const ApiContext &context = call->context();
    const Call &asked = *call;
    context.services.reading.legacyList(context.loop, asked.principal(), asked.user(), wish,
                                        orFail<service::LegacyList>(std::move(call), listed));
}

void readLegacy(CallPtr call)
{
    const auto id = eitherId(call->parameter(1));
    if (!id)
        return fail(std::move(call), noSuchNotification());
    const ApiContext &context = call->context();
    const Call &asked = *call;
    context.services.ops.markReadOf(context.loop, asked.principal(), asked.user(), *id,
                                    orFail<model::Notification>(std::move(call), answerRead));
}
} // namespace belfry::api
