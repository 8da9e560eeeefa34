#pragma once

#include "store/migrations.h"
#include "store/read_session.h"

#include <memory>

namespace belfry::store {
/// Fills a search index off the commit path, on a thread of its own.
class SearchIndexer
{
public:
    struct Step
    {
        int done = 0;          ///< documents handled; 0: nothing is left
        qint64 lag = 0;        ///< documents that wait, as far as known
        qint64 forgetUpTo = 0; ///< for WriteTx::forgetSearchChanges; 0: nothing
    };
    virtual ~SearchIndexer() = default;
    /// Handles at most `limit` documents; with 0 it only looks what waits.
    [[nodiscard]] virtual Result<Step> step(int limit) = 0;
};

/// One kind of database: opens it and makes the connections. open() and close() on the main thread; the
/// makers may be called on any thread after open(), and what they made is used and destroyed on the thread
/// that called.
class Dialect
{
public:
    virtual ~Dialect() = default;

    /// Locks, checks, migrates (or refuses when `migrate` is false and something is to be done), reads the
    /// epoch.
    [[nodiscard]] virtual Result<MigrationReport> open(bool migrate) = 0;
    virtual void close() = 0;
    [[nodiscard]] virtual model::Epoch epoch() const = 0;
    /// Makes, stores and answers a new one (H22).
    [[nodiscard]] virtual Result<model::Epoch> renewEpoch() = 0;
    /// Only this process writes here.
    [[nodiscard]] virtual bool isExclusive() const = 0;

    [[nodiscard]] virtual Result<std::unique_ptr<WriteTx>> makeWriter() = 0;
    [[nodiscard]] virtual Result<std::unique_ptr<ReadSession>> makeReader() = 0;
    /// Null: this dialect needs none.
    [[nodiscard]] virtual Result<std::unique_ptr<SearchIndexer>> makeIndexer() = 0;
};
} // namespace belfry::store
