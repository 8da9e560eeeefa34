#include "desktop/tray_status.h"

#include <QLocale>
#include <QTest>

namespace belfry::desktop {
namespace {
TrayStatus statusOf(TrayStatus::Link link, qint64 unread, bool isPaused = false)
{
    TrayStatus status;
    status.link = link;
    status.unread = unread;
    if (isPaused)
        status.pausedUntil = QDateTime(QDate(2026, 1, 2), QTime(15, 40));
    return status;
}
} // namespace

class TestTrayStatus : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theWorstShows();
    void headline();
};

void TestTrayStatus::theWorstShows()
{
    using Link = TrayStatus::Link;
    QCOMPARE(TrayStatus().state(), TrayState::Normal);
    QCOMPARE(statusOf(Link::Connected, 0).state(), TrayState::Normal);
    QCOMPARE(statusOf(Link::Connecting, 3).state(), TrayState::Unread);
    QCOMPARE(statusOf(Link::Connected, 3, true).state(), TrayState::Paused);
    QCOMPARE(statusOf(Link::Offline, 3, true).state(), TrayState::Offline);
    QCOMPARE(statusOf(Link::Error, 3, true).state(), TrayState::Error);
}

void TestTrayStatus::headline()
{
    const QLocale before;
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    using Link = TrayStatus::Link;
    QCOMPARE(statusOf(Link::Connected, 7).headline(), QStringLiteral("7 unread · connected"));
    QCOMPARE(statusOf(Link::Offline, 0).headline(), QStringLiteral("All read · offline"));
    QCOMPARE(statusOf(Link::Connected, 1, true).headline(),
             QStringLiteral("1 unread · connected · paused until 15:40"));
    QLocale::setDefault(before);
}
} // namespace belfry::desktop

QTEST_GUILESS_MAIN(belfry::desktop::TestTrayStatus)
#include "tst_tray_status.moc"
