#pragma once

#include "store/rows.h"

namespace belfry::store {
/// LogRow::payload of State, Preferences and Alert entries. Stored for 30 days: members are only ever added.
[[nodiscard]] model::Text encodeOp(const model::Op &op);
[[nodiscard]] model::Op decodeOp(const model::Text &payload);
[[nodiscard]] model::Text encodeAlert(const model::AlertChange &alert);
[[nodiscard]] model::AlertChange decodeAlert(const model::Text &payload);

/// Ids one after the other, 16 bytes each (OpRow's superseded ones).
[[nodiscard]] QByteArray encodeIds(const QList<model::NotificationId> &ids);
[[nodiscard]] QList<model::NotificationId> decodeIds(const QByteArray &bytes);
} // namespace belfry::store
