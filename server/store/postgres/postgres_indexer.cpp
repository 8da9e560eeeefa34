#include "store/postgres/postgres_indexer.h"

namespace belfry::store {
namespace {
/// Ends with the transaction. Two that index at once could put an older text over a newer one.
constexpr char lockIndex[] = "SELECT pg_advisory_xact_lock(hashtext('belfry search index'))";
} // namespace

PostgresIndexer::PostgresIndexer(PgTarget target)
    : m_db(std::move(target))
{
}

PostgresIndexer::~PostgresIndexer()
{
    m_db.close(); // before the statements
}

VoidResult PostgresIndexer::connect()
{
    return m_db.open();
}

Result<SearchIndexer::Step> PostgresIndexer::step(int limit)
{
    if (auto begun = m_db.begin("BEGIN"); !begun)
        return tl::unexpected(begun.error());
    auto done = indexSome(limit);
    const VoidResult ended = m_db.exec(done ? "COMMIT" : "ROLLBACK");
    if (done && !ended)
        return tl::unexpected(ended.error());
    return done;
}

Result<SearchIndexer::Step> PostgresIndexer::indexSome(int limit)
{
    if (auto locked = m_db.exec(lockIndex); !locked)
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
