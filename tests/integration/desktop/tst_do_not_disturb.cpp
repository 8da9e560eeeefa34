#include "desktop/dbus_call.h"
#include "desktop/do_not_disturb.h"
#include "support/private_bus.h"
#include "support/wait_until.h"

#include <QDBusVariant>
#include <QTest>

using namespace belfry;
using belfry::desktop::DoNotDisturb;
using belfry::test::waitUntil;

namespace {
const QString dunst = QStringLiteral("org.dunstproject.cmd0");

void tellProperty(test::PrivateBus &bus, const char *method, const QString &interface, const char *name,
                  bool value)
{
    const QVariant variant = QVariant::fromValue(QDBusVariant(value));
    if (QLatin1String(method) == QLatin1String("AddProperty"))
        bus.mock(test::notificationService, test::notificationPath, QLatin1String(method),
                 {interface, QLatin1String(name), variant});
    else
        bus.mock(test::notificationService, test::notificationPath, QLatin1String(method),
                 {interface, QVariantMap{{QLatin1String(name), value}}});
}

bool startService(test::PrivateBus &bus)
{
    return bus.startMock(QStringLiteral("notification_daemon"), test::notificationService);
}
} // namespace

class TestDoNotDisturb : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aServiceWithoutItIsUnknown();
    void plasmaSaysWhenItChanges();
    void dunstIsAsked();
    void goesWithItsService();
};

void TestDoNotDisturb::aServiceWithoutItIsUnknown()
{
    test::PrivateBus bus;
    QVERIFY(startService(bus));
    const QDBusConnection connection = bus.connect();
    DoNotDisturb quiet(connection);
    // Answers come in the order of the questions: behind two of ours it has had both of its own.
    int answers = 0;
    std::function<void(const QDBusMessage &)> next = [&](const QDBusMessage &) {
        if (++answers < 3)
            desktop::ask(connection,
                         desktop::propertyCall({test::notificationService, test::notificationPath, dunst},
                                               QStringLiteral("x")),
                         this, next);
    };
    next({});
    QVERIFY(waitUntil([&] { return answers == 3; }));
    QCOMPARE(quiet.state(), DoNotDisturb::State::Unknown);
}

void TestDoNotDisturb::plasmaSaysWhenItChanges()
{
    test::PrivateBus bus;
    QVERIFY(startService(bus));
    tellProperty(bus, "AddProperty", test::notificationService, "Inhibited", false);
    DoNotDisturb quiet(bus.connect());
    QVERIFY(waitUntil([&] { return quiet.state() == DoNotDisturb::State::Off; }));
    tellProperty(bus, "UpdateProperties", test::notificationService, "Inhibited", true);
    QVERIFY(waitUntil([&] { return quiet.state() == DoNotDisturb::State::On; }));
    tellProperty(bus, "UpdateProperties", test::notificationService, "Inhibited", false);
    QVERIFY(waitUntil([&] { return quiet.state() == DoNotDisturb::State::Off; }));
}

void TestDoNotDisturb::dunstIsAsked()
{
    test::PrivateBus bus;
    QVERIFY(startService(bus));
    tellProperty(bus, "AddProperty", dunst, "paused", true);
    DoNotDisturb quiet(bus.connect());
    QVERIFY(waitUntil([&] { return quiet.state() == DoNotDisturb::State::On; }));
}

void TestDoNotDisturb::goesWithItsService()
{
    test::PrivateBus bus;
    DoNotDisturb quiet(bus.connect());
    QVERIFY(startService(bus));
    tellProperty(bus, "AddProperty", test::notificationService, "Inhibited", true);
    quiet.refresh();
    QVERIFY(waitUntil([&] { return quiet.state() == DoNotDisturb::State::On; }));
    QVERIFY(bus.stop(test::notificationService));
    QVERIFY(waitUntil([&] { return quiet.state() == DoNotDisturb::State::Unknown; }));
}

QTEST_GUILESS_MAIN(TestDoNotDisturb)
#include "tst_do_not_disturb.moc"
