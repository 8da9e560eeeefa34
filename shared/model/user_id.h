#pragma once

#include "model/result.h"
#include "model/strong_id.h"

namespace belfry::model {
inline constexpr int maxIdCharacters = 128;

/// The rules of an external id: 1–128 code points, valid UTF-8, no control characters. `pointer` names the
/// member in the error.
[[nodiscard]] Result<UserId> makeUserId(const Text &text, const Text &pointer);

/// A canonical decimal below 2^53 ("0", "17", not "017"): legacy answers write it as a number (decisions
/// H43).
[[nodiscard]] std::optional<qint64> asInteger(const UserId &id);
} // namespace belfry::model
