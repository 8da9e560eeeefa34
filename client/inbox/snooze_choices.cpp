#include "inbox/snooze_choices.h"

#include "inbox/wall_clock.h"

namespace belfry::inbox {
std::vector<SnoozeChoice> snoozeChoices(model::Instant now, const QTimeZone &zone, Qt::DayOfWeek firstDay)
{
    using Kind = SnoozeChoice::Kind;
    constexpr std::chrono::hours hour{1};
    const QTime morning(8, 0);
    const QDate today = localDay(now, zone);
    std::vector<SnoozeChoice> choices{{Kind::OneHour, now + hour}};
    if (const model::Instant evening = instantOf(today, QTime(18, 0), zone); evening > now + hour)
        choices.push_back({Kind::ThisEvening, evening});
    choices.push_back({Kind::Tomorrow, instantOf(today.addDays(1), morning, zone)});
    const int ahead = (int(firstDay) - today.dayOfWeek() + 7) % 7;
    const QDate nextWeek = today.addDays(ahead == 0 ? 7 : ahead);
    choices.push_back({Kind::NextWeek, instantOf(nextWeek, morning, zone)});
    return choices;
}
} // namespace belfry::inbox
