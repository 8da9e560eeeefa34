#pragma once

#include "store/rows.h"

namespace belfry::store {
/// The members of a content that have no column of their own (channels, actions, progress, icon, link,
/// thread, actor) as one JSON text; empty when all of them are empty, which is the usual case.
[[nodiscard]] model::Text encodeExtra(const model::Content &content);
void decodeExtra(const model::Text &extra, model::Content &content);

/// Flags of a notification that no query asks for, as one number.
[[nodiscard]] int encodeMarks(const NotificationRow &row);
void decodeMarks(int marks, NotificationRow &row);

/// A broadcast's or topic's submit, without recipients, idempotency and render.
[[nodiscard]] model::Text encodeJob(const ports::Submit &submit);
[[nodiscard]] ports::Submit decodeJob(const model::Text &payload);
} // namespace belfry::store
