#pragma once

#include "api/call.h"
#include "protocol/cloud_event.h"

namespace belfry::api {
/// CloudEvents 1.0 in: structured, batch and binary mode (decisions H49). 202 `{data: [{id, status,
/// notification_ids}]}`; a bad event of a batch has its own problem there, a bad one alone is the answer.
void postEvents(CallPtr call);

/// How a body says that it is a CloudEvent: by its media type, or by headers (the HTTP binding, section 3).
enum class EventMode { None, Structured, Batch, Binary };
[[nodiscard]] EventMode eventMode(const net::HttpRequest &request);

/// The event of a request in structured or binary mode.
[[nodiscard]] model::Result<protocol::CloudEvent> readEvent(const net::HttpRequest &request, EventMode mode);
} // namespace belfry::api
