#include "api/event_routes.h"

#include "api/api_context.h"
#include "api/batch_run.h"
#include "api/notification_routes.h"
#include "api/percent.h"
#include "api/send_request.h"
#include "api/trace_context.h"

namespace belfry::api {
namespace {
constexpr QByteArrayView headerPrefix = "ce-";
constexpr QByteArrayView batchType = "application/cloudevents-batch+json";
constexpr QByteArrayView eventType = "application/cloudevents+json";

bool isType(QByteArrayView contentType, QByteArrayView wanted)
{
    const qsizetype end = contentType.indexOf(';');
    return (end < 0 ? contentType : contentType.first(end)).trimmed().compare(wanted, Qt::CaseInsensitive) ==
           0;
}

using Attributes = QList<std::pair<model::Text, model::Text>>;

/// The HTTP binding, section 3.1.3.2: values are percent-encoded.
model::Result<Attributes> attributesOf(const net::HttpRequest &request)
{
    Attributes attributes;
    for (const net::Header &header : request.headers) {
        if (!header.name.startsWith(headerPrefix))
            continue;
        const auto value = decodePercent(header.value, Plus::Itself);
        if (!value)
            return model::failField(model::ErrorCode::Malformed, header.name, "is not percent-encoded UTF-8");
        attributes.append({header.name.sliced(headerPrefix.size()), *value});
    }
    attributes.append({"datacontenttype", request.header("content-type").toByteArray()});
    return attributes;
}

/// An event's trace goes on where it has one of its own.
model::Text traceOf(const Call &call, const protocol::CloudEvent &event)
{
    return event.traceparent.isEmpty() ? call.traceparent()
                                       : TraceContext::follow(event.traceparent).traceparent;
}

void submitOne(CallPtr call, EventMode mode)
{
    if (call->body().size() > bodyLimit)
        return fail(std::move(call),
                    {model::ErrorCode::TooLarge, "One event has at most 256 KiB; a batch 8 MiB.", {}, {}});
    const auto event = readEvent(call->request(), mode);
    if (!event)
        return fail(std::move(call), event.error());
    auto request = protocol::parseNotification(*event, call->now());
    if (!request)
        return fail(std::move(call), request.error());
    auto submission = submissionOf(*std::move(request), call->principal());
    if (!submission)
        return fail(std::move(call), submission.error());
    SubmitAnswer shape{SubmitShape::Event, {}, call->requestId(), event->id};
    submission->traceparent = traceOf(*call, *event);
    submit(std::move(call), *std::move(submission), std::move(shape));
}

BatchRun::Item itemOf(const Call &call, QByteArrayView json)
{
    auto event = protocol::parseCloudEvent(json);
    if (!event)
        return {tl::unexpected(std::move(event.error())), model::Text(), call.traceparent()};
    return {protocol::parseNotification(*event, call.now()), event->id, traceOf(call, *event)};
}

void submitMany(CallPtr call)
{
    const auto events = protocol::splitCloudEvents(call->body());
    if (!events)
        return fail(std::move(call), events.error());
    std::vector<BatchRun::Item> items;
    items.reserve(events->size());
    for (const QByteArrayView event : *events)
        items.push_back(itemOf(*call, event));
    BatchRun::start(std::move(call), std::move(items), {202, "", "/data"});
}
} // namespace

EventMode eventMode(const net::HttpRequest &request)
{
    const QByteArrayView type = request.header("content-type");
    if (isType(type, batchType))
        return EventMode::Batch;
    if (isType(type, eventType))
        return EventMode::Structured;
    return request.has("ce-specversion") || request.has("ce-id") ? EventMode::Binary : EventMode::None;
}

model::Result<protocol::CloudEvent> readEvent(const net::HttpRequest &request, EventMode mode)
{
    if (mode != EventMode::Binary)
        return protocol::parseCloudEvent(request.body);
    const auto attributes = attributesOf(request);
    if (!attributes)
        return tl::unexpected(attributes.error());
    return protocol::parseCloudEvent(*attributes, request.body);
}

void postEvents(CallPtr call)
{
    EventMode mode = eventMode(call->request());
    if (mode == EventMode::None) // plain JSON: what it looks like
        mode = call->body().trimmed().startsWith('[') ? EventMode::Batch : EventMode::Structured;
    if (mode == EventMode::Batch)
        return submitMany(std::move(call));
    submitOne(std::move(call), mode);
}
} // namespace belfry::api
