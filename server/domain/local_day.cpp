#include "domain/local_day.h"

#include <QDateTime>
#include <QSet>
#include <QTimeZone>

namespace belfry::domain {
namespace {
/// Names only: QTimeZone also invents zones for offsets, which are no places.
QSet<QByteArray> knownZones()
{
    const QList<QByteArray> ids = QTimeZone::availableTimeZoneIds();
    QSet<QByteArray> zones;
    for (const QByteArray &id : ids) {
        if (!id.startsWith("UTC+") && !id.startsWith("UTC-"))
            zones.insert(id);
    }
    zones.insert("UTC");
    return zones;
}
} // namespace

bool isTimeZone(const model::Text &name)
{
    static const QSet<QByteArray> zones = knownZones();
    return zones.contains(name);
}

model::Text localDay(model::Instant at, const model::Text &timeZone)
{
    const QTimeZone zone = isTimeZone(timeZone) ? QTimeZone(timeZone) : QTimeZone::utc();
    const qint64 milliseconds = std::chrono::floor<std::chrono::milliseconds>(at - model::Instant{}).count();
    return QDateTime::fromMSecsSinceEpoch(milliseconds, zone).date().toString(Qt::ISODate).toLatin1();
}
} // namespace belfry::domain
