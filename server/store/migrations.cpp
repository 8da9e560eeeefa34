#include "store/migrations.h"

#include "store/sql_files.h"

#include <QCryptographicHash>

namespace belfry::store {
using model::ErrorCode;
using model::fail;

std::vector<Migration> migrationsOf(const model::Text &dialect)
{
    std::vector<Migration> steps;
    for (const SqlFile &file : sqlFiles("migrations/" + dialect)) {
        const int version = file.name.left(4).toInt();
        const model::Text sum = QCryptographicHash::hash(file.sql, QCryptographicHash::Sha256).toHex();
        steps.push_back({version, file.name, sum, file.sql});
    }
    return steps;
}

namespace {
model::VoidResult checkApplied(const std::vector<AppliedMigration> &applied,
                               const std::vector<Migration> &steps)
{
    const int known = steps.empty() ? 0 : steps.back().version;
    if (!applied.empty() && applied.back().version > known)
        return fail(ErrorCode::Conflict,
                    "the database has schema version " + QByteArray::number(applied.back().version) +
                        ", this program knows only " + QByteArray::number(known) +
                        ": start the newer belfryd again, or restore a backup from before the upgrade");
    for (std::size_t i = 0; i < applied.size(); ++i) {
        if (applied[i].version != steps[i].version || applied[i].checksum != steps[i].checksum)
            return fail(ErrorCode::Conflict,
                        "migration " + steps[i].name +
                            " differs from the one that made this database: use the release that made it; "
                            "migrations are never edited");
    }
    return {};
}
} // namespace

model::Result<MigrationReport> runMigrations(MigrationTarget &target, const std::vector<Migration> &steps,
                                             bool mayMigrate)
{
    const auto applied = target.applied();
    if (!applied)
        return tl::unexpected(applied.error());
    if (auto checked = checkApplied(*applied, steps); !checked)
        return tl::unexpected(checked.error());
    MigrationReport report{applied->empty() ? 0 : applied->back().version, 0};
    report.to = steps.empty() ? 0 : steps.back().version;
    if (report.to > report.from && !mayMigrate)
        return fail(ErrorCode::Conflict, "the database has schema version " +
                                             QByteArray::number(report.from) + ", this program needs " +
                                             QByteArray::number(report.to) + ": run `belfryd migrate`");
    for (std::size_t i = applied->size(); i < steps.size(); ++i) {
        if (auto done = target.apply(steps[i]); !done)
            return tl::unexpected(done.error());
    }
    return report;
}
} // namespace belfry::store
