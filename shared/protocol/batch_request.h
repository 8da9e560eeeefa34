#pragma once

#include "protocol/notification_request.h"

namespace belfry::protocol {
inline constexpr std::size_t maxBatch = 1000;
/// Of all items together: what is held until the last of them is stored (decisions H112).
inline constexpr std::size_t maxBatchRecipients = 10'000;

/// Body of POST /notifications:batch: an array of notifications, or `{"notifications": [...]}`. Each item has
/// its own result, its pointers begin with its place in the body. Malformed: brackets, quotes or commas do
/// not fit; Invalid: no array, no item or over 1,000.
using BatchRequest = std::vector<model::Result<NotificationRequest>>;
[[nodiscard]] model::Result<BatchRequest> parseBatch(QByteArrayView json, model::Instant now);
} // namespace belfry::protocol
