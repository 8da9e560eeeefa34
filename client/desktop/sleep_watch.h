#pragma once

#include <QDBusConnection>
#include <QObject>

namespace belfry::desktop {
/// Tells that the computer goes to sleep and that it woke (logind's PrepareForSleep), so that nobody trusts a
/// connection of before. Without logind it tells nothing, and the session notices by the clock. One thread.
class SleepWatch : public QObject
{
    Q_OBJECT
public:
    explicit SleepWatch(const QDBusConnection &system, QObject *parent = nullptr);

Q_SIGNALS:
    void fallsAsleep();
    /// For AccountSession::woke().
    void woke();

private Q_SLOTS:
    void prepareForSleep(bool isStarting);
};
} // namespace belfry::desktop
