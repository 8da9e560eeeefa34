#pragma once

#include "store/page_bytes.h"
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

/// A query whose rows are notifications, for pages. SQLite makes a row when it is asked for it: who stops has
/// read no more.
class SqlitePage
{
public:
    SqlitePage(Database &db, const char *name, const char * /*order*/)
        : m_statement(db, name)
    {
    }

    /// `bind(query, limit, after)` binds all there is; `after` is always null: for the first rows.
    template<typename Bind>
    [[nodiscard]] VoidResult read(int limit, const model::UserId &user, std::vector<NotificationRow> &out,
                                  Bind bind)
    {
        Query query(m_statement);
        bind(query, qint64(limit), static_cast<const model::Notification *>(nullptr));
        readWhileRoom(query, out, [&user](Query &row) { return readNotification(row, user); });
        return query.outcome();
    }

private:
    Statement m_statement;
};
} // namespace belfry::store
