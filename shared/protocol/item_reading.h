#pragma once

#include "model/change.h"
#include "protocol/field_reading.h"

namespace belfry::protocol {
/// Items and changes inside larger documents. What is bad is added to `errors` under `at`.
[[nodiscard]] model::Notification readItem(simdjson::dom::object object, const model::Text &at,
                                           FieldErrors &errors);
[[nodiscard]] model::Change readChange(simdjson::dom::object object, const model::Text &at,
                                       FieldErrors &errors);
/// `{op_id, set, ids | upto_seq, except?, at, until}`; what the rules of an op ask for is checked (H24).
[[nodiscard]] model::Op readOp(simdjson::dom::object object, const model::Text &at, FieldErrors &errors);
/// The same, as the server is asked for it: at most `maxIdsPerOp` ids.
[[nodiscard]] model::Op readRequestedOp(simdjson::dom::object object, const model::Text &at,
                                        FieldErrors &errors);
} // namespace belfry::protocol
