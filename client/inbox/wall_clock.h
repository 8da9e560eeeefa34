#pragma once

#include "model/instant.h"

#include <QDate>
#include <QDateTime>
#include <QTime>
#include <QTimeZone>

namespace belfry::inbox {
/// Local time to instants and back; nothing else here turns one into the other. QDateTime alone is not
/// enough (H88): a wall time that does not exist is the first instant after the gap, of one that comes twice
/// the first counts (semantics 13).
[[nodiscard]] model::Instant instantOf(QDate day, QTime time, const QTimeZone &zone);
[[nodiscard]] QDate localDay(model::Instant at, const QTimeZone &zone);
[[nodiscard]] QTime localTime(model::Instant at, const QTimeZone &zone);
/// For views: the same moment in UTC; none is an invalid one.
[[nodiscard]] QDateTime dateTimeOf(const model::MaybeInstant &at);
} // namespace belfry::inbox
