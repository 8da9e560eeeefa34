#include "store/open_store.h"

#include "store/engine.h"
#include "store/memory/memory_dialect.h"
#include "store/postgres/postgres_dialect.h"
#include "store/sqlite/sqlite_dialect.h"

namespace belfry::store {
using model::ErrorCode;
using model::Result;

namespace {
Result<std::unique_ptr<Dialect>> dialectFor(const StoreOptions &options)
{
    const model::Text &url = options.url;
    if (url == "memory:")
        return std::make_unique<MemoryDialect>();
    if (url.startsWith("sqlite:///"))
        return std::make_unique<SqliteDialect>(url.mid(9), options.dataDir);
    if (url.startsWith("postgresql://") || url.startsWith("postgres://")) {
        const auto target = parsePgUrl(url);
        if (!target)
            return tl::unexpected(target.error());
        return std::make_unique<PostgresDialect>(*target);
    }
    return model::fail(ErrorCode::Unavailable, "unknown database URL: use sqlite:///absolute/path or "
                                               "postgresql://user:password@host:port/name");
}
} // namespace

std::unique_ptr<ports::Store> openStore(const StoreOptions &options, const runtime::Clock &clock)
{
    return std::make_unique<Engine>(dialectFor(options), options, clock);
}

Result<MigrationReport> migrate(const StoreOptions &options)
{
    auto dialect = dialectFor(options);
    if (!dialect)
        return tl::unexpected(dialect.error());
    auto report = (*dialect)->open(true);
    (*dialect)->close();
    return report;
}

Result<model::Epoch> newEpoch(const StoreOptions &options)
{
    auto dialect = dialectFor(options);
    if (!dialect)
        return tl::unexpected(dialect.error());
    if (const auto opened = (*dialect)->open(false); !opened)
        return tl::unexpected(opened.error());
    auto epoch = (*dialect)->renewEpoch();
    (*dialect)->close();
    return epoch;
}
} // namespace belfry::store
