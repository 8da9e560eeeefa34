#pragma once

#include "store/dialect.h"
#include "store/postgres/pg_connection.h"

namespace belfry::store {
/// Moves what was committed with the rows (search_pending) into the index. Of the servers that share the
/// database one at a time. Used on one thread.
class PostgresIndexer final : public SearchIndexer
{
public:
    explicit PostgresIndexer(PgTarget target);

    VoidResult connect();
    Result<Step> step(int limit) override;

private:
    Result<Step> indexSome(int limit);

    PgConnection m_db;
    PgStatement m_lock{m_db, "lock_words"};
    PgStatement m_index{m_db, "index_pending"};
    PgStatement m_count{m_db, "count_pending"};
};
} // namespace belfry::store
