#pragma once

#include "protocol/json_reader.h"
#include "protocol/problem.h"

namespace belfry::protocol {
/// A problem inside another message; what is missing stays empty.
[[nodiscard]] Problem readProblem(simdjson::dom::object object);
} // namespace belfry::protocol
