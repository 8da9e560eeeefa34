#pragma once

#include "protocol/notification_request.h"

namespace belfry::protocol {
/// A CloudEvent 1.0 that asks for a notification (decisions H49): `data` is a body of POST /notifications.
/// Who gets it: what `data` says, else `partitionkey`, else `subject`. `type` is the category; source and id
/// are the dedupe key where `data` gives none (semantics 7), and `source` speaks where it names nobody.
struct CloudEvent
{
    model::Text id;
    model::Text source;
    model::Text type;
    model::Text subject;
    model::Text partitionKey;
    model::Text traceparent; ///< distributed tracing extension, as it came
    model::Text data = "{}"; ///< JSON text of an object

    friend bool operator==(const CloudEvent &, const CloudEvent &) = default;
};

/// Structured mode. Malformed: not JSON. Invalid: every bad attribute, with its pointer.
[[nodiscard]] model::Result<CloudEvent> parseCloudEvent(QByteArrayView json);

/// Binary mode: attributes by their names ("id", not "ce-id"), decoded; `body` is the data. Errors as above.
[[nodiscard]] model::Result<CloudEvent>
parseCloudEvent(const QList<std::pair<model::Text, model::Text>> &attributes, QByteArrayView body);

/// Batch mode: the events as they stand in the array, 1-1,000. Malformed, Invalid.
[[nodiscard]] model::Result<std::vector<QByteArrayView>> splitCloudEvents(QByteArrayView json);

/// What the event asks for. Errors as of a body, with pointers below /data.
[[nodiscard]] model::Result<NotificationRequest> parseNotification(const CloudEvent &event,
                                                                   model::Instant now);
} // namespace belfry::protocol
