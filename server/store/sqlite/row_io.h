#pragma once

#include "store/row_columns.h"
#include "store/sqlite/database.h"

namespace belfry::store {
// Between rows and the columns of migrations/sqlite/0001: one place that knows their order.

/// All columns of insert_notification.sql.
void bindInsert(Query &query, const NotificationRow &row, const model::Text &extra);
/// All of update_notification.sql.
void bindUpdate(Query &query, const NotificationRow &row, const model::Text &extra);
/// All of update_engagement.sql.
void bindEngagement(Query &query, const NotificationRow &row);
/// A row of `SELECT external_id, n.*`; `user` stands in where external_id is NULL.
[[nodiscard]] NotificationRow readNotification(Query &query, const model::UserId &user = {});
[[nodiscard]] LogRow readLogRow(Query &query);
[[nodiscard]] AnswerRow readAnswer(Query &query, const ports::IdempotencyKey &key);
} // namespace belfry::store
