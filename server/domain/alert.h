#pragma once

#include "model/change.h"

namespace belfry::domain {
/// How long a replayed entry may still alert (decisions H31).
inline constexpr model::Duration alertLife = std::chrono::minutes(5);

/// What a new (or renotified) item asks a client to do: by urgency; `toast` off → none. A critical one always
/// sounds.
[[nodiscard]] model::Alert alertOf(const model::Notification &item);

/// What this entry asks of the client that gets it now (decisions H31). Live: the entry's own alert.
/// Replayed: the same while its item is active and either unseen and younger than 5 minutes, or critical and
/// not acked; else none.
[[nodiscard]] model::Alert alertAtDelivery(const model::Change &change, bool replayed, model::Instant now);
} // namespace belfry::domain
