#pragma once

#include "desktop/banner.h"

#include <QStringList>
#include <QVariantMap>

class QDBusArgument;

namespace belfry::desktop {
/// What a notification service says it can do (GetCapabilities).
struct Capabilities
{
    QStringList words;

    [[nodiscard]] bool has(QLatin1String word) const { return words.contains(word); }
    friend bool operator==(const Capabilities &, const Capabilities &) = default;
};

/// A picture as the hint `image-data` has it: (iiibiiay), RGBA, 8 bits each.
struct ImageData
{
    QImage picture; ///< Format_RGBA8888
};
QDBusArgument &operator<<(QDBusArgument &argument, const ImageData &image);
const QDBusArgument &operator>>(const QDBusArgument &argument, ImageData &image);

// The keys of what can be done with a banner.
inline const QString openKey = QStringLiteral("default");
inline const QString readKey = QStringLiteral("read");
inline const QString acknowledgeKey = QStringLiteral("acknowledge");
inline const QString snoozeKey = QStringLiteral("snooze");
/// Before the id of an action of the sender's, which may be called anything.
inline const QString senderPrefix = QStringLiteral("action:");

/// The arguments of Notify that a banner decides.
struct BannerWords
{
    QString summary; ///< always plain
    QString body;    ///< with entities, where the service takes markup for markup
    QStringList actions;
    QVariantMap hints;
    int expireMs = -1; ///< as long as the service likes; 0: until somebody looks
};

/// For a service that can do this, in the language of the program (desktop.md 4, "Notify"): at most three
/// buttons, those of the sender first. Line breaks of a title are shown as spaces (H55).
[[nodiscard]] BannerWords wordsFor(const Banner &banner, const Capabilities &can);
} // namespace belfry::desktop
