#include "api/batch_run.h"

#include "api/api_context.h"
#include "api/send_request.h"
#include "protocol/json_writer.h"

namespace belfry::api {
void BatchRun::start(CallPtr call, protocol::BatchRequest batch)
{
    BatchRun run;
    run.m_elements.resize(batch.size());
    std::vector<service::Submission> submissions;
    for (std::size_t place = 0; place < batch.size(); ++place) {
        auto submission = run.prepare(*call, std::move(batch[place]), place);
        if (submission)
            submissions.push_back(*std::move(submission));
        else
            run.m_elements[place] = failedElement(submission.error(), call->requestId());
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

model::Result<service::Submission>
BatchRun::prepare(const Call &call, model::Result<protocol::NotificationRequest> request, std::size_t place)
{
    if (!request)
        return tl::unexpected(request.error());
    SubmitAnswer shape{shapeOf(*request), std::move(request->ignored), call.requestId()};
    auto submission = submissionOf(*std::move(request), call.principal());
    if (!submission)
        return submission;
    submission->traceparent = call.traceparent();
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
            element = failedElement(results[i].error(), call->requestId());
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
    answer(std::move(call), 200, std::move(body));
}
} // namespace belfry::api
