#pragma once

#include "model/result.h"

#include <string>

namespace belfry::bench {
/// The API key to use: the given one, else the one in the file, else BELFRY_ADMIN_KEY, else the bootstrap key
/// that a server of the same user keeps beside its data (decisions H83), else none (empty). Malformed: the
/// file that was named can't be read or is empty.
[[nodiscard]] model::Result<std::string> findKey(const std::string &given, const std::string &file);
} // namespace belfry::bench
