#pragma once

#include <QDBusConnection>
#include <QObject>

namespace belfry::desktop {
/// Whether the desktop keeps quiet: `Inhibited` of Plasma's notification service, `paused` of dunst's; with
/// others it is unknown, which is no error (desktop.md 4, "Desktop DND"). It is the service that then shows
/// nothing: this is for telling people why. One thread.
class DoNotDisturb : public QObject
{
    Q_OBJECT
public:
    enum class State { Unknown, Off, On };

    explicit DoNotDisturb(const QDBusConnection &session, QObject *parent = nullptr);

    [[nodiscard]] State state() const { return m_state; }
    /// Asks again: dunst does not say when it changes.
    void refresh();

Q_SIGNALS:
    void changed(belfry::desktop::DoNotDisturb::State state);

private:
    void askDunst(quint64 round);
    void set(State state);

private Q_SLOTS:
    void propertiesChanged(const QString &interface, const QVariantMap &values,
                           const QStringList &invalidated);

private:
    QDBusConnection m_bus;
    State m_state = State::Unknown;
    quint64 m_round = 0;
};
} // namespace belfry::desktop
