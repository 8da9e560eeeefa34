#pragma once

#include "app/config.h"
#include "store/open_store.h"

namespace belfry::app {
// The data of this configuration, for commands that work on what is there and make nothing.

/// Invalid: the data folder has no database yet, nor is one elsewhere configured; says what to do.
[[nodiscard]] model::VoidResult checkDataIsThere(const Config &config);

/// As it is: a database without our schema, or with an older one, is an error that names `belfryd migrate`.
[[nodiscard]] store::StoreOptions dataAsItIs(const Config &config);
} // namespace belfry::app
