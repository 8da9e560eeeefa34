#include "desktop/tray_icon.h"
#include "support/private_bus.h"
#include "support/wait_until.h"

#include <QApplication>
#include <QDBusArgument>
#include <QDBusObjectPath>
#include <QSignalSpy>

using namespace belfry;
using namespace belfry::desktop;
using belfry::test::waitUntil;

namespace {
const QString watcherName = QStringLiteral("org.kde.StatusNotifierWatcher");
const QString watcherPath = QStringLiteral("/StatusNotifierWatcher");
const QString itemInterface = QStringLiteral("org.kde.StatusNotifierItem");
const QString itemPath = QStringLiteral("/StatusNotifierItem");

/// A panel of the new kind: another program, as Qt waits for its answers. Takes the items that register, and
/// asks them as a panel does.
struct Panel
{
    bool start(bool hasHost)
    {
        const QString folder = qEnvironmentVariable("BELFRY_SOURCE_DIR");
        return bus.startMock(folder + QStringLiteral("/tests/integration/desktop/panel_template.py"),
                             watcherName,
                             hasHost ? QStringLiteral("{}") : QStringLiteral(R"({"host": false})"));
    }
    void startHost()
    {
        bus.mock(watcherName, watcherPath, QStringLiteral("UpdateProperties"),
                 {watcherName, QVariantMap{{QStringLiteral("IsStatusNotifierHostRegistered"), true}}});
        bus.mock(watcherName, watcherPath, QStringLiteral("EmitSignal"),
                 {watcherName, QStringLiteral("StatusNotifierHostRegistered"), QString(),
                  QVariant(QVariantList())});
    }
    bool stop() { return bus.stop(watcherName); }

    QStringList items()
    {
        QStringList names;
        for (const QVariantList &call :
             bus.callsOf(watcherName, watcherPath, QStringLiteral("RegisterStatusNotifierItem")))
            names.append(call.at(0).toString());
        return names;
    }
    QVariant get(const char *property)
    {
        return bus.call(items().constLast(), itemPath, QStringLiteral("org.freedesktop.DBus.Properties"),
                        QStringLiteral("Get"), {itemInterface, QLatin1String(property)});
    }
    void click(const char *method)
    {
        (void)bus.call(items().constLast(), itemPath, itemInterface, QLatin1String(method), {10, 10});
    }

    /// The picture of 22 px that the last item offers.
    QImage picture()
    {
        const auto argument = qvariant_cast<QDBusArgument>(get("IconPixmap"));
        QImage found;
        argument.beginArray();
        while (!argument.atEnd()) {
            int width = 0;
            int height = 0;
            QByteArray bytes;
            argument.beginStructure();
            argument >> width >> height >> bytes;
            argument.endStructure();
            if (width == 22)
                found = QImage(reinterpret_cast<const uchar *>(bytes.constData()), width, height,
                               QImage::Format_ARGB32)
                            .copy();
        }
        argument.endArray();
        return found;
    }

    test::PrivateBus bus{qEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS")};
};
} // namespace

class TestTrayIcon : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void comesWithThePanelAndGoesWithIt();
};

/// One story, as Qt looks for a tray once in the life of a program.
void TestTrayIcon::comesWithThePanelAndGoesWithIt()
{
    TrayIcon tray(QDBusConnection::sessionBus());
    QSignalSpy there(&tray, &TrayIcon::isThereChanged);
    TrayStatus status;
    status.link = TrayStatus::Link::Connected;
    tray.setStatus(status);
    tray.showMessage(QStringLiteral("nobody"), QStringLiteral("sees this"));
    QVERIFY(!tray.isThere());

    // A panel that starts after the program, its watcher before that which shows icons: Qt, asked now, would
    // never ask again.
    Panel panel;
    QVERIFY(panel.start(false));
    QVERIFY(!tray.isThere());
    panel.startHost();
    QVERIFY(waitUntil([&] { return panel.items().size() == 1; }));
    QVERIFY(tray.isThere());
    QCOMPARE(there.size(), 1);
    QVERIFY(waitUntil([&] { return !panel.picture().isNull(); }));
    const QImage quiet = panel.picture();

    status.unread = 7;
    tray.setStatus(status);
    QVERIFY(waitUntil([&] { return panel.picture() != quiet; }));
    const QImage unread = panel.picture();
    status.link = TrayStatus::Link::Offline;
    tray.setStatus(status);
    QVERIFY(waitUntil([&] { return panel.picture() != unread; }));
    QVERIFY(!qvariant_cast<QDBusObjectPath>(panel.get("Menu")).path().isEmpty());

    // Clicks.
    QSignalSpy toggle(&tray, &TrayIcon::toggleWanted);
    QSignalSpy pause(&tray, &TrayIcon::pauseWanted);
    QSignalSpy resume(&tray, &TrayIcon::resumeWanted);
    panel.click("Activate");
    QVERIFY(waitUntil([&] { return toggle.size() == 1; }));
    panel.click("SecondaryActivate");
    status.isPausable = true;
    tray.setStatus(status);
    panel.click("SecondaryActivate");
    QVERIFY(waitUntil([&] { return pause.size() == 1; }));
    QCOMPARE(pause.at(0).at(0).value<PauseChoice>(), PauseChoice::OneHour);
    status.pausedUntil = QDateTime::currentDateTime().addSecs(3600);
    tray.setStatus(status);
    panel.click("SecondaryActivate");
    QVERIFY(waitUntil([&] { return resume.size() == 1; }));
    QCOMPARE(pause.size(), 1);

    // The panel ends, and another one starts.
    QVERIFY(panel.stop());
    QVERIFY(waitUntil([&] { return !tray.isThere(); }));
    QVERIFY(panel.start(true));
    QVERIFY(waitUntil([&] { return panel.items().size() == 1; }));
    QVERIFY(waitUntil([&] { return tray.isThere(); }));
    QVERIFY(waitUntil([&] { return !panel.picture().isNull(); }));
}

QTEST_MAIN(TestTrayIcon)
#include "tst_tray_icon.moc"
