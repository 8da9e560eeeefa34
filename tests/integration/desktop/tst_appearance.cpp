#include "desktop/appearance.h"
#include "support/private_bus.h"
#include "support/wait_until.h"

#include <QDBusVariant>
#include <QSignalSpy>

using namespace belfry;
using belfry::desktop::Appearance;
using belfry::desktop::Look;
using belfry::test::waitUntil;

namespace {
const QString portal = QStringLiteral("org.freedesktop.portal.Desktop");
const QString portalPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString settings = QStringLiteral("org.freedesktop.portal.Settings");
const QString group = QStringLiteral("org.freedesktop.appearance");

QPalette paletteOf(bool isDark)
{
    QPalette palette;
    palette.setColor(QPalette::Window, isDark ? Qt::black : Qt::white);
    palette.setColor(QPalette::WindowText, isDark ? Qt::white : Qt::black);
    return palette;
}

/// Its Read wraps a variant into a variant, as the true one does.
bool startPortal(test::PrivateBus &bus, int scheme, int contrast)
{
    if (!bus.startMockObject(portal, portalPath, settings))
        return false;
    bus.mock(
        portal, portalPath, QStringLiteral("AddMethod"),
        {settings, QStringLiteral("Read"), QStringLiteral("ss"), QStringLiteral("v"),
         QStringLiteral("ret = dbus.UInt32({'color-scheme': %1, 'contrast': %2}[args[1]], variant_level=1)")
             .arg(scheme)
             .arg(contrast)});
    return true;
}

void tell(test::PrivateBus &bus, const QString &in, const char *key, uint value)
{
    bus.mock(portal, portalPath, QStringLiteral("EmitSignal"),
             {settings, QStringLiteral("SettingChanged"), QStringLiteral("ssv"),
              QVariant(QVariantList{in, QLatin1String(key), value})});
}
} // namespace

class TestAppearance : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void withoutAPortalThePaletteDecides();
    void asksThePortal();
    void noPreferenceIsThePalettes();
    void followsThePortal();
    void aPortalThatComesLater();
    void aPortalThatHangsHoldsNothingUp();
};

void TestAppearance::withoutAPortalThePaletteDecides()
{
    const QDBusConnection none(QStringLiteral("there is none"));
    QCOMPARE(Appearance(none, paletteOf(true)).look(), (Look{true, false}));
    QCOMPARE(Appearance(none, paletteOf(false)).look(), (Look{false, false}));
}

void TestAppearance::asksThePortal()
{
    test::PrivateBus bus;
    QVERIFY(startPortal(bus, 1, 1));
    Appearance appearance(bus.connect(), paletteOf(false));
    QCOMPARE(appearance.look(), (Look{false, false}));
    QVERIFY(waitUntil([&] { return appearance.look() == Look{true, true}; }));
}

void TestAppearance::noPreferenceIsThePalettes()
{
    test::PrivateBus bus;
    QVERIFY(startPortal(bus, 0, 1));
    Appearance appearance(bus.connect(), paletteOf(true));
    QVERIFY(waitUntil([&] { return appearance.look().hasHighContrast; }));
    QVERIFY(appearance.look().isDark);
}

void TestAppearance::followsThePortal()
{
    test::PrivateBus bus;
    QVERIFY(startPortal(bus, 2, 0));
    Appearance appearance(bus.connect(), paletteOf(true));
    QVERIFY(waitUntil([&] { return appearance.look() == Look{false, false}; }));
    QSignalSpy changed(&appearance, &Appearance::changed);
    tell(bus, QStringLiteral("org.example"), "color-scheme", 1);
    tell(bus, group, "accent-color", 1);
    tell(bus, group, "color-scheme", 1);
    QVERIFY(waitUntil([&] { return appearance.look() == Look{true, false}; }));
    tell(bus, group, "color-scheme", 2);
    tell(bus, group, "contrast", 1);
    QVERIFY(waitUntil([&] { return appearance.look() == Look{false, true}; }));
    QCOMPARE(changed.size(), 3);
}

void TestAppearance::aPortalThatComesLater()
{
    test::PrivateBus bus;
    Appearance appearance(bus.connect(), paletteOf(false));
    QVERIFY(startPortal(bus, 1, 0));
    tell(bus, group, "contrast", 1);
    QVERIFY(waitUntil([&] { return appearance.look().hasHighContrast; }));
}

void TestAppearance::aPortalThatHangsHoldsNothingUp()
{
    test::PrivateBus bus;
    QVERIFY(startPortal(bus, 1, 0));
    bus.freeze(portal);
    QElapsedTimer timer;
    timer.start();
    Appearance appearance(bus.connect(), paletteOf(true));
    QVERIFY(timer.elapsed() < 1000);
    QVERIFY(appearance.look().isDark);
    bus.freeze(portal, false);
}

QTEST_GUILESS_MAIN(TestAppearance)
#include "tst_appearance.moc"
