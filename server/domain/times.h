#pragma once

#include "model/instant.h"
#include "model/result.h"

namespace belfry::domain {
inline constexpr model::Duration defaultTtl = model::days(30);
inline constexpr model::Duration scheduleLimit = model::days(366); ///< "1 y" (H36), leap years included
inline constexpr std::chrono::seconds ttlLimit = std::chrono::hours(24 * 3660);
inline constexpr model::Duration dedupeLimit = model::days(7);

/// When a submit happens and ends, as the sender said it.
struct WishedTimes
{
    model::MaybeInstant scheduledFor;
    std::optional<std::chrono::seconds> ttl;
    model::MaybeInstant expiresAt;
};

struct Times
{
    model::MaybeInstant scheduledFor; ///< in the future, else absent
    model::MaybeInstant expiresAt;
    bool liveOnly = false; ///< ttl 0: not stored (semantics 9)
};

/// Semantics 9, decisions H36: what is scheduled in the past is sent now; ttl counts from the due time; of
/// ttl and expires_at the earlier one counts; neither: 30 d. Invalid, naming the member: negative or absurd
/// ttl, over a year ahead, an end in the past or not after scheduled_for, ttl 0 with scheduled_for.
[[nodiscard]] model::Result<Times> resolveTimes(const WishedTimes &wish, model::Instant now);
} // namespace belfry::domain
