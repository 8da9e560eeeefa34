#pragma once

#include "model/change.h"
#include "model/result.h"

#include <QByteArrayView>

namespace belfry::protocol {
class JsonWriter;

/// The one form of a notification for REST, frames, snapshots and brokers (decisions H11): flat, every member
/// always there, null where there is no value. Added to H11's list: `source`, `thread`, `event_id`,
/// `created_seq`, `suppress_reason`. A recalled one is `{"id", "gone": true}` and nothing else (H21).
void appendItem(QByteArray &out, const model::Notification &item);
void appendItem(JsonWriter &json, const model::Notification &item);
/// As the answer that accepts it shows it: `status` is S1's "queued", however far it is already (H12).
void appendAcceptedItem(JsonWriter &json, const model::Notification &item);

/// One log entry: `{"seq", "kind", "at", "traceparent", "alert", "item"}` (H21, H24, H25, H31); seq 0 is null
/// (H15).
void appendChange(QByteArray &out, const model::Change &change);
void appendChange(JsonWriter &json, const model::Change &change);
/// The same members without the braces and without `alert`: what all receivers of a frame share.
void appendChangeMembers(QByteArray &out, const model::Change &change);

/// Back again, for clients. Unknown members are skipped, missing ones have their defaults; only an id must be
/// there. `data` comes back with the same values, not byte for byte. Malformed, Invalid.
[[nodiscard]] model::Result<model::Notification> parseItem(QByteArrayView json);
/// A gone item is model::Gone. An unknown kind is Invalid: callers skip it.
[[nodiscard]] model::Result<model::Change> parseChange(QByteArrayView json);
} // namespace belfry::protocol
