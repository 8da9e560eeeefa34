#include "api/inbox_routes.h"

#include "api/api_context.h"
#include "api/paging.h"
#include "protocol/answers.h"
#include "protocol/item.h"
#include "protocol/json_writer.h"
#include "protocol/ops_request.h"
#include "protocol/words.h"

#include <algorithm>
#include <limits>

namespace belfry::api {
namespace {
using protocol::JsonWriter;

model::Result<ports::ListState> listStateOf(const Query &query)
{
    using ports::ListState;
    static constexpr std::pair<const char *, ListState> words[] = {
        {"active", ListState::Active},   {"unread", ListState::Unread},
        {"read", ListState::Read},       {"archived", ListState::Archived},
        {"snoozed", ListState::Snoozed}, {"deleted", ListState::Deleted},
        {"all", ListState::All},         {"scheduled", ListState::Scheduled},
    };
    const QByteArray asked = query.text("state");
    if (asked.isEmpty())
        return ListState::Active;
    for (const auto &[word, state] : words) {
        if (asked == word)
            return state;
    }
    return model::failField(model::ErrorCode::Malformed, "state",
                            "must be active, unread, read, archived, snoozed, scheduled, deleted or all");
}

/// A number of the query when it is there; `limit=` alone counts as absent.
model::Result<std::optional<int>> smallNumber(const Query &query, QByteArrayView name)
{
    const auto number = query.integer(name, 0);
    if (!number)
        return tl::unexpected(number.error());
    if (query.text(name).isEmpty())
        return std::optional<int>();
    constexpr qint64 most = std::numeric_limits<int>::max();
    return std::optional<int>(static_cast<int>(std::clamp<qint64>(*number, -1, most)));
}

std::optional<ports::DuePlace> duePlace(const QByteArray &text)
{
    const qsizetype point = text.indexOf('.');
    bool isNumber = false;
    const qint64 at = text.first(std::max<qsizetype>(point, 0)).toLongLong(&isNumber);
    const auto id = model::Uuid::parse(QByteArrayView(text).sliced(point + 1));
    if (!isNumber || !id)
        return std::nullopt;
    return ports::DuePlace{{at}, *id};
}

/// The scheduled ones have no seq: their cursor is the time at which the last one is due, and its id (H16).
model::VoidResult readCursor(const Query &query, service::ListWish &wish)
{
    const QByteArray text = query.text("cursor");
    if (text.isEmpty())
        return {};
    bool good = false;
    if (wish.state == ports::ListState::Scheduled) {
        wish.after = duePlace(text);
        good = wish.after.has_value();
    } else if (const auto before = query.natural("cursor", 0)) {
        wish.before = *before;
        good = *before > 0;
    }
    if (!good)
        return model::failField(model::ErrorCode::Malformed, "cursor",
                                "must be the next_cursor of a page of this list");
    return {};
}

QByteArray cursorText(const ports::InboxPage &page)
{
    if (page.nextAfter)
        return QByteArray::number(page.nextAfter->at.us) + '.' + page.nextAfter->id.toText();
    return page.nextBefore > 0 ? QByteArray::number(page.nextBefore) : QByteArray();
}

/// As service understands the wish: what the answer's meta repeats (H16).
int shownLimit(const service::ListWish &wish)
{
    const int asked = wish.limit.value_or(0);
    return asked <= 0 ? 50 : std::min(asked, maxPageItems);
}

void answerPage(CallPtr call, const service::ListWish &wish, ports::InboxPage page)
{
    const QByteArray next = cursorText(page);
    const protocol::ListAnswer list{std::move(page.items), shownLimit(wish), wish.offset.value_or(0), next};
    net::HttpResponse response;
    response.contentType = jsonType();
    response.body = protocol::encode(list);
    addNextLink(response, *call, list.nextCursor);
    answer(std::move(call), std::move(response));
}

void answerSnapshot(CallPtr call, service::Snapshot page)
{
    const QByteArray next = cursorText(page.page);
    const protocol::Snapshot snapshot{page.epoch, page.page.head, page.page.counts,
                                      std::move(page.page.items), next};
    net::HttpResponse response;
    response.contentType = jsonType();
    response.body = protocol::encode(snapshot);
    addNextLink(response, *call, snapshot.nextCursor);
    answer(std::move(call), std::move(response));
}

void answerCounts(CallPtr call, const ports::LogState &state)
{
    answer(std::move(call), 200, protocol::encode(protocol::CountsAnswer{state.counts, state.head}));
}

void answerLog(CallPtr call, service::LogAnswer log)
{
    const protocol::LogAnswer told{log.epoch, log.page.state.head, log.page.state.floor,
                                   std::move(log.page.changes)};
    net::HttpResponse response;
    response.contentType = jsonType();
    response.body = protocol::encode(told);
    if (!told.changes.empty() && told.changes.back().seq < told.head)
        addNextLink(response, *call, QByteArray::number(told.changes.back().seq), "since");
    answer(std::move(call), std::move(response));
}

void answerOps(CallPtr call, ports::OpsResult result)
{
    const protocol::OpsAnswer told{std::move(result.applied), result.counts, result.head};
    answer(std::move(call), 200, protocol::encode(told));
}

void writeTrace(JsonWriter &json, const std::vector<ports::TraceStep> &trace)
{
    json.key("trace").beginArray();
    for (const ports::TraceStep &step : trace) {
        json.beginObject();
        json.key("at").time(step.at);
        json.key("step").text(step.step);
        json.key("channel").textOrNull(step.channel);
        json.key("rule").textOrNull(step.rule);
        json.key("detail").textOrNull(step.detail);
        json.endObject();
    }
    json.endArray();
}

/// A channel that leads nowhere has no endpoint that tells its delivery apart from others.
QByteArray idOf(const ports::Delivery &delivery, const model::NotificationId &item)
{
    if (!delivery.id.isEmpty())
        return delivery.id;
    return item.toText() + '/' + protocol::word(delivery.channel).toByteArray();
}

void writeDeliveries(JsonWriter &json, const ports::Timeline &timeline)
{
    json.key("deliveries").beginArray();
    for (const ports::Delivery &delivery : timeline.deliveries) {
        json.beginObject();
        json.key("id").text(idOf(delivery, timeline.item.id));
        json.key("channel").text(protocol::word(delivery.channel));
        json.key("endpoint").textOrNull(delivery.endpoint);
        json.key("state").text(delivery.state);
        json.key("rule").textOrNull(delivery.rule);
        json.key("reason").textOrNull(delivery.reason);
        json.key("attempts").beginArray();
        for (const ports::Attempt &attempt : delivery.attempts) {
            json.beginObject();
            json.key("at").time(attempt.at);
            json.key("outcome").text(attempt.outcome);
            json.endObject();
        }
        json.endArray();
        json.key("next_at").timeOrNull(delivery.nextAt);
        json.endObject();
    }
    json.endArray();
}

void answerTimeline(CallPtr call, const ports::Timeline &timeline)
{
    QByteArray body;
    JsonWriter json(body);
    json.beginObject().key("data").beginObject().key("notification");
    protocol::appendItem(json, timeline.item);
    writeTrace(json, timeline.trace);
    writeDeliveries(json, timeline);
    json.endObject().endObject().finish();
    answer(std::move(call), 200, std::move(body));
}

void answerItem(CallPtr call, const model::Notification &item)
{
    answer(std::move(call), 200, protocol::itemAnswer(item));
}
} // namespace

model::Result<service::ListWish> listWishOf(const Call &call)
{
    const auto query = call.query();
    if (!query)
        return tl::unexpected(query.error());
    const auto state = listStateOf(*query);
    if (!state)
        return tl::unexpected(state.error());
    service::ListWish wish{*state, query->text("type"), query->text("q"), {}, {}, {}, {}};
    if (const auto cursor = readCursor(*query, wish); !cursor)
        return tl::unexpected(cursor.error());
    const auto limit = smallNumber(*query, "limit");
    const auto offset = smallNumber(*query, "offset");
    if (!limit || !offset)
        return tl::unexpected(!limit ? limit.error() : offset.error());
    wish.limit = *limit;
    wish.offset = *offset;
    return wish;
}

void getList(CallPtr call)
{
    const auto wish = listWishOf(*call);
    if (!wish)
        return fail(std::move(call), wish.error());
    const ApiContext &context = call->context();
    const Call &asked = *call;
    auto listed = [wish = *wish](CallPtr read, ports::InboxPage page) {
        answerPage(std::move(read), wish, std::move(page));
    };
    context.services.reading.list(context.loop, asked.principal(), asked.user(), *wish,
                                  orFail<ports::InboxPage>(std::move(call), listed));
}

void getSnapshot(CallPtr call)
{
    const auto wish = listWishOf(*call);
    if (!wish)
        return fail(std::move(call), wish.error());
    const ApiContext &context = call->context();
    const Call &asked = *call;
    context.services.reading.snapshot(context.loop, asked.principal(), asked.user(), *wish,
                                      orFail<service::Snapshot>(std::move(call), answerSnapshot));
}

void getCounts(CallPtr call)
{
    const ApiContext &context = call->context();
    const Call &asked = *call;
    context.services.reading.counts(context.loop, asked.principal(), asked.user(),
                                    orFail<ports::LogState>(std::move(call), answerCounts));
}

void getItem(CallPtr call)
{
    const auto id = model::Uuid::parse(call->parameter(1));
    if (!id)
        return fail(std::move(call), noSuchNotification());
    const ApiContext &context = call->context();
    const Call &asked = *call;
    context.services.reading.item(context.loop, asked.principal(), asked.user(), *id,
                                  orFail<model::Notification>(std::move(call), answerItem));
}

void getLog(CallPtr call)
{
    const auto query = call->query();
    if (!query)
        return fail(std::move(call), query.error());
    const auto since = query->natural("since", 0);
    const auto limit = smallNumber(*query, "limit");
    if (!since || !limit)
        return fail(std::move(call), !since ? since.error() : limit.error());
    const ApiContext &context = call->context();
    const Call &asked = *call;
    context.services.reading.log(context.loop, asked.principal(), asked.user(), *since, *limit,
                                 orFail<service::LogAnswer>(std::move(call), answerLog));
}

void postOps(CallPtr call)
{
    auto ops = protocol::parseOps(call->body());
    if (!ops)
        return fail(std::move(call), ops.error());
    const ApiContext &context = call->context();
    const Call &asked = *call;
    context.services.ops.apply(context.loop, asked.principal(), asked.user(), *std::move(ops),
                               orFail<ports::OpsResult>(std::move(call), answerOps));
}

void getTimeline(CallPtr call)
{
    const auto id = model::Uuid::parse(call->parameter(0));
    if (!id)
        return fail(std::move(call), noSuchNotification());
    const ApiContext &context = call->context();
    const Call &asked = *call;
    context.services.reading.timeline(context.loop, asked.principal(), *id,
                                      orFail<ports::Timeline>(std::move(call), answerTimeline));
}
} // namespace belfry::api
