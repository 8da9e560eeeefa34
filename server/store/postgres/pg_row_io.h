#pragma once

#include "store/page_bytes.h"
#include "store/postgres/pg_connection.h"
#include "store/read_session.h"
#include "store/row_columns.h"

#include <algorithm>

namespace belfry::store {
// Between the columns of migrations/postgresql/0001 and rows: one place that knows their order.

/// A row of `SELECT external_id, n.*`; `user` stands in where external_id is NULL.
[[nodiscard]] NotificationRow readNotification(PgQuery &query, const model::UserId &user = {});
/// The query `name`, whose rows are notifications in the order `order`, as far as a page has room for them,
/// and the one that goes over. Its columns and one more.
[[nodiscard]] PgStatement pageStatement(PgConnection &db, const char *name, const char *order);
/// All of `SELECT key, external_id, head, floor, unseen, unread, read_up_to, read_up_to_at`.
[[nodiscard]] UserRow readUser(PgQuery &query);
[[nodiscard]] LogRow readLogRow(PgQuery &query);
[[nodiscard]] AnswerRow readAnswer(PgQuery &query, const ports::IdempotencyKey &key);
[[nodiscard]] JobTarget readTarget(PgQuery &query);

/// Runs a query whose rows begin with the place of their question, 1 and up, and lets `read` fill that place
/// of `out`, which gets `count` more.
template<typename T, typename Read>
[[nodiscard]] VoidResult readPlaces(PgQuery &query, std::size_t count, std::vector<T> &out, Read read)
{
    const std::size_t first = out.size();
    out.resize(first + count);
    while (query.next()) {
        const auto place = static_cast<std::size_t>(query.number()) - 1;
        read(place, out.at(first + place));
    }
    return query.outcome();
}

/// A query whose rows are notifications, for pages. libpq has all of a result in memory before its first row
/// is looked at: so a few rows come plainly, however large they are, and what a page wants beyond them is
/// weighed by PostgreSQL, which costs it half as much again for each.
class PgPage
{
public:
    static constexpr int few = 64;

    PgPage(PgConnection &db, const char *name, const char *order)
        : m_few(db, name)
        , m_rest(pageStatement(db, name, order))
    {
    }

    /// `bind(query, limit, after)` binds all there is, for rows behind `after`; null: for the first.
    template<typename Bind>
    [[nodiscard]] VoidResult read(int limit, const model::UserId &user, std::vector<NotificationRow> &out,
                                  Bind bind)
    {
        PageBytes page;
        const auto part = [&](PgStatement &statement, int most, const model::Notification *after) {
            PgQuery query(statement);
            bind(query, qint64(most), after);
            readWhileRoom(query, page, out, [&user](PgQuery &row) { return readNotification(row, user); });
            return query.outcome();
        };
        VoidResult done = part(m_few, std::min(limit, few), nullptr);
        if (done && limit > few && std::ssize(out) == few && !page.isOver())
            done = part(m_rest, limit - few, &out.back().item);
        return done;
    }

private:
    PgStatement m_few;
    PgStatement m_rest;
};
} // namespace belfry::store
