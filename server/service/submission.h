#pragma once

#include "domain/times.h"
#include "ports/submit.h"

#include <variant>

namespace belfry::service {
/// Everybody who is known when the submit is accepted (H14).
struct Everybody
{
    friend bool operator==(const Everybody &, const Everybody &) = default;
};

/// Exactly one of them, by its type.
using Audience = std::variant<model::UserId, std::vector<model::UserId>, model::TopicName, Everybody>;

/// What becomes of a notification to the one who caused it (semantics 11).
enum class OwnAction : quint8 {
    Suppress, ///< stored as suppressed(own_action)
    Skip,     ///< nothing is made: S4 (H45)
};

/// One request to notify, as any way in hands it over: parsed, every text valid and within the limits of its
/// member (shared/protocol), nothing decided yet.
struct Submission
{
    Audience to;
    model::Content content;
    domain::WishedTimes times;
    model::Duration dedupeWindow = model::days(1); ///< over 0, at most 7 d
    bool renotify = false;
    bool legacyId = false; ///< S2, S4: give each a legacy id (H43)
    OwnAction ownAction = OwnAction::Suppress;
    model::Text traceparent;
    std::optional<ports::IdempotencyKey> idempotency;
    /// Writes the answer that is kept with the key; needed with `idempotency`, not used without. Pure: runs
    /// on the writer lane or on a loop.
    std::function<ports::StoredAnswer(const ports::SubmitResult &)> render;
};

inline constexpr std::size_t maxUsers = 1'000;      ///< of one submission (H14)
inline constexpr std::size_t maxBatchItems = 1'000; ///< semantics 18
} // namespace belfry::service
