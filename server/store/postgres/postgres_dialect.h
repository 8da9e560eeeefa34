#pragma once

#include "store/dialect.h"
#include "store/postgres/pg_url.h"

namespace belfry::store {
/// PostgreSQL 13 and later. Any number of processes may work on one database. Its durability is the
/// server's: weak settings are logged as a warning.
class PostgresDialect final : public Dialect
{
public:
    explicit PostgresDialect(PgTarget target);

    Result<MigrationReport> open(bool migrate) override;
    void close() override {}
    model::Epoch epoch() const override { return m_epoch; }
    Result<model::Epoch> renewEpoch() override;
    bool isExclusive() const override { return false; }
    Result<std::unique_ptr<WriteTx>> makeWriter() override;
    Result<std::unique_ptr<ReadSession>> makeReader() override;
    Result<std::unique_ptr<SearchIndexer>> makeIndexer() override;

private:
    const PgTarget m_target;
    model::Epoch m_epoch;
};
} // namespace belfry::store
