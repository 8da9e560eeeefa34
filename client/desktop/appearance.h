#pragma once

#include <QDBusConnection>
#include <QDBusVariant>
#include <QObject>
#include <QPalette>
#include <chrono>

namespace belfry::desktop {
/// Light or dark, and how strong, as the desktop wants it (desktop.md 3, 4).
struct Look
{
    bool isDark = false;
    bool hasHighContrast = false;
    friend bool operator==(const Look &, const Look &) = default;
};

/// Follows `org.freedesktop.appearance` of the settings portal: `color-scheme` and `contrast`. Asked without
/// waiting, as a portal that does not start holds its askers up; until it answers, and where it has no
/// opinion, the lightness of a palette decides. One thread.
class Appearance : public QObject
{
    Q_OBJECT
public:
    static constexpr std::chrono::seconds patience{3};

    /// `fallback`: the palette of the desktop, before the program has made one of its own.
    Appearance(const QDBusConnection &session, const QPalette &fallback, QObject *parent = nullptr);

    [[nodiscard]] const Look &look() const { return m_look; }

Q_SIGNALS:
    void changed(const belfry::desktop::Look &look);

private:
    void read(const QString &key);
    void take(const QString &key, const QVariant &value);

private Q_SLOTS:
    void settingChanged(const QString &group, const QString &key, const QDBusVariant &value);

private:
    QDBusConnection m_bus;
    const bool m_isPaletteDark;
    Look m_look;
};
} // namespace belfry::desktop
