#pragma once

#include "model/instant.h"
#include "model/text.h"

namespace belfry::domain {
/// An IANA name that this machine's tzdata knows; never an offset like "UTC+2" (decisions H88). The list is
/// read once, at the first call.
[[nodiscard]] bool isTimeZone(const model::Text &name);

/// The calendar day in that zone, "2026-11-21"; an unknown zone counts as UTC.
[[nodiscard]] model::Text localDay(model::Instant at, const model::Text &timeZone);
} // namespace belfry::domain
