#include "store/postgres/postgres_indexer.h"

namespace belfry::store {
PostgresIndexer::PostgresIndexer(PgTarget target)
    : m_db(std::move(target))
{
}

VoidResult PostgresIndexer::connect()
{
    return m_db.open();
}

Result<SearchIndexer::Step> PostgresIndexer::step(int limit)
{
    if (auto begun = m_db.begin(); !begun)
        return tl::unexpected(begun.error());
    auto done = indexSome(limit);
    if (!done) {
        m_db.rollback();
        return done;
    }
    if (auto ended = m_db.commit(); !ended)
        return tl::unexpected(ended.error());
    return done;
}

Result<SearchIndexer::Step> PostgresIndexer::indexSome(int limit)
{
    if (auto locked = PgQuery(m_lock).keepBack(); !locked)
        return tl::unexpected(locked.error());
    Step step;
    {
        PgQuery query(m_index);
        query.bind(qint64(limit));
        if (query.next())
            step.done = static_cast<int>(query.number());
        if (auto done = query.outcome(); !done)
            return tl::unexpected(done.error());
    }
    PgQuery query(m_count);
    if (query.next())
        step.lag = query.number();
    if (auto done = query.outcome(); !done)
        return tl::unexpected(done.error());
    return step;
}
} // namespace belfry::store
