#pragma once

#include "model/op.h"

namespace belfry::inbox {
/// In the life of its own: not held, suppressed, recalled, expired or dead.
[[nodiscard]] bool isAlive(const model::Notification &item);

/// Whether the op speaks of this item: by its id, or as one of those that "everything up to" means for this
/// op (the ones of the list in which a person would press it: the server's rule).
[[nodiscard]] bool isMeant(const model::Notification &item, const model::Op &op);

/// An op as the log tells it: what it lost against is left out already, so it holds as it stands (H24).
/// `at`: when it was applied, for ops that do not say.
void applyTold(model::Notification &item, const model::Op &op, model::Instant at);

/// An op that the server has not answered for: what it will most likely make of it (semantics 16). False: it
/// will be refused or change nothing, so nothing is shown of it.
[[nodiscard]] bool applyLikely(model::Notification &item, const model::Op &op, model::Instant now);

/// It asks for an acknowledgement and has none: it is neither archived nor deleted before (H61).
[[nodiscard]] bool waitsForAck(const model::Notification &item);
} // namespace belfry::inbox
