#include "protocol/event_envelope.h"

#include "protocol/json_writer.h"

namespace belfry::protocol {
void beginEvent(JsonWriter &json, const EventEnvelope &envelope)
{
    json.beginObject();
    json.key("specversion").text("1.0");
    json.key("id").text(envelope.id);
    json.key("source").text("/belfry");
    json.key("type").text(envelope.type);
    json.key("subject").text(envelope.subject);
    json.key("time").time(envelope.time);
    json.key("datacontenttype").text("application/json");
    if (!envelope.traceparent.isEmpty())
        json.key("traceparent").text(envelope.traceparent);
    json.key("data");
}
} // namespace belfry::protocol
