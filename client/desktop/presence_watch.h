#pragma once

#include <QDBusConnection>
#include <QDBusMessage>
#include <QObject>

namespace belfry::desktop {
/// Whether a person is at this computer (semantics 15): from `IdleHint` and `LockedHint` of the session in
/// logind, and from the screen saver, by their signals alone. Who does not run says nothing, and is heard
/// when it comes; with nobody to say otherwise the person counts as active, as the program runs for one. One
/// thread.
class PresenceWatch : public QObject
{
    Q_OBJECT
public:
    enum class State { Active, Idle, Locked };

    /// `sessionId` as in XDG_SESSION_ID; "": the one that logind finds.
    PresenceWatch(const QDBusConnection &system, const QDBusConnection &session,
                  const QString &sessionId = qEnvironmentVariable("XDG_SESSION_ID"),
                  QObject *parent = nullptr);

    /// The first answers come soon after the start.
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool isLocked() const { return m_state == State::Locked; }

Q_SIGNALS:
    void changed(belfry::desktop::PresenceWatch::State state);

private:
    struct ScreenSaver
    {
        QString name;
        QString path;
        bool isActive = false;
    };

    void findSession();
    void listenToSession(const QString &path);
    void readSession();
    void take(const QVariantMap &properties);
    void listenTo(const QString &name, const QString &path);
    void askScreenSaver(const QString &name);
    void setScreenSaver(const QString &name, bool isActive);
    void tell();

private Q_SLOTS:
    void sessionChanged(const QString &interface, const QVariantMap &values, const QStringList &invalidated);
    void screenSaverChanged(bool isActive, const QDBusMessage &message);

private:
    QDBusConnection m_system;
    QDBusConnection m_session;
    const QString m_sessionId;
    QString m_path; ///< of the session in logind
    bool m_isIdle = false;
    bool m_isLockedHint = false;
    QList<ScreenSaver> m_savers;
    State m_state = State::Active;
};
} // namespace belfry::desktop
