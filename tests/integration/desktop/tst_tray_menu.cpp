#include "desktop/tray_menu.h"

#include <QAction>
#include <QApplication>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>

using namespace belfry;
using namespace belfry::desktop;

namespace {
/// What is to be seen, from the top.
QStringList entriesOf(const QMenu *menu)
{
    QStringList entries;
    for (const QAction *action : menu->actions()) {
        if (action->isVisible() && !action->isSeparator())
            entries.append(action->text());
    }
    return entries;
}

void choose(const QMenu *menu, const QString &text)
{
    for (QAction *action : menu->actions()) {
        if (action->isVisible() && action->text() == text)
            return action->trigger();
    }
    QFAIL(qPrintable(text));
}

TrayStatus someStatus()
{
    TrayStatus status;
    status.link = TrayStatus::Link::Connected;
    status.unread = 7;
    status.latest = {{{0, 1}, QStringLiteral("One & two")},
                     {{0, 2}, QString(100, u'x')},
                     {{0, 3}, QStringLiteral("Three\nlines")},
                     {{0, 4}, QStringLiteral("Four")}};
    return status;
}
} // namespace

class TestTrayMenu : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); }
    void showsWhatThereIs();
    void pausesWhereTheServerCan();
    void doesWhatIsChosen();
    void staysTheSameMenu();
};

void TestTrayMenu::showsWhatThereIs()
{
    TrayMenu menu;
    QCOMPARE(entriesOf(menu.menu()),
             (QStringList{QStringLiteral("All read · connecting"), QStringLiteral("Open Belfry"),
                          QStringLiteral("Mark all read"), QStringLiteral("Preferences…"),
                          QStringLiteral("Quit")}));
    menu.setStatus(someStatus());
    QCOMPARE(entriesOf(menu.menu()),
             (QStringList{QStringLiteral("7 unread · connected"), QStringLiteral("One && two"),
                          QString(47, u'x') + QStringLiteral("…"), QStringLiteral("Three lines"),
                          QStringLiteral("Open Belfry"), QStringLiteral("Mark all read"),
                          QStringLiteral("Preferences…"), QStringLiteral("Quit")}));
    QVERIFY(!menu.menu()->actions().constFirst()->isEnabled());
}

void TestTrayMenu::pausesWhereTheServerCan()
{
    TrayMenu menu;
    TrayStatus status = someStatus();
    status.pausedUntil = QDateTime(QDate(2026, 1, 2), QTime(15, 40));
    menu.setStatus(status);
    QVERIFY(!entriesOf(menu.menu()).contains(QStringLiteral("Pause")));
    status.isPausable = true;
    menu.setStatus(status);
    QVERIFY(entriesOf(menu.menu()).contains(QStringLiteral("Pause")));
    QVERIFY(entriesOf(menu.menu()).contains(QStringLiteral("Resume (until 15:40)")));
    status.pausedUntil = {};
    menu.setStatus(status);
    QVERIFY(entriesOf(menu.menu()).filter(QStringLiteral("Resume")).isEmpty());
}

void TestTrayMenu::doesWhatIsChosen()
{
    TrayMenu menu;
    TrayStatus status = someStatus();
    status.isPausable = true;
    status.pausedUntil = QDateTime(QDate(2026, 1, 2), QTime(15, 40));
    menu.setStatus(status);
    QSignalSpy item(&menu, &TrayMenu::itemWanted);
    QSignalSpy open(&menu, &TrayMenu::openWanted);
    QSignalSpy read(&menu, &TrayMenu::markAllReadWanted);
    QSignalSpy pause(&menu, &TrayMenu::pauseWanted);
    QSignalSpy resume(&menu, &TrayMenu::resumeWanted);
    QSignalSpy preferences(&menu, &TrayMenu::preferencesWanted);
    QSignalSpy quit(&menu, &TrayMenu::quitWanted);
    for (const char *text :
         {"Three lines", "Open Belfry", "Mark all read", "Resume (until 15:40)", "Preferences…", "Quit"})
        choose(menu.menu(), QString::fromUtf8(text));
    for (QAction *action : menu.menu()->actions()) {
        if (action->menu() != nullptr)
            choose(action->menu(), QStringLiteral("For 2 hours"));
    }
    QCOMPARE(item.size(), 1);
    QCOMPARE(item.at(0).at(0).value<model::NotificationId>(), (model::NotificationId{0, 3}));
    for (const QSignalSpy *spy : {&open, &read, &resume, &preferences, &quit})
        QCOMPARE(spy->size(), 1);
    QCOMPARE(pause.size(), 1);
    QCOMPARE(pause.at(0).at(0).value<PauseChoice>(), PauseChoice::TwoHours);
}

void TestTrayMenu::staysTheSameMenu()
{
    TrayMenu menu;
    const QList<QAction *> before = menu.menu()->actions();
    menu.setStatus(someStatus());
    menu.setStatus({});
    QCOMPARE(menu.menu()->actions(), before);
}

QTEST_MAIN(TestTrayMenu)
#include "tst_tray_menu.moc"
