#include "desktop/tray_status.h"

#include <QCoreApplication>
#include <QLocale>

namespace belfry::desktop {
namespace {
struct TrayText
{
    Q_DECLARE_TR_FUNCTIONS(TrayText)
};

QString linkText(TrayStatus::Link link)
{
    switch (link) {
    case TrayStatus::Link::Connected:
        return TrayText::tr("connected");
    case TrayStatus::Link::Connecting:
        return TrayText::tr("connecting");
    case TrayStatus::Link::Offline:
        return TrayText::tr("offline");
    case TrayStatus::Link::Error:
        break;
    }
    return TrayText::tr("needs attention");
}
} // namespace

TrayState TrayStatus::state() const
{
    if (link == Link::Error)
        return TrayState::Error;
    if (link == Link::Offline)
        return TrayState::Offline;
    if (pausedUntil.isValid())
        return TrayState::Paused;
    return unread > 0 ? TrayState::Unread : TrayState::Normal;
}

QString TrayStatus::headline() const
{
    QString text = unread > 0 ? TrayText::tr("%n unread", nullptr, int(std::min<qint64>(unread, 1'000'000)))
                              : TrayText::tr("All read");
    text += QStringLiteral(" · ") + linkText(link);
    if (pausedUntil.isValid())
        text +=
            QStringLiteral(" · ") +
            TrayText::tr("paused until %1").arg(QLocale().toString(pausedUntil.time(), QLocale::ShortFormat));
    return text;
}
} // namespace belfry::desktop
