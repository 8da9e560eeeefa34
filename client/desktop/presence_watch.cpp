#include "desktop/presence_watch.h"

#include "desktop/dbus_call.h"

#include <QDBusArgument>
#include <QDBusObjectPath>
#include <QDBusServiceWatcher>
#include <algorithm>

namespace belfry::desktop {
namespace {
const QString logindName = QStringLiteral("org.freedesktop.login1");
const QString sessionInterface = QStringLiteral("org.freedesktop.login1.Session");
const QString propertiesInterface = QStringLiteral("org.freedesktop.DBus.Properties");
const QString idleHint = QStringLiteral("IdleHint");
const QString lockedHint = QStringLiteral("LockedHint");
} // namespace

PresenceWatch::PresenceWatch(const QDBusConnection &system, const QDBusConnection &session,
                             const QString &sessionId, QObject *parent)
    : QObject(parent)
    , m_system(system)
    , m_session(session)
    , m_sessionId(sessionId.isEmpty() ? QStringLiteral("auto") : sessionId)
{
    auto *logind =
        new QDBusServiceWatcher(logindName, m_system, QDBusServiceWatcher::WatchForOwnerChange, this);
    connect(logind, &QDBusServiceWatcher::serviceRegistered, this, &PresenceWatch::findSession);
    connect(logind, &QDBusServiceWatcher::serviceUnregistered, this, [this] {
        take({{idleHint, false}, {lockedHint, false}});
    });
    findSession();
    // Plasma and most others by the common name, GNOME by its own.
    listenTo(QStringLiteral("org.freedesktop.ScreenSaver"), QStringLiteral("/org/freedesktop/ScreenSaver"));
    listenTo(QStringLiteral("org.gnome.ScreenSaver"), QStringLiteral("/org/gnome/ScreenSaver"));
}

// ---- logind

void PresenceWatch::findSession()
{
    QDBusMessage question = methodCall({logindName, QStringLiteral("/org/freedesktop/login1"),
                                        QStringLiteral("org.freedesktop.login1.Manager")},
                                       QStringLiteral("GetSession"), {m_sessionId});
    question.setAutoStartService(false);
    ask(m_system, question, this, [this](const QDBusMessage &answer) {
        if (answer.type() == QDBusMessage::ReplyMessage)
            listenToSession(qvariant_cast<QDBusObjectPath>(answer.arguments().value(0)).path());
    });
}

void PresenceWatch::listenToSession(const QString &path)
{
    if (path.isEmpty())
        return;
    if (path != m_path) {
        const auto slot = SLOT(sessionChanged(QString, QVariantMap, QStringList));
        const QString signal = QStringLiteral("PropertiesChanged");
        if (!m_path.isEmpty())
            m_system.disconnect(logindName, m_path, propertiesInterface, signal, this, slot);
        m_path = path;
        m_system.connect(logindName, m_path, propertiesInterface, signal, this, slot);
    }
    readSession();
}

void PresenceWatch::readSession()
{
    ask(m_system,
        methodCall({logindName, m_path, propertiesInterface}, QStringLiteral("GetAll"), {sessionInterface}),
        this, [this](const QDBusMessage &answer) {
            if (answer.type() == QDBusMessage::ReplyMessage)
                take(qdbus_cast<QVariantMap>(answer.arguments().value(0)));
        });
}

void PresenceWatch::sessionChanged(const QString &interface, const QVariantMap &values,
                                   const QStringList &invalidated)
{
    if (interface != sessionInterface)
        return;
    take(values);
    if (invalidated.contains(idleHint) || invalidated.contains(lockedHint))
        readSession();
}

void PresenceWatch::take(const QVariantMap &properties)
{
    m_isIdle = properties.value(idleHint, m_isIdle).toBool();
    m_isLockedHint = properties.value(lockedHint, m_isLockedHint).toBool();
    tell();
}

// ---- screen savers

void PresenceWatch::listenTo(const QString &name, const QString &path)
{
    m_savers.append(ScreenSaver{name, path});
    auto *watcher = new QDBusServiceWatcher(name, m_session, QDBusServiceWatcher::WatchForOwnerChange, this);
    connect(watcher, &QDBusServiceWatcher::serviceRegistered, this, [this, name] { askScreenSaver(name); });
    connect(watcher, &QDBusServiceWatcher::serviceUnregistered, this,
            [this, name] { setScreenSaver(name, false); });
    // From any of its paths: Plasma has two.
    m_session.connect(name, QString(), name, QStringLiteral("ActiveChanged"), this,
                      SLOT(screenSaverChanged(bool, QDBusMessage)));
    askScreenSaver(name);
}

void PresenceWatch::askScreenSaver(const QString &name)
{
    const auto saver = std::find_if(m_savers.cbegin(), m_savers.cend(),
                                    [&](const ScreenSaver &known) { return known.name == name; });
    QDBusMessage question = methodCall({name, saver->path, name}, QStringLiteral("GetActive"));
    question.setAutoStartService(false);
    ask(m_session, question, this, [this, name](const QDBusMessage &answer) {
        if (answer.type() == QDBusMessage::ReplyMessage)
            setScreenSaver(name, answer.arguments().value(0).toBool());
    });
}

void PresenceWatch::screenSaverChanged(bool isActive, const QDBusMessage &message)
{
    setScreenSaver(message.interface(), isActive); // which is called like the name
}

void PresenceWatch::setScreenSaver(const QString &name, bool isActive)
{
    for (ScreenSaver &saver : m_savers) {
        if (saver.name == name)
            saver.isActive = isActive;
    }
    tell();
}

void PresenceWatch::tell()
{
    const bool isCovered = std::any_of(m_savers.cbegin(), m_savers.cend(),
                                       [](const ScreenSaver &saver) { return saver.isActive; });
    State state = m_isIdle ? State::Idle : State::Active;
    if (m_isLockedHint || isCovered)
        state = State::Locked;
    if (state != std::exchange(m_state, state))
        Q_EMIT changed(state);
}
} // namespace belfry::desktop

#include "moc_presence_watch.cpp"
