#pragma once

#include "model/change.h"

#include <optional>

namespace belfry::bench {
/// What `watch` prints for one entry of the log, without the end of the line: one line of UTF-8, the local
/// time, what happened, title and message. Control characters are shown as spaces: a sender must not steer
/// the reader's terminal. None for what is no news to a reader (states, preferences, alerts).
[[nodiscard]] std::optional<model::Text> lineFor(const model::Change &change);
} // namespace belfry::bench
