#include "api/submit_answer.h"

#include "api/call.h"
#include "api/event_tails.h"
#include "api/ignored_members.h"
#include "protocol/item.h"
#include "protocol/json_writer.h"
#include "protocol/legacy.h"
#include "protocol/problem.h"

#include <algorithm>

namespace belfry::api {
namespace {
using ports::SubmitOutcome;
using ports::SubmittedItem;
using protocol::JsonWriter;

constexpr char sentMessage[] = "Notification sent successfully!";
constexpr qsizetype usualSize = 1536;

bool isNew(const SubmittedItem &item)
{
    return item.outcome != SubmitOutcome::Collapsed && item.outcome != SubmitOutcome::Deduplicated;
}

bool isUnknown(const SubmittedItem &item)
{
    return item.outcome == SubmitOutcome::UnknownUser;
}

int statusOf(SubmitShape shape, const ports::SubmitResult &result)
{
    // An event to a topic or everybody has no recipients yet.
    if (shape == SubmitShape::Job || (shape == SubmitShape::Event && result.items.empty()))
        return 202;
    const bool legacy = shape == SubmitShape::S2 || shape == SubmitShape::S4;
    return !legacy && std::any_of(result.items.begin(), result.items.end(), isNew) ? 201 : 200;
}

/// ttl 0: nothing is stored (H15).
bool isLiveOnly(const model::Notification &item)
{
    return item.createdSeq == 0 && item.expiresAt == item.createdAt;
}

QByteArrayView liveMessageOf(const model::Notification &item)
{
    switch (item.state) {
    case model::State::Suppressed:
        return "Notification not shown: the recipient does not want it";
    case model::State::Expired:
        return "Notification not sent: the recipient is not connected";
    default:
        return "Notification sent";
    }
}

QByteArrayView messageOf(const SubmittedItem &item)
{
    if (isLiveOnly(item.item))
        return liveMessageOf(item.item);
    switch (item.outcome) {
    case SubmitOutcome::Scheduled:
        return "Notification scheduled";
    case SubmitOutcome::Suppressed:
        return "Notification stored, but not shown: the recipient does not want it";
    case SubmitOutcome::Collapsed:
        return "Notification updated";
    case SubmitOutcome::Deduplicated:
        return "Notification exists already";
    case SubmitOutcome::Created:
    case SubmitOutcome::UnknownUser:
        break;
    }
    return "Notification queued";
}

void writeRecipient(JsonWriter &json, const SubmittedItem &item)
{
    json.beginObject().key("id");
    if (isUnknown(item))
        json.null();
    else
        json.uuid(item.item.id);
    json.key("user_id").text(item.item.user.text);
    json.key("seq").numberOrNull(item.item.seq);
    if (item.outcome == SubmitOutcome::Deduplicated)
        json.key("deduplicated").boolean(true);
    if (item.outcome == SubmitOutcome::Suppressed)
        json.key("suppressed").boolean(true);
    if (isUnknown(item))
        json.key("error").text(protocol::problemSlug(model::ErrorCode::NotFound));
    json.endObject();
}

void writeOne(JsonWriter &json, const SubmittedItem &item, bool readsInbox)
{
    if (!isNew(item) && !readsInbox) // what was said there, or what the person did with it
        return appendEvent(json, item.item);
    // A live-only one has no place; it was sent or is over (H15).
    if (item.outcome == SubmitOutcome::Created && item.item.createdSeq > 0)
        protocol::appendAcceptedItem(json, item.item);
    else
        protocol::appendItem(json, item.item);
}

void writeData(JsonWriter &json, const SubmitAnswer &plan, const ports::SubmitResult &result)
{
    json.key("data");
    if (plan.shape == SubmitShape::One)
        return writeOne(json, result.items.front(), plan.readsInbox);
    json.beginObject().key("event_id").uuid(result.event);
    if (plan.shape == SubmitShape::Many) {
        json.key("notifications").beginArray();
        for (const SubmittedItem &item : result.items)
            writeRecipient(json, item);
        json.endArray();
    }
    json.endObject();
}

QByteArray nativeBody(const SubmitAnswer &plan, const ports::SubmitResult &result)
{
    QByteArray body;
    body.reserve(usualSize);
    JsonWriter json(body);
    json.beginObject();
    if (plan.shape == SubmitShape::One)
        json.key("message").text(messageOf(result.items.front()));
    writeData(json, plan, result);
    appendIgnored(json, plan.ignored);
    json.endObject().finish();
    return body;
}

void writeEvent(JsonWriter &json, const model::Text &event, int status, const ports::SubmitResult &result)
{
    json.beginObject().key("id").text(event).key("status").number(status);
    json.key("notification_ids").beginArray();
    for (const SubmittedItem &item : result.items) {
        if (!isUnknown(item))
            json.uuid(item.item.id);
    }
    json.endArray().endObject();
}

QByteArray eventBody(const model::Text &event, int status, const ports::SubmitResult &result)
{
    QByteArray body;
    JsonWriter json(body);
    json.beginObject().key("data").beginArray();
    writeEvent(json, event, status, result);
    json.endArray().endObject().finish();
    return body;
}

bool nobodyKnown(const ports::SubmitResult &result)
{
    return !result.items.empty() && std::all_of(result.items.begin(), result.items.end(), isUnknown);
}

model::Error unknownUser(const ports::SubmitResult &result)
{
    return {
        model::ErrorCode::NotFound, "There is no user " + result.items.front().item.user.text + ".", {}, {}};
}
} // namespace

ports::StoredAnswer SubmitAnswer::render(const ports::SubmitResult &result) const
{
    if (nobodyKnown(result))
        return {404, problemType(), protocol::problemJson(unknownUser(result), requestId)};
    const int status = statusOf(shape, result);
    switch (shape) {
    case SubmitShape::S2:
        return {status, jsonType(), protocol::legacySent(result.items.front().item)};
    case SubmitShape::S4:
        return {status, jsonType(), protocol::legacyMessage(sentMessage)};
    case SubmitShape::Event:
        return {202, jsonType(), eventBody(event, status, result)};
    case SubmitShape::One:
    case SubmitShape::Many:
    case SubmitShape::Job:
        break;
    }
    return {status, jsonType(), nativeBody(*this, result)};
}

ports::StoredAnswer SubmitAnswer::renderElement(const ports::SubmitResult &result) const
{
    if (nobodyKnown(result))
        return {404, jsonType(), renderFailure(unknownUser(result))};
    const int status = statusOf(shape, result);
    QByteArray element;
    element.reserve(usualSize);
    JsonWriter json(element);
    if (shape == SubmitShape::Event) {
        writeEvent(json, event, status, result);
        json.finish();
        return {status, jsonType(), element};
    }
    json.beginObject().key("status").number(status);
    writeData(json, *this, result);
    appendIgnored(json, ignored);
    json.endObject().finish();
    return {status, jsonType(), element};
}

QByteArray SubmitAnswer::renderFailure(const model::Error &error) const
{
    return failedElement(error, requestId, shape == SubmitShape::Event ? std::optional(event) : std::nullopt);
}

QByteArray failedElement(const model::Error &error, const model::Text &requestId,
                         const std::optional<model::Text> &event)
{
    QByteArray element;
    JsonWriter json(element);
    json.beginObject();
    if (event)
        json.key("id").textOrNull(*event);
    json.key("status").number(protocol::httpStatus(error.code));
    json.key("problem").verbatim(protocol::problemJson(error, requestId));
    json.endObject().finish();
    return element;
}
} // namespace belfry::api
