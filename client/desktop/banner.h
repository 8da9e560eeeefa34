#pragma once

#include "model/notification.h"

#include <QImage>

namespace belfry::desktop {
/// Whether a banner says what it is about (desktop.md 4, "Lock screen").
enum class HideContent { Never, WhenLocked, Always };

/// What a person chose (C9).
struct BannerSettings
{
    bool isOn = true;
    bool hasSound = true;
    HideContent hide = HideContent::WhenLocked;
    friend bool operator==(const BannerSettings &, const BannerSettings &) = default;
};

/// A place on the screen, in which one banner follows the other: that of a notification, or the one of all
/// that are told together.
using BannerPlace = model::NotificationId;
inline constexpr BannerPlace togetherPlace{};

/// What is to be seen in a place.
struct Banner
{
    BannerPlace place;
    model::Notification item; ///< of one
    QImage icon;              ///< of one; null: none
    qsizetype count = 1;
    model::Text source;    ///< of several: the app that all of them are from, "" = of different ones
    bool isHidden = false; ///< only that there is something new, and how much
    bool isCritical = false;
    bool hasSound = false;

    [[nodiscard]] bool isTogether() const { return place.isNull(); }
    friend bool operator==(const Banner &, const Banner &) = default;
};
} // namespace belfry::desktop
