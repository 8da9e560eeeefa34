#pragma once

#include "model/result.h"

#include <vector>

namespace belfry::store {
/// One numbered, forward-only step of a schema, from `migrations/<dialect>/NNNN_verb_noun.sql`.
struct Migration
{
    int version = 0;
    model::Text name;     ///< the file's name
    model::Text checksum; ///< SHA-256 of the file, hex
    QByteArray sql;
};

struct AppliedMigration
{
    int version = 0;
    model::Text checksum;
};

struct MigrationReport
{
    int from = 0; ///< schema version before; 0: an empty database
    int to = 0;
};

/// What a database has to offer to be migrated. The caller holds the dialect's lock.
class MigrationTarget
{
public:
    virtual ~MigrationTarget() = default;
    /// Ascending; empty for an empty database.
    [[nodiscard]] virtual model::Result<std::vector<AppliedMigration>> applied() = 0;
    /// The step and its record, in one transaction.
    [[nodiscard]] virtual model::VoidResult apply(const Migration &migration) = 0;
};

/// The steps that are compiled in for `dialect` ("sqlite", "postgresql"), ascending.
[[nodiscard]] std::vector<Migration> migrationsOf(const model::Text &dialect);

/// Applies what is missing. Conflict: the database is newer than this program, a step was edited afterwards,
/// or something is to be done but `mayMigrate` is false; each with what to do.
[[nodiscard]] model::Result<MigrationReport>
runMigrations(MigrationTarget &target, const std::vector<Migration> &steps, bool mayMigrate);
} // namespace belfry::store
