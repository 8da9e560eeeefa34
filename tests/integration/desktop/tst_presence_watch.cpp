#include "desktop/presence_watch.h"
#include "desktop/sleep_watch.h"
#include "support/private_bus.h"
#include "support/wait_until.h"

#include <QSignalSpy>

using namespace belfry;
using belfry::desktop::PresenceWatch;
using belfry::desktop::SleepWatch;
using belfry::test::waitUntil;

namespace {
const QString logind = QStringLiteral("org.freedesktop.login1");
const QString logindPath = QStringLiteral("/org/freedesktop/login1");
const QString sessionPath = QStringLiteral("/org/freedesktop/login1/session/c7");
const QString saver = QStringLiteral("org.freedesktop.ScreenSaver");
const QString saverPath = QStringLiteral("/org/freedesktop/ScreenSaver");

bool startLogind(test::PrivateBus &bus)
{
    if (!bus.startMock(QStringLiteral("logind"), logind))
        return false;
    bus.mock(logind, logindPath, QStringLiteral("AddSession"),
             {QStringLiteral("c7"), QStringLiteral("seat0"), 1000U, QStringLiteral("ada"), true});
    return true;
}

void setHint(test::PrivateBus &bus, const char *hint, bool value)
{
    bus.mock(logind, sessionPath, QStringLiteral("UpdateProperties"),
             {QStringLiteral("org.freedesktop.login1.Session"), QVariantMap{{QLatin1String(hint), value}}});
}

bool startSaver(test::PrivateBus &bus, const QString &name, const QString &path, bool isActive)
{
    if (!bus.startMockObject(name, path, name))
        return false;
    bus.mock(name, path, QStringLiteral("AddMethod"),
             {name, QStringLiteral("GetActive"), QString(), QStringLiteral("b"),
              isActive ? QStringLiteral("ret = True") : QStringLiteral("ret = False")});
    return true;
}

void tellActive(test::PrivateBus &bus, const QString &name, const QString &path, bool isActive)
{
    bus.mock(name, path, QStringLiteral("EmitSignal"),
             {name, QStringLiteral("ActiveChanged"), QStringLiteral("b"), QVariant(QVariantList{isActive})});
}
} // namespace

class TestPresenceWatch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void withNobodyToAskOneIsActive();
    void followsLogind();
    void readsHowItIsAtTheStart();
    void aLockIsMoreThanIdle();
    void hearsOfServicesThatComeLater();
    void followsScreenSavers_data();
    void followsScreenSavers();
    void tellsOfSleep();
};

void TestPresenceWatch::withNobodyToAskOneIsActive()
{
    const QDBusConnection none(QStringLiteral("there is none"));
    const PresenceWatch presence(none, none, {});
    const SleepWatch sleep(none);
    QCOMPARE(presence.state(), PresenceWatch::State::Active);
    QVERIFY(!presence.isLocked());
}

void TestPresenceWatch::followsLogind()
{
    test::PrivateBus bus;
    QVERIFY(startLogind(bus));
    PresenceWatch presence(bus.connect(), bus.connect(), QStringLiteral("c7"));
    QSignalSpy changed(&presence, &PresenceWatch::changed);
    setHint(bus, "IdleHint", true);
    QVERIFY(waitUntil([&] { return presence.state() == PresenceWatch::State::Idle; }));
    setHint(bus, "IdleHint", false);
    QVERIFY(waitUntil([&] { return presence.state() == PresenceWatch::State::Active; }));
    setHint(bus, "LockedHint", true);
    QVERIFY(waitUntil([&] { return presence.isLocked(); }));
    QCOMPARE(changed.size(), 3);
    QVERIFY(bus.stop(logind));
    QVERIFY(waitUntil([&] { return presence.state() == PresenceWatch::State::Active; }));
}

void TestPresenceWatch::readsHowItIsAtTheStart()
{
    test::PrivateBus bus;
    QVERIFY(startLogind(bus));
    setHint(bus, "LockedHint", true);
    const PresenceWatch presence(bus.connect(), bus.connect(), QStringLiteral("c7"));
    QVERIFY(waitUntil([&] { return presence.isLocked(); }));
}

void TestPresenceWatch::aLockIsMoreThanIdle()
{
    test::PrivateBus bus;
    QVERIFY(startLogind(bus));
    PresenceWatch presence(bus.connect(), bus.connect(), QStringLiteral("c7"));
    setHint(bus, "LockedHint", true);
    setHint(bus, "IdleHint", true);
    QVERIFY(waitUntil([&] { return presence.isLocked(); }));
    setHint(bus, "LockedHint", false);
    QVERIFY(waitUntil([&] { return presence.state() == PresenceWatch::State::Idle; }));
}

void TestPresenceWatch::hearsOfServicesThatComeLater()
{
    test::PrivateBus bus;
    PresenceWatch presence(bus.connect(), bus.connect(), QStringLiteral("c7"));
    QVERIFY(startSaver(bus, saver, saverPath, false));
    tellActive(bus, saver, saverPath, true);
    QVERIFY(waitUntil([&] { return presence.isLocked(); }));
    QVERIFY(bus.stop(saver));
    QVERIFY(waitUntil([&] { return presence.state() == PresenceWatch::State::Active; }));
}

void TestPresenceWatch::followsScreenSavers_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("path");
    QTest::newRow("common") << saver << saverPath;
    QTest::newRow("GNOME") << QStringLiteral("org.gnome.ScreenSaver")
                           << QStringLiteral("/org/gnome/ScreenSaver");
}

void TestPresenceWatch::followsScreenSavers()
{
    QFETCH(QString, name);
    QFETCH(QString, path);
    test::PrivateBus bus;
    QVERIFY(startSaver(bus, name, path, true));
    PresenceWatch presence(bus.connect(), bus.connect(), {});
    QVERIFY(waitUntil([&] { return presence.isLocked(); }));
    tellActive(bus, name, path, false);
    QVERIFY(waitUntil([&] { return presence.state() == PresenceWatch::State::Active; }));
    tellActive(bus, name, path, true);
    QVERIFY(waitUntil([&] { return presence.isLocked(); }));
}

void TestPresenceWatch::tellsOfSleep()
{
    test::PrivateBus bus;
    QVERIFY(startLogind(bus));
    SleepWatch sleep(bus.connect());
    QSignalSpy falls(&sleep, &SleepWatch::fallsAsleep);
    QSignalSpy woke(&sleep, &SleepWatch::woke);
    const auto tell = [&](bool isStarting) {
        bus.mock(logind, logindPath, QStringLiteral("EmitSignal"),
                 {QStringLiteral("org.freedesktop.login1.Manager"), QStringLiteral("PrepareForSleep"),
                  QStringLiteral("b"), QVariant(QVariantList{isStarting})});
    };
    tell(true);
    QVERIFY(waitUntil([&] { return falls.size() == 1; }));
    QCOMPARE(woke.size(), 0);
    tell(false);
    QVERIFY(waitUntil([&] { return woke.size() == 1; }));
    QCOMPARE(falls.size(), 1);
}

QTEST_GUILESS_MAIN(TestPresenceWatch)
#include "tst_presence_watch.moc"
