#pragma once

#include "desktop/tray_image.h"
#include "model/notification.h"

#include <QDateTime>

namespace belfry::desktop {
/// One of the last unread ones in the menu.
struct TrayItem
{
    model::NotificationId id;
    QString title; ///< plain
    friend bool operator==(const TrayItem &, const TrayItem &) = default;
};

/// What a tray icon tells: its picture, its tooltip, its menu.
struct TrayStatus
{
    enum class Link { Connected, Connecting, Offline, Error };

    Link link = Link::Connecting;
    qint64 unread = 0;
    QList<TrayItem> latest;  ///< newest first; the menu shows three
    bool isPausable = false; ///< the server can (C7); else the menu has no Pause
    QDateTime pausedUntil;   ///< invalid: not paused

    [[nodiscard]] TrayState state() const;
    /// "7 unread · connected", in the language of the program.
    [[nodiscard]] QString headline() const;
    friend bool operator==(const TrayStatus &, const TrayStatus &) = default;
};

/// How long to pause (C7); what "tomorrow" is, is for who knows the zone.
enum class PauseChoice { HalfHour, OneHour, TwoHours, UntilTomorrow };
} // namespace belfry::desktop
