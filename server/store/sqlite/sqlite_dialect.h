#pragma once

#include "store/dialect.h"
#include "store/sqlite/lock_file.h"

namespace belfry::store {
/// SQLite in WAL mode, synchronous=FULL. One process at a time.
class SqliteDialect final : public Dialect
{
public:
    /// `folder` holds the lock file; empty: the database's own. `vfs`: see Database.
    SqliteDialect(model::Text path, QString folder, const char *vfs = nullptr);

    Result<MigrationReport> open(bool migrate) override;
    void close() override;
    model::Epoch epoch() const override { return m_epoch; }
    Result<model::Epoch> renewEpoch() override;
    bool isExclusive() const override { return true; }
    Result<std::unique_ptr<WriteTx>> makeWriter() override;
    Result<std::unique_ptr<ReadSession>> makeReader() override;
    Result<std::unique_ptr<SearchIndexer>> makeIndexer() override;

private:
    [[nodiscard]] Result<MigrationReport> migrateFile(bool migrate);

    model::Text m_path;
    QString m_folder;
    const char *m_vfs;
    LockFile m_lock;
    model::Epoch m_epoch;
};
} // namespace belfry::store
