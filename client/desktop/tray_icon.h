#pragma once

#include "desktop/tray_menu.h"

#include <QDBusConnection>
#include <QTimer>

class QSystemTrayIcon;

namespace belfry::desktop {
/// How the icon is drawn, beside what it says.
struct TrayStyle
{
    bool isDotOnly = false;
    std::optional<QColor> monochrome;
    friend bool operator==(const TrayStyle &, const TrayStyle &) = default;
};

/// The icon in a tray, where there is one (desktop.md 4, "Tray"). Qt asks once in the life of a program
/// whether there is a StatusNotifierWatcher with a host that shows icons, waits for the answer, and keeps to
/// it: so this asks first, without waiting, and the icon is made when both are there, however late. An old
/// tray (XEmbed) is taken where none came in the first seconds. Nothing depends on it: without a tray it
/// waits, and isThere() says so. Needs a QApplication. One thread.
class TrayIcon : public QObject
{
    Q_OBJECT
public:
    /// How long a watcher may take to appear before an old tray is looked for: panels start with the session.
    static constexpr std::chrono::seconds grace{5};

    explicit TrayIcon(const QDBusConnection &session, QObject *parent = nullptr);
    ~TrayIcon() override;

    void setStatus(const TrayStatus &status);
    void setStyle(const TrayStyle &style);
    /// A window that is closed can be found again.
    [[nodiscard]] bool isThere() const { return m_isThere; }
    [[nodiscard]] const TrayMenu &menu() const { return m_menu; }
    /// A balloon: what is left where nobody shows banners. Nothing without a tray.
    void showMessage(const QString &title, const QString &body);

Q_SIGNALS:
    void isThereChanged(bool isThere);
    /// A click: the window comes, or goes.
    void toggleWanted();
    /// From the menu, or a balloon.
    void openWanted();
    void itemWanted(const belfry::model::NotificationId &id);
    void markAllReadWanted();
    /// From the menu; by a middle click, for an hour.
    void pauseWanted(belfry::desktop::PauseChoice choice);
    void resumeWanted();
    void preferencesWanted();
    void quitWanted();

private:
    void askForHost();
    void setHost(bool isThere);
    void tryOldTray();
    void make();
    void draw();
    void middleClicked();
    void setThere(bool isThere);

private Q_SLOTS:
    void hostRegistered();

private:
    QDBusConnection m_bus;
    TrayMenu m_menu;
    TrayStatus m_status;
    TrayStyle m_style;
    TrayLook m_drawn;
    std::unique_ptr<QSystemTrayIcon> m_icon;
    QTimer m_grace;
    bool m_isThere = false;
};
} // namespace belfry::desktop
