#include "api/notification_routes.h"

#include "api/api_context.h"
#include "api/audit_note.h"
#include "api/batch_run.h"
#include "api/event_routes.h"
#include "api/event_tails.h"
#include "api/send_request.h"
#include "protocol/answers.h"
#include "protocol/json_writer.h"
#include "protocol/legacy.h"
#include "protocol/notification_request.h"
#include "protocol/patch_request.h"
#include "service/access.h"

namespace belfry::api {
namespace {
model::Result<protocol::NotificationRequest> readBody(const Call &call)
{
    const EventMode mode = eventMode(call.request());
    if (mode == EventMode::Structured || mode == EventMode::Binary) {
        const auto event = readEvent(call.request(), mode);
        if (!event)
            return tl::unexpected(event.error());
        return protocol::parseNotification(*event, call.now());
    }
    if (call.format() != BodyFormat::Form)
        return protocol::parseNotification(call.body(), call.now());
    const auto form = protocol::parseForm(call.body());
    if (!form)
        return tl::unexpected(form.error());
    return protocol::parseNotification(*form, call.now());
}

void answerStored(CallPtr call, ports::StoredAnswer stored)
{
    net::HttpResponse response;
    response.status = stored.status;
    response.contentType = std::move(stored.contentType);
    response.body = std::move(stored.body);
    call->setAnswerKept();
    answer(std::move(call), std::move(response));
}

void answerSubmitted(CallPtr call, const SubmitAnswer &shape, ports::SubmitResult result)
{
    if (result.replayed)
        return replay(std::move(call), *std::move(result.replayed));
    answerStored(std::move(call), shape.render(result));
}

ports::Patch patchOf(model::NotificationId id, protocol::PatchRequest &&asked)
{
    ports::Patch patch;
    patch.id = id;
    patch.title = std::move(asked.title);
    patch.message = std::move(asked.message);
    patch.data = std::move(asked.data);
    patch.progress = asked.progress;
    patch.actions = std::move(asked.actions);
    patch.icon = std::move(asked.icon);
    patch.link = std::move(asked.link);
    patch.urgency = asked.urgency;
    patch.expiresAt = asked.expiresAt;
    patch.renotify = asked.renotify;
    return patch;
}

service::Amendments::ItemReply messageReply(CallPtr call, const char *message)
{
    return orFail<model::Notification>(std::move(call), [message](CallPtr done, const model::Notification &) {
        answer(std::move(done), 200, protocol::legacyMessage(message));
    });
}

/// With the item, or to who may not read that inbox with which one it is (H98).
service::Amendments::ItemReply itemReply(CallPtr call, const char *message)
{
    return orFail<model::Notification>(
        std::move(call), [message](CallPtr done, const model::Notification &item) {
            if (service::readsInboxOf(done->principal(), item.user))
                return answer(std::move(done), 200, protocol::itemAnswer(item, message));
            QByteArray body;
            protocol::JsonWriter json(body);
            json.beginObject().key("message").text(message).key("data");
            appendEvent(json, item);
            json.endObject().finish();
            answer(std::move(done), 200, std::move(body));
        });
}
} // namespace

void submit(CallPtr call, service::Submission submission, SubmitAnswer shape)
{
    const ApiContext &context = call->context();
    const Call &asked = *call;
    if (const auto *users = std::get_if<std::vector<model::UserId>>(&submission.to)) {
        const auto standing = context.services.limits.recipients(asked.principal(), users->size());
        if (!standing.allowed)
            return fail(std::move(call), service::Limits::refusal(standing));
    }
    if (submission.traceparent.isEmpty())
        submission.traceparent = asked.traceparent();
    if (asked.idempotency()) {
        submission.idempotency = asked.idempotency();
        submission.render = [shape](const ports::SubmitResult &result) { return shape.render(result); };
    }
    auditBroadcast(*call, submission);
    call->dropRequest();
    auto done = [shape = std::move(shape)](CallPtr made, ports::SubmitResult result) {
        answerSubmitted(std::move(made), shape, std::move(result));
    };
    context.services.submitter.submit(context.loop, asked.principal(), std::move(submission),
                                      orFail<ports::SubmitResult>(std::move(call), std::move(done)));
}

void postNotification(CallPtr call)
{
    auto request = readBody(*call);
    if (!request)
        return fail(std::move(call), request.error());
    SubmitAnswer shape{shapeOf(*request), std::move(request->ignored), call->requestId()};
    auto submission = submissionOf(*std::move(request), call->principal());
    if (!submission)
        return fail(std::move(call), submission.error());
    shape.readsInbox = readsAudience(*submission, call->principal());
    submit(std::move(call), *std::move(submission), std::move(shape));
}

void postBatch(CallPtr call)
{
    auto batch = protocol::parseBatch(call->body(), call->now());
    if (!batch)
        return fail(std::move(call), batch.error());
    std::vector<BatchRun::Item> items;
    items.reserve(batch->size());
    for (auto &request : *batch)
        items.push_back({std::move(request), {}, call->traceparent()});
    const bool isArray = call->body().trimmed().startsWith('[');
    BatchRun::start(std::move(call), std::move(items), {200, isArray ? "" : "/notifications", ""});
}

void patchNotification(CallPtr call)
{
    const auto id = model::Uuid::parse(call->parameter(0));
    if (!id)
        return fail(std::move(call), noSuchNotification());
    auto asked = protocol::parsePatch(call->body());
    if (!asked)
        return fail(std::move(call), asked.error());
    const ApiContext &context = call->context();
    const auth::Principal &who = call->principal();
    context.services.amendments.patch(context.loop, who, patchOf(*id, *std::move(asked)),
                                      itemReply(std::move(call), "Notification updated"));
}

void deleteNotification(CallPtr call)
{
    const auto id = model::Uuid::parse(call->parameter(0));
    if (!id)
        return fail(std::move(call), noSuchNotification());
    const ApiContext &context = call->context();
    const auth::Principal &who = call->principal();
    context.services.amendments.recall(context.loop, who, *id,
                                       messageReply(std::move(call), "Notification recalled"));
}

void cancelNotification(CallPtr call)
{
    const auto id = model::Uuid::parse(call->parameter(0));
    if (!id)
        return fail(std::move(call), noSuchNotification());
    const ApiContext &context = call->context();
    const auth::Principal &who = call->principal();
    context.services.amendments.cancel(context.loop, who, *id,
                                       itemReply(std::move(call), "Notification cancelled"));
}

void readNotification(CallPtr call)
{
    const auto id = model::Uuid::parse(call->parameter(0));
    if (!id)
        return fail(std::move(call), noSuchNotification());
    const ApiContext &context = call->context();
    const auth::Principal &who = call->principal();
    context.services.ops.markRead(context.loop, who, *id,
                                  messageReply(std::move(call), "Notification marked as read"));
}
} // namespace belfry::api
