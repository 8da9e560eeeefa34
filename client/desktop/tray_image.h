#pragma once

#include <QColor>
#include <QIcon>
#include <QImage>
#include <optional>

namespace belfry::desktop {
/// What the icon says, the most important first where several hold: Error, Offline, Paused, Unread, Normal.
enum class TrayState { Normal, Unread, Paused, Offline, Error };

struct TrayLook
{
    TrayState state = TrayState::Normal;
    qint64 unread = 0;                ///< shown in every state; 0: no badge
    bool isDotOnly = false;           ///< that there is something unread, not how much
    std::optional<QColor> monochrome; ///< all of it in this one, as a panel's own icons
    friend bool operator==(const TrayLook &, const TrayLook &) = default;
};

/// The bell of a tray, drawn (desktop.md 4, "Tray"): transparent around, `size` px square, 16 to 64. States
/// differ by their shape and not by colour alone: Unread has a badge (1–9, 9+), Paused two bars, Offline a
/// stroke through the bell, Error a triangle. Pure: no fonts, no theme, no display; the same pixels
/// everywhere.
[[nodiscard]] QImage trayImage(const TrayLook &look, int size);
/// In all sizes that panels ask for; needs a QGuiApplication.
[[nodiscard]] QIcon trayIcon(const TrayLook &look);
} // namespace belfry::desktop
