#include "inbox/wall_clock.h"

namespace belfry::inbox {
namespace {
constexpr qint64 usPerMs = 1000;

QDateTime utc(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC);
}

/// Rounded down, before 1970 too.
qint64 msOf(model::Instant at)
{
    return at.us / usPerMs - (at.us % usPerMs < 0 ? 1 : 0);
}

QDateTime wall(model::Instant at, const QTimeZone &zone)
{
    const qint64 ms = msOf(at);
    return utc(ms + qint64(zone.offsetFromUtc(utc(ms))) * 1000);
}
} // namespace

model::Instant instantOf(QDate day, QTime time, const QTimeZone &zone)
{
    const qint64 local = QDateTime(day, time, Qt::UTC).toMSecsSinceEpoch();
    constexpr qint64 dayMs = 86'400'000;
    const qint64 before = qint64(zone.offsetFromUtc(utc(local - dayMs))) * 1000;
    const qint64 after = qint64(zone.offsetFromUtc(utc(local + dayMs))) * 1000;
    const auto holds = [&](qint64 offset) {
        return qint64(zone.offsetFromUtc(utc(local - offset))) * 1000 == offset;
    };
    // The larger offset is the earlier of two instants with the same wall time.
    const qint64 early = std::max(before, after);
    const qint64 late = std::min(before, after);
    if (holds(early))
        return {(local - early) * usPerMs};
    if (holds(late))
        return {(local - late) * usPerMs};
    // In a gap: it ends with the change of the offset.
    const QTimeZone::OffsetData change = zone.nextTransition(utc(local - early - 1));
    return {change.atUtc.isValid() ? change.atUtc.toMSecsSinceEpoch() * usPerMs : (local - before) * usPerMs};
}

QDate localDay(model::Instant at, const QTimeZone &zone)
{
    return wall(at, zone).date();
}

QTime localTime(model::Instant at, const QTimeZone &zone)
{
    return wall(at, zone).time();
}

QDateTime dateTimeOf(const model::MaybeInstant &at)
{
    return at ? utc(msOf(*at)) : QDateTime();
}
} // namespace belfry::inbox
