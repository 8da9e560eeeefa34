#pragma once

#include "protocol/answers.h"

namespace belfry::client {
enum class Compatibility { Good, ServerTooOld, ServerTooNew };
[[nodiscard]] Compatibility compatibilityOf(const protocol::WellKnown &server);

/// Can this client talk with that server (decisions H84)? Conflict, with the reason in words: one of the two
/// is too old.
[[nodiscard]] model::VoidResult checkCompatible(const protocol::WellKnown &server);
} // namespace belfry::client
