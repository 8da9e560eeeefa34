#pragma once

#include <QString>

namespace belfry::desktop {
/// The name under which a desktop knows the client: of its .desktop file, its icon, its place on the session
/// bus. A program that the bus starts (`DBusActivatable`) has to be named like its file, with dots in it
/// (Desktop Entry Specification).
inline const QString applicationId = QStringLiteral("org.belfry.Belfry");
/// Of that name, as the specification derives it.
inline const QString applicationPath = QStringLiteral("/org/belfry/Belfry");
/// What people read. A name, so not translated.
inline const QString applicationName = QStringLiteral("Belfry");
} // namespace belfry::desktop
