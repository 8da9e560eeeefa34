#pragma once

#include "account/diagnostics.h"
#include "desktop/banners.h"
#include "desktop/launcher_badge.h"
#include "desktop/presence_watch.h"
#include "desktop/sleep_watch.h"
#include "desktop/tray_icon.h"
#include "program/account_desk.h"
#include "session/network_watch.h"

namespace belfry::program {
/// Joins an account to the desktop: banners of what arrives, and what is done with them; tray and badge;
/// whether somebody is there; sleep and network. The desktop stays, accounts come and go. One thread.
class DesktopLink : public QObject
{
    Q_OBJECT
public:
    DesktopLink(const QDBusConnection &session, const QDBusConnection &system, QObject *parent = nullptr);

    /// Null: nobody is signed in. It outlives its time here.
    void setDesk(AccountDesk *desk);
    void setBanners(const desktop::BannerSettings &settings) { m_banners.setSettings(settings); }

    [[nodiscard]] desktop::TrayIcon &tray() { return m_tray; }
    /// A banner of the program itself, in no inbox.
    void say(const QString &title, const QString &message, model::Alert alert);
    /// What of a desktop is there, for a report.
    [[nodiscard]] account::Facts facts() const;

Q_SIGNALS:
    /// The window, on this notification (null: on the list); the token lets it come to the front.
    void windowWanted(const belfry::model::NotificationId &id, const QString &token);
    /// To be opened by the desktop; a safe link.
    void linkWanted(const QString &link);
    /// The session knows already.
    void networkChanged();

private:
    void listenToBanners();
    void arrived(const model::Change &change);
    void released(const model::AlertChange &change, model::Alert alert);
    void snooze(const model::NotificationId &id);
    [[nodiscard]] const inbox::Entry *find(const model::NotificationId &id) const;
    void perform(const model::NotificationId &id, const model::Text &actionId);
    void tellStatusLater();
    void tellStatus();
    [[nodiscard]] desktop::TrayStatus status() const;

    desktop::Banners m_banners;
    desktop::TrayIcon m_tray;
    desktop::LauncherBadge m_badge;
    desktop::PresenceWatch m_presence;
    desktop::SleepWatch m_sleep;
    session::NetworkWatch m_network;
    AccountDesk *m_desk = nullptr;
    bool m_isStatusDue = false;
};
} // namespace belfry::program
