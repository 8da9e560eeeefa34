#include "desktop/tray_menu.h"

#include <QAction>
#include <QLocale>
#include <QMenu>

namespace belfry::desktop {
namespace {
/// One line, and no '&', which would be a shortcut.
QString menuText(const QString &title)
{
    QString text = title.simplified();
    if (text.size() > TrayMenu::longestTitle) {
        const bool isHalf = text.at(TrayMenu::longestTitle - 2).isHighSurrogate();
        text.truncate(TrayMenu::longestTitle - (isHalf ? 2 : 1));
        text += QChar(u'…');
    }
    return text.replace(u'&', QLatin1String("&&"));
}
} // namespace

TrayMenu::TrayMenu(QObject *parent)
    : QObject(parent)
    , m_menu(std::make_unique<QMenu>())
{
    m_headline = m_menu->addAction(QString());
    m_headline->setEnabled(false);
    m_menu->addSeparator();
    for (int i = 0; i < mostLatest; ++i) {
        QAction *entry = m_menu->addAction(QString());
        connect(entry, &QAction::triggered, this, [this, i] {
            if (i < m_status.latest.size())
                Q_EMIT itemWanted(m_status.latest.at(i).id);
        });
        m_latest.append(entry);
    }
    m_latestEnd = m_menu->addSeparator();
    connect(m_menu->addAction(tr("Open Belfry")), &QAction::triggered, this, &TrayMenu::openWanted);
    m_markAllRead = m_menu->addAction(tr("Mark all read"));
    connect(m_markAllRead, &QAction::triggered, this, &TrayMenu::markAllReadWanted);
    addPauses();
    m_menu->addSeparator();
    connect(m_menu->addAction(tr("Preferences…")), &QAction::triggered, this, &TrayMenu::preferencesWanted);
    connect(m_menu->addAction(tr("Quit")), &QAction::triggered, this, &TrayMenu::quitWanted);
    setStatus({});
}

TrayMenu::~TrayMenu() = default;

void TrayMenu::addPauses()
{
    m_pause = m_menu->addMenu(tr("Pause"));
    const auto offer = [this](const QString &text, PauseChoice choice) {
        connect(m_pause->addAction(text), &QAction::triggered, this,
                [this, choice] { Q_EMIT pauseWanted(choice); });
    };
    offer(tr("For 30 minutes"), PauseChoice::HalfHour);
    offer(tr("For 1 hour"), PauseChoice::OneHour);
    offer(tr("For 2 hours"), PauseChoice::TwoHours);
    offer(tr("Until tomorrow"), PauseChoice::UntilTomorrow);
    m_resume = m_menu->addAction(QString());
    connect(m_resume, &QAction::triggered, this, &TrayMenu::resumeWanted);
}

void TrayMenu::setStatus(const TrayStatus &status)
{
    m_status = status;
    m_headline->setText(menuText(status.headline()));
    for (int i = 0; i < mostLatest; ++i) {
        const bool isThere = i < status.latest.size();
        m_latest.at(i)->setVisible(isThere);
        m_latest.at(i)->setText(isThere ? menuText(status.latest.at(i).title) : QString());
    }
    m_latestEnd->setVisible(!status.latest.isEmpty());
    m_markAllRead->setEnabled(status.unread > 0);
    const bool isPaused = status.pausedUntil.isValid();
    m_pause->menuAction()->setVisible(status.isPausable);
    m_resume->setVisible(status.isPausable && isPaused);
    m_resume->setText(
        isPaused
            ? tr("Resume (until %1)").arg(QLocale().toString(status.pausedUntil.time(), QLocale::ShortFormat))
            : tr("Resume"));
}
} // namespace belfry::desktop

#include "moc_tray_menu.cpp"
