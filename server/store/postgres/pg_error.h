#pragma once

#include "store/postgres/pg_url.h"

namespace belfry::store {
/// What PostgreSQL answered, as the store names it: Unavailable when the database as a whole can't be used
/// now
/// (`connected` false, or one of the states that say so), with what to do; Internal when only this statement
/// was refused. `state` is the SQLSTATE, empty when there was no answer.
[[nodiscard]] model::Error pgError(const PgTarget &target, bool connected, const model::Text &state,
                                   const model::Text &said);

/// Only one of two transactions could go on, and it was the other: the same again goes through.
[[nodiscard]] bool isLostRace(const model::Text &state);
} // namespace belfry::store
