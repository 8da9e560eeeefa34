#pragma once

#include "api/route.h"

#include <span>

namespace belfry::api {
/// Everything that Belfry answers, in one place (api.md, decisions H07, H09).
[[nodiscard]] std::span<const Route> routeTable();
} // namespace belfry::api
