#pragma once

#include "model/instant.h"

#include <QTimeZone>
#include <vector>

namespace belfry::inbox {
/// What the snooze menu offers (C5); the words and "custom" are the view's.
struct SnoozeChoice
{
    enum class Kind { OneHour, ThisEvening, Tomorrow, NextWeek };
    Kind kind = Kind::OneHour;
    model::Instant until;
    friend bool operator==(const SnoozeChoice &, const SnoozeChoice &) = default;
};

/// In 1 h; this evening at 18:00, while that is over an hour away; tomorrow and on the next first day of the
/// week at 8:00, in wall time of this zone (wall_clock.h has what a change of clocks does).
[[nodiscard]] std::vector<SnoozeChoice> snoozeChoices(model::Instant now, const QTimeZone &zone,
                                                      Qt::DayOfWeek firstDay = Qt::Monday);
} // namespace belfry::inbox
