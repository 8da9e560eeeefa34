#pragma once

#include "store/workspace.h"

namespace belfry::store {
/// What storing `submit` for these recipients needs; without its answer.
void needForSubmit(const ports::Submit &submit, const std::vector<ports::Recipient> &recipients,
                   Needs &needs);

/// Stores one recipient's notification: deduplicated, suppressed, held, collapsed or created, in this order
/// of precedence (semantics 7–9, H36, H58, H59, H86).
[[nodiscard]] ports::SubmittedItem submitTo(Workspace &work, const ports::Submit &submit,
                                            const ports::Recipient &recipient);

/// Places a held item now by the decision made for its release; answers false when nothing was held.
bool release(Workspace &work, Workspace::Item &item, const ports::Recipient &decision, model::Instant now);

/// Someone has to look at it again: unseen and unread (H59). An ack belonged to the revision that it was
/// given for, also one that comes later with its time.
void forgetAttention(model::Engagement &engagement, model::Instant now);
} // namespace belfry::store
