#pragma once

#include "store/postgres/pg_connection.h"
#include "store/rows.h"

namespace belfry::store {
/// Rows as one array a column: the parameters of a statement over unnest(), so that a batch is one statement.
/// Each row adds to all columns, in their order.
class PgRows
{
public:
    [[nodiscard]] bool isEmpty() const { return m_columns.empty(); }
    /// Begins the next one.
    PgRows &row();
    PgRows &add(qint64 number);
    PgRows &add(const model::Text &text);
    PgRows &add(const model::Uuid &id);
    PgRows &add(model::Instant at) { return add(at.us); }
    PgRows &add(const model::MaybeInstant &at) { return at ? add(at->us) : addNull(); }
    PgRows &addBlob(const QByteArray &bytes);
    /// Empty = NULL.
    PgRows &addOptional(const model::Text &text) { return text.isEmpty() ? addNull() : add(text); }
    PgRows &addNull();
    /// Ends them; to be bound once.
    PgQuery &bindTo(PgQuery &query);

private:
    [[nodiscard]] QByteArray &column();
    std::vector<QByteArray> m_columns;
    std::size_t m_next = 0;
};

/// As PostgreSQL writes arrays: `{a,b}`
[[nodiscard]] model::Text arrayOf(const std::vector<model::UserId> &ids);
[[nodiscard]] model::Text arrayOf(const std::vector<model::Uuid> &ids);
[[nodiscard]] model::Text arrayOf(const std::vector<qint64> &numbers);

// What stands in insert_notifications.sql, update_notifications.sql and update_engagements.sql.
void addNotification(PgRows &rows, const NotificationRow &row);
void addEngagement(PgRows &rows, const NotificationRow &row);

/// The query that search_terms understands: each word behind its user's key, all of them, each as a prefix.
[[nodiscard]] model::Text searchQuery(UserKey user, const std::vector<model::Text> &words);
} // namespace belfry::store
