#pragma once

#include "model/op.h"
#include "protocol/field_reading.h"

namespace belfry::protocol {
class JsonWriter;

/// `{op_id, set, ids | upto_seq, except?, at, until}` (H24), as an object of its own or as members of a
/// larger one.
void appendOp(JsonWriter &json, const model::Op &op);
void appendOpMembers(JsonWriter &json, const model::Op &op);
void appendApplied(JsonWriter &json, const model::OpApplied &applied);
[[nodiscard]] model::OpApplied readApplied(simdjson::dom::object object, const model::Text &at,
                                           FieldErrors &errors);

/// Any number of them: what the server tells has no limit (H24).
[[nodiscard]] QList<model::NotificationId> readIds(const Member &member, FieldErrors &errors);
} // namespace belfry::protocol
