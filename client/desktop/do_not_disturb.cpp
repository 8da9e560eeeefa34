#include "desktop/do_not_disturb.h"

#include "desktop/dbus_call.h"

#include <QDBusServiceWatcher>

namespace belfry::desktop {
namespace {
const QString notificationsName = QStringLiteral("org.freedesktop.Notifications");
const QString notificationsPath = QStringLiteral("/org/freedesktop/Notifications");
const QString dunstInterface = QStringLiteral("org.dunstproject.cmd0");
const QString inhibitedProperty = QStringLiteral("Inhibited");
const QString pausedProperty = QStringLiteral("paused");

DoNotDisturb::State quietness(const QVariant &value)
{
    if (value.metaType() != QMetaType::fromType<bool>())
        return DoNotDisturb::State::Unknown;
    return value.toBool() ? DoNotDisturb::State::On : DoNotDisturb::State::Off;
}
} // namespace

DoNotDisturb::DoNotDisturb(const QDBusConnection &session, QObject *parent)
    : QObject(parent)
    , m_bus(session)
{
    auto *watcher =
        new QDBusServiceWatcher(notificationsName, m_bus, QDBusServiceWatcher::WatchForOwnerChange, this);
    connect(watcher, &QDBusServiceWatcher::serviceOwnerChanged, this, &DoNotDisturb::refresh);
    m_bus.connect(notificationsName, notificationsPath, QStringLiteral("org.freedesktop.DBus.Properties"),
                  QStringLiteral("PropertiesChanged"), this,
                  SLOT(propertiesChanged(QString, QVariantMap, QStringList)));
    refresh();
}

void DoNotDisturb::refresh()
{
    ask(m_bus, propertyCall({notificationsName, notificationsPath, notificationsName}, inhibitedProperty),
        this, [this, round = ++m_round](const QDBusMessage &answer) {
            if (round != m_round)
                return;
            const State state = quietness(variantIn(answer));
            if (state == State::Unknown)
                askDunst(round);
            else
                set(state);
        });
}

void DoNotDisturb::askDunst(quint64 round)
{
    ask(m_bus, propertyCall({notificationsName, notificationsPath, dunstInterface}, pausedProperty), this,
        [this, round](const QDBusMessage &answer) {
            if (round == m_round)
                set(quietness(variantIn(answer)));
        });
}

void DoNotDisturb::propertiesChanged(const QString &interface, const QVariantMap &values,
                                     const QStringList &invalidated)
{
    const QString &property = interface == dunstInterface ? pausedProperty : inhibitedProperty;
    if (const State state = quietness(values.value(property)); state != State::Unknown) {
        ++m_round; // what was asked before is older
        set(state);
    } else if (invalidated.contains(property)) {
        refresh();
    }
}

void DoNotDisturb::set(State state)
{
    if (state != std::exchange(m_state, state))
        Q_EMIT changed(state);
}
} // namespace belfry::desktop

#include "moc_do_not_disturb.cpp"
