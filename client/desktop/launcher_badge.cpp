#include "desktop/launcher_badge.h"

#include "desktop/application_id.h"

#include <QDBusMessage>
#include <QVariantMap>

namespace belfry::desktop {
LauncherBadge::LauncherBadge(const QDBusConnection &session)
    : m_bus(session)
{
}

void LauncherBadge::set(qint64 count, bool isUrgent)
{
    const bool isSame = count == std::exchange(m_count, count);
    if (isUrgent == std::exchange(m_isUrgent, isUrgent) && isSame)
        return;
    QDBusMessage update = QDBusMessage::createSignal(QStringLiteral("/org/belfry/Belfry/launcherentry"),
                                                     QStringLiteral("com.canonical.Unity.LauncherEntry"),
                                                     QStringLiteral("Update"));
    update << QStringLiteral("application://%1.desktop").arg(applicationId)
           << QVariantMap{{QStringLiteral("count"), count},
                          {QStringLiteral("count-visible"), count > 0},
                          {QStringLiteral("urgent"), isUrgent}};
    m_bus.send(update);
}
} // namespace belfry::desktop
