#include "api/batch_run.h"

#include "api/api_context.h"
#include "api/audit_note.h"
#include "api/send_request.h"
#include "protocol/json_writer.h"

namespace belfry::api {
namespace {
/// How many notifications come of it, as far as that is known now.
model::Result<std::size_t> recipientsOf(const std::vector<BatchRun::Item> &items,
                                        const BatchRun::Shape &shape)
{
    std::size_t sum = 0;
    for (std::size_t place = 0; place < items.size(); ++place) {
        const auto &request = items[place].request;
        sum += request ? std::max<std::size_t>(request->users.size(), 1) : 1;
        if (sum <= protocol::maxBatchRecipients)
            continue;
        model::Text pointer = shape.array.toByteArray() + '/' + QByteArray::number(qulonglong(place));
        if (request && request->many)
            pointer += shape.inside.toByteArray() + "/user_ids";
        return model::failField(model::ErrorCode::Invalid, pointer,
                                "goes beyond 10,000 recipients for the whole batch: send the rest in another "
                                "one, or to a topic");
    }
    return sum;
}
} // namespace

void BatchRun::start(CallPtr call, std::vector<Item> items, Shape shape)
{
    const auto recipients = recipientsOf(items, shape);
    if (!recipients)
        return fail(std::move(call), recipients.error());
    const auto standing = call->context().services.limits.recipients(call->principal(), *recipients);
    if (!standing.allowed)
        return fail(std::move(call), service::Limits::refusal(standing));
    BatchRun run;
    run.m_status = shape.status;
    run.m_elements.resize(items.size());
    std::vector<service::Submission> submissions;
    for (std::size_t place = 0; place < items.size(); ++place) {
        const std::optional<model::Text> event = items[place].event;
        auto submission = run.prepare(*call, std::move(items[place]), place);
        if (submission) {
            auditBroadcast(*call, *submission);
            submissions.push_back(*std::move(submission));
        } else {
            run.m_elements[place] = failedElement(submission.error(), call->requestId(), event);
        }
    }
    if (submissions.empty())
        return run.finish(std::move(call), {});
    const ApiContext &context = call->context();
    const auth::Principal &who = call->principal();
    context.services.submitter.submitBatch(
        context.loop, who, std::move(submissions),
        [run = std::move(run), call = std::move(call)](service::Submitter::BatchResult results) mutable {
            const runtime::LogContext logs = call->logContext();
            run.finish(std::move(call), std::move(results));
        });
}

model::Result<service::Submission> BatchRun::prepare(const Call &call, Item &&item, std::size_t place)
{
    if (!item.request)
        return tl::unexpected(item.request.error());
    protocol::NotificationRequest &request = *item.request;
    const SubmitShape kind = item.event ? SubmitShape::Event : shapeOf(request);
    SubmitAnswer shape{kind, std::move(request.ignored), call.requestId(),
                       item.event.value_or(model::Text())};
    auto submission = submissionOf(std::move(request), call.principal());
    if (!submission)
        return submission;
    shape.readsInbox = readsAudience(*submission, call.principal());
    submission->traceparent = item.traceparent;
    if (call.idempotency()) {
        submission->idempotency = call.idempotency();
        submission->render = [shape](const ports::SubmitResult &result) {
            return shape.renderElement(result);
        };
    }
    m_pending.push_back({place, std::move(shape)});
    return submission;
}

void BatchRun::finish(CallPtr call, service::Submitter::BatchResult results)
{
    for (std::size_t i = 0; i < results.size(); ++i) {
        const Pending &pending = m_pending[i];
        QByteArray &element = m_elements[pending.place];
        if (!results[i])
            element = pending.shape.renderFailure(results[i].error());
        else if (results[i]->replayed)
            element = results[i]->replayed->body;
        else
            element = pending.shape.renderElement(*results[i]).body;
    }
    QByteArray body;
    protocol::JsonWriter json(body);
    json.beginObject().key("data").beginArray();
    for (const QByteArray &element : m_elements)
        json.verbatim(element);
    json.endArray().endObject().finish();
    answer(std::move(call), m_status, std::move(body));
}
} // namespace belfry::api
