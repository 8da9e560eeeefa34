#pragma once

#include "model/instant.h"
#include "model/text.h"

#include <QByteArrayView>
#include <array>

namespace belfry::protocol {
/// Longest text that writeInstant writes: "2026-03-29T01:00:00.123456Z".
inline constexpr qsizetype instantTextMax = 27;

/// RFC 3339 in UTC: three digits of the second's fraction, six where microseconds are set. Years 0000–9999;
/// what lies outside is written as the nearest such instant. Answers the end of what was written.
char *writeInstant(char *at, model::Instant instant);
[[nodiscard]] model::Text instantText(model::Instant instant);

/// RFC 3339 with any offset; fractions are cut to microseconds; a leap second is the second after it.
[[nodiscard]] std::optional<model::Instant> parseInstant(QByteArrayView text);

/// "22:00", also "22:00:00" (S1), as minutes of the day; 24:00 only with `endOfDay` (decisions H34).
[[nodiscard]] std::optional<int> parseWallTime(QByteArrayView text, bool endOfDay);
[[nodiscard]] model::Text wallTimeText(int minute);

/// mon … sun, Monday first.
[[nodiscard]] std::optional<int> parseWeekday(QByteArrayView text);
[[nodiscard]] QByteArrayView weekdayText(int day);
} // namespace belfry::protocol
