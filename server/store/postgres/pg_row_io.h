#pragma once

#include "store/postgres/pg_connection.h"
#include "store/read_session.h"
#include "store/row_columns.h"

namespace belfry::store {
// Between the columns of migrations/postgresql/0001 and rows: one place that knows their order.

/// A row of `SELECT external_id, n.*`; `user` stands in where external_id is NULL.
[[nodiscard]] NotificationRow readNotification(PgQuery &query, const model::UserId &user = {});
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
} // namespace belfry::store
