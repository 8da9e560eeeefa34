#include "desktop/launcher_badge.h"
#include "support/private_bus.h"
#include "support/wait_until.h"

#include <QTest>

using namespace belfry;
using belfry::test::waitUntil;

namespace {
/// As a dock hears it.
class Dock : public QObject
{
    Q_OBJECT
public:
    explicit Dock(const QDBusConnection &connection)
        : bus(connection)
    {
        bus.connect({}, {}, QStringLiteral("com.canonical.Unity.LauncherEntry"), QStringLiteral("Update"),
                    this, SLOT(update(QString, QVariantMap)));
    }

    QDBusConnection bus;
    QList<std::pair<QString, QVariantMap>> heard;

public Q_SLOTS:
    void update(const QString &application, const QVariantMap &properties)
    {
        heard.append({application, properties});
    }
};
} // namespace

class TestLauncherBadge : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tellsTheDock();
    void livesWithoutABus();
};

void TestLauncherBadge::tellsTheDock()
{
    test::PrivateBus bus;
    Dock dock(bus.connect());
    // A rule is in force once the bus has answered something later on the same connection.
    QVERIFY(dock.bus
                .call(QDBusMessage::createMethodCall(
                    QStringLiteral("org.freedesktop.DBus"), QStringLiteral("/"),
                    QStringLiteral("org.freedesktop.DBus"), QStringLiteral("GetId")))
                .type() == QDBusMessage::ReplyMessage);
    desktop::LauncherBadge badge(bus.connect());
    badge.set(0);
    badge.set(3);
    badge.set(3);
    badge.set(3, true);
    badge.set(0);
    QVERIFY(waitUntil([&] { return dock.heard.size() == 3; }));
    QCOMPARE(dock.heard.at(0).first, QStringLiteral("application://org.belfry.Belfry.desktop"));
    QCOMPARE(dock.heard.at(0).second, (QVariantMap{{QStringLiteral("count"), qint64(3)},
                                                   {QStringLiteral("count-visible"), true},
                                                   {QStringLiteral("urgent"), false}}));
    QCOMPARE(dock.heard.at(1).second.value(QStringLiteral("urgent")), QVariant(true));
    QCOMPARE(dock.heard.at(2).second.value(QStringLiteral("count-visible")), QVariant(false));
}

void TestLauncherBadge::livesWithoutABus()
{
    desktop::LauncherBadge badge(QDBusConnection(QStringLiteral("there is none")));
    badge.set(3);
    badge.set(0);
}

QTEST_GUILESS_MAIN(TestLauncherBadge)
#include "tst_launcher_badge.moc"
