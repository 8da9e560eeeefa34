#pragma once

namespace belfry::desktop {
/// Whether the X server that this program shows its windows on has a tray of the old kind (XEmbed, the owner
/// of _NET_SYSTEM_TRAY_Sn). QSystemTrayIcon tells it, too, but then never looks for a new one again. Two
/// round trips to the X server; false without one.
[[nodiscard]] bool hasOldTray();
} // namespace belfry::desktop
