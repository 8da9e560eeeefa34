#pragma once

#include "model/result.h"

namespace belfry::bench {
/// Raises the limit of open files to what `sockets` need. Unavailable: how many are missing and what to do.
[[nodiscard]] model::VoidResult ensureDescriptors(std::size_t sockets);
} // namespace belfry::bench
