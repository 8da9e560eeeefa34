#pragma once

#include "model/instant.h"
#include "model/text.h"

namespace belfry::protocol {
class JsonWriter;

/// The attributes of a CloudEvent 1.0 that the server sends; its source is always `/belfry`.
struct EventEnvelope
{
    model::Text id;
    model::Text type;
    model::Text subject; ///< the user's id
    model::Instant time;
    model::Text traceparent; ///< empty: left out
};

/// Structured mode, JSON: begins the object and ends behind the key `data`. The caller writes its value and
/// ends the object.
void beginEvent(JsonWriter &json, const EventEnvelope &envelope);
} // namespace belfry::protocol
