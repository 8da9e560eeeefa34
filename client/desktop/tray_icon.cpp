#include "desktop/tray_icon.h"

#include "desktop/dbus_call.h"
#include "desktop/old_tray.h"

#include <QDBusServiceWatcher>
#include <QMenu>
#include <QSystemTrayIcon>

namespace belfry::desktop {
namespace {
const QString watcherName = QStringLiteral("org.kde.StatusNotifierWatcher");
const QString watcherPath = QStringLiteral("/StatusNotifierWatcher");
constexpr int messageTime = 10'000; // ms
} // namespace

TrayIcon::TrayIcon(const QDBusConnection &session, QObject *parent)
    : QObject(parent)
    , m_bus(session)
{
    connect(&m_menu, &TrayMenu::openWanted, this, &TrayIcon::openWanted);
    connect(&m_menu, &TrayMenu::itemWanted, this, &TrayIcon::itemWanted);
    connect(&m_menu, &TrayMenu::markAllReadWanted, this, &TrayIcon::markAllReadWanted);
    connect(&m_menu, &TrayMenu::pauseWanted, this, &TrayIcon::pauseWanted);
    connect(&m_menu, &TrayMenu::resumeWanted, this, &TrayIcon::resumeWanted);
    connect(&m_menu, &TrayMenu::preferencesWanted, this, &TrayIcon::preferencesWanted);
    connect(&m_menu, &TrayMenu::quitWanted, this, &TrayIcon::quitWanted);

    auto *watcher =
        new QDBusServiceWatcher(watcherName, m_bus, QDBusServiceWatcher::WatchForOwnerChange, this);
    connect(watcher, &QDBusServiceWatcher::serviceRegistered, this, &TrayIcon::askForHost);
    connect(watcher, &QDBusServiceWatcher::serviceUnregistered, this, [this] { setHost(false); });
    m_bus.connect(watcherName, watcherPath, watcherName, QStringLiteral("StatusNotifierHostRegistered"), this,
                  SLOT(hostRegistered()));
    m_grace.setSingleShot(true);
    connect(&m_grace, &QTimer::timeout, this, &TrayIcon::tryOldTray);
    m_grace.start(grace);
    askForHost();
}

TrayIcon::~TrayIcon() = default;

void TrayIcon::askForHost()
{
    ask(m_bus,
        propertyCall({watcherName, watcherPath, watcherName},
                     QStringLiteral("IsStatusNotifierHostRegistered")),
        this, [this](const QDBusMessage &answer) {
            if (variantIn(answer).toBool())
                setHost(true);
        });
}

void TrayIcon::hostRegistered()
{
    setHost(true);
}

void TrayIcon::setHost(bool isThere)
{
    if (isThere && !m_icon)
        make();
    setThere(m_icon && (isThere || hasOldTray()));
}

void TrayIcon::tryOldTray()
{
    if (m_icon || !hasOldTray())
        return;
    make();
    setThere(true);
}

void TrayIcon::make()
{
    m_grace.stop();
    m_icon = std::make_unique<QSystemTrayIcon>();
    m_icon->setContextMenu(m_menu.menu());
    connect(m_icon.get(), &QSystemTrayIcon::messageClicked, this, &TrayIcon::openWanted);
    connect(m_icon.get(), &QSystemTrayIcon::activated, this,
            [this](QSystemTrayIcon::ActivationReason reason) {
                if (reason == QSystemTrayIcon::Trigger)
                    Q_EMIT toggleWanted();
                else if (reason == QSystemTrayIcon::MiddleClick)
                    middleClicked();
            });
    m_drawn = {};
    m_icon->setIcon(trayIcon(m_drawn));
    draw();
    m_icon->show();
}

void TrayIcon::setStatus(const TrayStatus &status)
{
    if (status == std::exchange(m_status, status))
        return;
    m_menu.setStatus(status);
    draw();
}

void TrayIcon::setStyle(const TrayStyle &style)
{
    m_style = style;
    draw();
}

void TrayIcon::draw()
{
    if (!m_icon)
        return;
    // Above nine the number does not show.
    const TrayLook look{m_status.state(), std::min<qint64>(m_status.unread, 10), m_style.isDotOnly,
                        m_style.monochrome};
    if (look != std::exchange(m_drawn, look))
        m_icon->setIcon(trayIcon(look));
    m_icon->setToolTip(m_status.headline());
}

void TrayIcon::middleClicked()
{
    if (!m_status.isPausable)
        return;
    if (m_status.pausedUntil.isValid())
        Q_EMIT resumeWanted();
    else
        Q_EMIT pauseWanted(PauseChoice::OneHour);
}

void TrayIcon::showMessage(const QString &title, const QString &body)
{
    if (m_icon && m_isThere)
        m_icon->showMessage(title, body, trayIcon(m_drawn), messageTime);
}

void TrayIcon::setThere(bool isThere)
{
    if (isThere != std::exchange(m_isThere, isThere))
        Q_EMIT isThereChanged(isThere);
}
} // namespace belfry::desktop

#include "moc_tray_icon.cpp"
