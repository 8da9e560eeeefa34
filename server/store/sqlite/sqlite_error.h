#pragma once

#include "model/result.h"

struct sqlite3;

namespace belfry::store {
/// The last error of `db` as the store names it: Unavailable when the database as a whole can't be used now,
/// with what to do; Internal when only this statement was refused.
[[nodiscard]] model::Error sqliteError(sqlite3 *db, int code, const model::Text &path);

/// Whether only a new connection can help.
[[nodiscard]] bool wantsReopen(int code);
} // namespace belfry::store
