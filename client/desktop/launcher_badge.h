#pragma once

#include <QDBusConnection>

namespace belfry::desktop {
/// The number at the program's place in a dock or task bar, by `com.canonical.Unity.LauncherEntry.Update`,
/// which Plasma, Ubuntu's dock and others hear: a signal, so that nobody has to be there. It needs the
/// .desktop file installed. Not told again while it stays the same. One thread.
class LauncherBadge
{
public:
    explicit LauncherBadge(const QDBusConnection &session);

    /// 0 hides it. `isUrgent`: the entry asks for attention, until told otherwise.
    void set(qint64 count, bool isUrgent = false);

private:
    QDBusConnection m_bus;
    qint64 m_count = 0;
    bool m_isUrgent = false;
};
} // namespace belfry::desktop
