#pragma once

#include "ports/store.h"
#include "runtime/clock.h"
#include "store/migrations.h"

#include <QString>

namespace belfry::store {
struct StoreOptions
{
    /// `sqlite:///abs/path`, `postgresql://user:password@host:port/name`, or `memory:` (tests).
    model::Text url;
    QString dataDir;                  ///< holds the lock file (H76); empty: the database's folder
    int readers = 2;                  ///< reader threads, 1–16
    std::size_t queueCapacity = 8192; ///< waiting writes; more are refused with Overloaded
    bool migrate = true;              ///< false: an older schema is an error that names `belfryd migrate`
    bool indexSearch = true;          ///< false: search works, but only by scanning
};

/// The store for this URL, not started yet. Never null: what is wrong with the URL is start()'s error.
/// `clock` outlives the store.
[[nodiscard]] std::unique_ptr<ports::Store> openStore(const StoreOptions &options,
                                                      const runtime::Clock &clock);

/// Brings the schema up to date without starting a store. Conflict: a newer schema, an edited migration, or
/// another process is at it; Unavailable: can't be opened.
[[nodiscard]] model::Result<MigrationReport> migrate(const StoreOptions &options);

/// Renews the epoch after a restore, so that every client loads a snapshot (decisions H22). No process may
/// run on it.
[[nodiscard]] model::Result<model::Epoch> newEpoch(const StoreOptions &options);
} // namespace belfry::store
