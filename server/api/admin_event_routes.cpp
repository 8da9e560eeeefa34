#include "api/admin_event_routes.h"

#include "api/api_context.h"
#include "api/paging.h"
#include "protocol/item.h"
#include "protocol/json_writer.h"
#include "protocol/test_event_request.h"
#include "protocol/time_text.h"
#include "protocol/words.h"
#include "service/access.h"

#include <algorithm>

namespace belfry::api {
namespace {
using model::EventFilter;
using model::Result;
using model::VoidResult;
using protocol::JsonWriter;

constexpr qint64 usualEventPage = 50;

auto badParameter(const char *name, const char *detail)
{
    return model::failField(model::ErrorCode::Malformed, name, detail);
}

VoidResult readEventId(const Query &query, const char *name, std::optional<model::Uuid> &id)
{
    const QByteArray text = query.text(name);
    if (text.isEmpty())
        return {};
    id = model::Uuid::parse(text);
    return id ? VoidResult{} : badParameter(name, "must be an id");
}

VoidResult readEventTime(const Query &query, const char *name, model::MaybeInstant &at)
{
    const QByteArray text = query.text(name);
    if (text.isEmpty())
        return {};
    at = protocol::parseInstant(text);
    return at ? VoidResult{} : badParameter(name, "must be a time such as 2026-03-29T01:00:00Z");
}

VoidResult readEventState(const Query &query, EventFilter &filter)
{
    const QByteArray text = query.text("state");
    if (text.isEmpty())
        return {};
    filter.state = protocol::stateFrom(text);
    return filter.state ? VoidResult{}
                        : badParameter("state", "must be accepted, held, queued, done, expired, recalled, "
                                                "cancelled, suppressed or dead");
}

VoidResult readTrace(const Query &query, EventFilter &filter)
{
    filter.trace = query.text("trace");
    const bool isHex = std::all_of(filter.trace.begin(), filter.trace.end(),
                                   [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
    if (filter.trace.isEmpty() || (filter.trace.size() == 32 && isHex))
        return {};
    return badParameter("trace", "must be the 32 hexadecimal digits in the middle of a traceparent");
}

Result<EventFilter> eventFilterOf(const Query &query)
{
    EventFilter filter;
    filter.user.text = query.text("user_id");
    filter.type = query.text("type");
    VoidResult good = readEventState(query, filter);
    if (good)
        good = readTrace(query, filter);
    if (good)
        good = readEventId(query, "id", filter.id);
    if (good)
        good = readEventId(query, "event_id", filter.event);
    if (good)
        good = readEventTime(query, "since", filter.since);
    if (good)
        good = readEventTime(query, "until", filter.until);
    if (!good)
        return tl::unexpected(good.error());
    return filter;
}

/// A client that takes anything gets the list.
bool wantsTail(const Call &call)
{
    return call.request().header("accept").contains("text/event-stream");
}

void openTail(CallPtr call, EventFilter filter)
{
    EventTails &tails = call->context().tails;
    if (tails.isFull())
        return fail(std::move(call), {model::ErrorCode::Overloaded,
                                      "too many look at the events already",
                                      {},
                                      std::chrono::seconds(10)});
    runtime::Loop &loop = call->context().loop;
    const model::Instant now = call->now();
    const auth::Authenticator &keys = call->context().authenticator;
    auto opened = [&tails, &keys, &loop, filter = std::move(filter), who = call->principal(), now](
                      net::Connection &connection) { tails.open(keys, loop, connection, filter, who, now); };
    answerStream(std::move(call), std::move(opened));
}

void answerEvents(CallPtr call, const ports::EventPage &page)
{
    const QByteArray next = page.next ? page.next->toText() : QByteArray();
    net::HttpResponse response;
    response.contentType = jsonType();
    JsonWriter json(response.body);
    json.beginObject().key("data").beginArray();
    for (const model::Notification &item : page.items) {
        json.beginObject().key("event");
        appendEvent(json, item);
        json.key("item");
        if (service::readsInboxOf(call->principal(), item.user))
            protocol::appendItem(json, item);
        else
            json.null();
        json.endObject();
    }
    json.endArray().key("meta").beginObject().key("next_cursor").textOrNull(next);
    json.endObject().endObject().finish();
    addNextLink(response, *call, next);
    answer(std::move(call), std::move(response));
}

void appendBacklog(JsonWriter &json, const ports::Backlog &backlog)
{
    json.beginObject();
    json.key("depth").number(std::min(backlog.depth, ports::countedBacklog));
    json.key("at_least").boolean(backlog.depth > ports::countedBacklog);
    json.key("oldest_at").timeOrNull(backlog.oldest);
    json.endObject();
}

void answerOutbox(CallPtr call, const service::Operations::Outbox &outbox)
{
    QByteArray body;
    JsonWriter json(body);
    json.beginObject().key("data").beginObject();
    json.key("relay").textOrNull(call->context().settings.relay);
    json.key("outbox");
    appendBacklog(json, outbox.backlogs.outbox);
    json.key("deliveries");
    appendBacklog(json, outbox.backlogs.deliveries);
    json.key("dead_letters");
    appendBacklog(json, outbox.backlogs.deadLetters);
    json.key("broadcasts");
    appendBacklog(json, outbox.backlogs.broadcasts);
    json.key("waiting_writes").number(outbox.waitingWrites);
    json.endObject().endObject().finish();
    answer(std::move(call), 200, std::move(body));
}

void answerSelfTest(CallPtr call, const SelfTestReport &report)
{
    QByteArray body;
    JsonWriter json(body);
    json.beginObject().key("data").beginObject();
    json.key("ok").boolean(report.isGood());
    json.key("steps").beginArray();
    for (const SelfTestReport::Step &step : report.steps) {
        json.beginObject();
        json.key("step").text(step.name);
        json.key("ok").boolean(step.failure.isEmpty());
        json.key("detail").textOrNull(step.failure);
        json.key("took_ms").number(qint64(step.took.count()));
        json.endObject();
    }
    json.endArray().endObject().endObject().finish();
    answer(std::move(call), 200, std::move(body));
}

void answerTestEvent(CallPtr call, const model::UserId &user, const ports::SubmitResult &result)
{
    call->setAuditTarget("user:" + user.text);
    QByteArray body;
    JsonWriter json(body);
    json.beginObject().key("data").beginObject();
    json.key("event_id").text(result.event.toText());
    json.key("request_id").text(call->requestId());
    json.key("traceparent").text(call->traceparent());
    json.key("notification");
    if (result.items.empty())
        json.null();
    else
        protocol::appendItem(json, result.items.front().item);
    json.endObject().endObject().finish();
    answer(std::move(call), 201, std::move(body));
}
} // namespace

void getEvents(CallPtr call)
{
    const auto query = call->query();
    if (!query)
        return fail(std::move(call), query.error());
    auto filter = eventFilterOf(*query);
    if (!filter)
        return fail(std::move(call), filter.error());
    if (wantsTail(*call))
        return openTail(std::move(call), *std::move(filter));
    std::optional<model::Uuid> before;
    if (auto good = readEventId(*query, "cursor", before); !good)
        return fail(std::move(call), good.error());
    const auto limit = query->integer("limit", 0);
    if (!limit)
        return fail(std::move(call), limit.error());
    const ApiContext &context = call->context();
    const auth::Principal &who = call->principal();
    const auto most = static_cast<int>(std::min<qint64>(*limit <= 0 ? usualEventPage : *limit, maxPageItems));
    context.services.operations.events(context.loop, who, *std::move(filter), before, most,
                                       orFail<ports::EventPage>(std::move(call), answerEvents));
}

void getOutbox(CallPtr call)
{
    const ApiContext &context = call->context();
    const auth::Principal &who = call->principal();
    context.services.operations.outbox(context.loop, who,
                                       orFail<service::Operations::Outbox>(std::move(call), answerOutbox));
}

void postSelfTest(CallPtr call)
{
    call->setAnswerKept(); // a repeat tests again: how it was a while ago is no answer
    const ApiContext &context = call->context();
    context.selfTest(context.loop, orFail<SelfTestReport>(std::move(call), answerSelfTest));
}

void postTestEvent(CallPtr call)
{
    const auto asked = protocol::parseTestEvent(call->body());
    if (!asked)
        return fail(std::move(call), asked.error());
    const ApiContext &context = call->context();
    const auth::Principal &who = call->principal();
    service::Operations::TestEvent wish{asked->user, asked->title, asked->message, asked->channels,
                                        call->traceparent()};
    auto sent = [user = asked->user](CallPtr done, const ports::SubmitResult &result) {
        answerTestEvent(std::move(done), user, result);
    };
    context.services.operations.sendTest(context.loop, who, std::move(wish),
                                         orFail<ports::SubmitResult>(std::move(call), sent));
}
} // namespace belfry::api
