#pragma once

#include "store/rows.h"

namespace belfry::store {
/// How long an answer is kept for its Idempotency-Key (semantics 7).
inline constexpr model::Duration answerWindow = model::days(1);
/// How long an op id is remembered (semantics 16).
inline constexpr model::Duration opWindow = model::days(7);

/// The answer that stands for `key`, if any. IdempotencyReuse: it was another body.
[[nodiscard]] model::Result<std::optional<ports::StoredAnswer>>
standingAnswer(const AnswerRow *row, const ports::IdempotencyKey &key, model::Instant now);
} // namespace belfry::store
