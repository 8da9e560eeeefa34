#include "desktop/appearance.h"

#include "desktop/dbus_call.h"

#include <QDBusServiceWatcher>

namespace belfry::desktop {
namespace {
const QString portalName = QStringLiteral("org.freedesktop.portal.Desktop");
const QString portalPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString settingsInterface = QStringLiteral("org.freedesktop.portal.Settings");
const QString appearanceGroup = QStringLiteral("org.freedesktop.appearance");
const QString schemeKey = QStringLiteral("color-scheme");
const QString contrastKey = QStringLiteral("contrast");

bool isPaletteDark(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
}
} // namespace

Appearance::Appearance(const QDBusConnection &session, const QPalette &fallback, QObject *parent)
    : QObject(parent)
    , m_bus(session)
    , m_isPaletteDark(isPaletteDark(fallback))
    , m_look{m_isPaletteDark, false}
{
    m_bus.connect(portalName, portalPath, settingsInterface, QStringLiteral("SettingChanged"), this,
                  SLOT(settingChanged(QString, QString, QDBusVariant)));
    const auto readBoth = [this] {
        read(schemeKey);
        read(contrastKey);
    };
    auto *watcher =
        new QDBusServiceWatcher(portalName, m_bus, QDBusServiceWatcher::WatchForRegistration, this);
    connect(watcher, &QDBusServiceWatcher::serviceRegistered, this, readBoth);
    readBoth();
}

/// `Read` and not the newer `ReadOne`: the portal of Debian 12 has it, and newer ones still do.
void Appearance::read(const QString &key)
{
    ask(
        m_bus,
        methodCall({portalName, portalPath, settingsInterface}, QStringLiteral("Read"),
                   {appearanceGroup, key}),
        this,
        [this, key](const QDBusMessage &answer) {
            if (answer.type() == QDBusMessage::ReplyMessage)
                take(key, variantIn(answer));
        },
        patience);
}

void Appearance::settingChanged(const QString &group, const QString &key, const QDBusVariant &value)
{
    if (group == appearanceGroup)
        take(key, value.variant());
}

/// color-scheme: 0 no preference, 1 dark, 2 light; contrast: 0 no preference, 1 high. Others are as 0.
void Appearance::take(const QString &key, const QVariant &value)
{
    Look look = m_look;
    const uint number = value.toUInt();
    if (key == schemeKey)
        look.isDark = number == 1 || (number != 2 && m_isPaletteDark);
    else if (key == contrastKey)
        look.hasHighContrast = number == 1;
    if (look != std::exchange(m_look, look))
        Q_EMIT changed(look);
}
} // namespace belfry::desktop

#include "moc_appearance.cpp"
