#pragma once

#include "desktop/banner_plan.h"
#include "desktop/do_not_disturb.h"
#include "desktop/notification_service.h"

#include <QTimer>

namespace belfry::desktop {
/// Notifications on the screen, through `org.freedesktop.Notifications` (desktop.md 1, 4): what is shown is
/// BannerPlan's, how it is said banner_words.h's, with whom NotificationService's. Nothing here waits, and no
/// timer runs while nothing is due. One thread.
class Banners : public QObject
{
    Q_OBJECT
public:
    using Clock = std::function<Moment()>;

    explicit Banners(const QDBusConnection &session, Clock now = {}, QObject *parent = nullptr);

    void setSettings(const BannerSettings &settings);
    [[nodiscard]] const BannerSettings &settings() const { return m_settings; }
    /// Whether somebody else may look at the screen (PresenceWatch).
    void setLocked(bool isLocked) { m_isLocked = isLocked; }

    /// What arrived, as loud as its change says: `alert` of model::Change is what semantics 10, 13 and 15
    /// made of its urgency, so that nothing is decided anew here. One that was read, or is not in the inbox
    /// any more, is not shown; one with seq 0 is not in any inbox (H15) and is.
    void show(const model::Notification &item, model::Alert alert, const QImage &icon = {});
    /// Released together as a digest (semantics 13, H31): one banner.
    void showTogether(const QList<model::Notification> &items, model::Alert alert);
    /// Read elsewhere, recalled, archived, over. Unknown ids are none.
    void withdraw(const model::NotificationId &id);
    /// Everything was read, or another person signs in.
    void withdrawAll();

    /// "Desktop Do Not Disturb is on", to be told where one looks for what did not come up.
    [[nodiscard]] DoNotDisturb::State doNotDisturb() const { return m_quiet.state(); }
    /// For diagnostics (C9).
    [[nodiscard]] const Capabilities &capabilities() const { return m_service.capabilities(); }

Q_SIGNALS:
    // Done by a person with a banner.
    /// The null id: that of several. The token lets the window come to the front; "": none.
    void opened(const belfry::model::NotificationId &id, const QString &activationToken);
    void readWanted(const belfry::model::NotificationId &id);
    void acknowledgeWanted(const belfry::model::NotificationId &id);
    void snoozeWanted(const belfry::model::NotificationId &id);
    /// A button of the sender's (model::Action::id).
    void actionWanted(const belfry::model::NotificationId &id, const belfry::model::Text &actionId);

    void doNotDisturbChanged(belfry::desktop::DoNotDisturb::State state);
    void capabilitiesChanged();
    /// No service shows banners: a tray icon's balloon is what is left. Plain text.
    void notShown(const QString &title, const QString &body);

private:
    [[nodiscard]] bool isHidden() const;
    [[nodiscard]] std::optional<Arrival> arrivalOf(const model::Notification &item, model::Alert alert,
                                                   const QImage &icon) const;
    void run(const BannerPlan::Steps &steps);
    void schedule();
    void invoked(const model::NotificationId &id, const QString &action, const QString &token);
    void lastResort(const Banner &banner);

    const Clock m_now;
    BannerSettings m_settings;
    bool m_isLocked = false;
    BannerPlan m_plan;
    NotificationService m_service;
    DoNotDisturb m_quiet;
    QTimer m_due;
    QList<BannerPlace> m_balloons; ///< shown as a last resort: nobody says when they close
    QTimer m_balloonsEnd;
};
} // namespace belfry::desktop
