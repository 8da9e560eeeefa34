#pragma once

#include "store/read_session.h"

namespace belfry::store {
/// Rows as one JSON text: the parameter of a statement over jsonb_to_recordset, so that a batch is one round
/// trip. A member that is left out is NULL.
class JsonRows
{
public:
    [[nodiscard]] bool isEmpty() const { return m_text.isEmpty(); }
    /// Begins the next one.
    JsonRows &row();
    JsonRows &add(const char *column, qint64 number);
    JsonRows &add(const char *column, const model::Text &text);
    JsonRows &add(const char *column, const model::Uuid &id);
    JsonRows &add(const char *column, model::Instant at) { return add(column, at.us); }
    JsonRows &add(const char *column, const model::MaybeInstant &at)
    {
        return at ? add(column, at->us) : *this;
    }
    JsonRows &addHex(const char *column, const QByteArray &bytes);
    /// Empty = NULL.
    JsonRows &addOptional(const char *column, const model::Text &text);
    [[nodiscard]] model::Text done() const { return m_text.isEmpty() ? "[]" : m_text + "}]"; }

private:
    void name(const char *column);
    model::Text m_text;
    bool m_first = true;
};

/// `["a","b"]`
[[nodiscard]] model::Text jsonTexts(const std::vector<model::UserId> &ids);
/// As PostgreSQL writes arrays: `{a,b}`
[[nodiscard]] model::Text arrayOf(const std::vector<model::Uuid> &ids);
[[nodiscard]] model::Text arrayOf(const std::vector<qint64> &numbers);

// What stands in insert_notifications.sql, update_notifications.sql and update_engagements.sql.
void addNotification(JsonRows &rows, const NotificationRow &row);
void addEngagement(JsonRows &rows, const NotificationRow &row);

/// The query that search_terms understands: each word behind its user's key, all of them, each as a prefix.
[[nodiscard]] model::Text searchQuery(UserKey user, const std::vector<model::Text> &words);
} // namespace belfry::store
