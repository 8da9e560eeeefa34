#include "desktop/sleep_watch.h"

namespace belfry::desktop {
SleepWatch::SleepWatch(const QDBusConnection &system, QObject *parent)
    : QObject(parent)
{
    QDBusConnection bus = system;
    bus.connect(QStringLiteral("org.freedesktop.login1"), QStringLiteral("/org/freedesktop/login1"),
                QStringLiteral("org.freedesktop.login1.Manager"), QStringLiteral("PrepareForSleep"), this,
                SLOT(prepareForSleep(bool)));
}

void SleepWatch::prepareForSleep(bool isStarting)
{
    if (isStarting)
        Q_EMIT fallsAsleep();
    else
        Q_EMIT woke();
}
} // namespace belfry::desktop

#include "moc_sleep_watch.cpp"
