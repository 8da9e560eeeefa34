#include "desktop/banners.h"
#include "desktop/dbus_call.h"
#include "support/wait_until.h"

#include <QCoreApplication>
#include <QDBusVariant>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace belfry;
using namespace belfry::desktop;
using belfry::test::waitUntil;
using model::Alert;

namespace {
model::Notification item(quint64 n)
{
    model::Notification result;
    result.id = {7, n};
    result.seq = result.createdSeq = qint64(n);
    result.state = model::State::Done;
    result.content.title = "Title " + QByteArray::number(n);
    result.content.message = "<b>&";
    return result;
}

/// The real one, on the display and the bus of this test.
struct Dunst
{
    Dunst()
    {
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        QFile config(folder.filePath(QStringLiteral("dunstrc")));
        if (!config.open(QIODevice::WriteOnly) || config.write("[global]\nmarkup = full\n") < 0)
            qFatal("no folder for dunst");
        config.close();
        process.start(QStringLiteral("dunst"), {QStringLiteral("-conf"), config.fileName()});
    }
    ~Dunst()
    {
        process.kill();
        process.waitForFinished();
    }
    Q_DISABLE_COPY_MOVE(Dunst)

    QDBusMessage call(const QString &interface, const char *method, const QVariantList &arguments)
    {
        return QDBusConnection::sessionBus().call(
            methodCall({QStringLiteral("org.freedesktop.Notifications"),
                        QStringLiteral("/org/freedesktop/Notifications"), interface},
                       QLatin1String(method), arguments),
            QDBus::BlockWithGui);
    }
    /// How many of its own it shows now.
    int displayed()
    {
        return variantIn(call(properties, "Get", {control, QStringLiteral("displayedLength")})).toInt();
    }
    void pause(bool isPaused)
    {
        (void)call(properties, "Set",
                   {control, QStringLiteral("paused"), QVariant::fromValue(QDBusVariant(isPaused))});
    }

    const QString control = QStringLiteral("org.dunstproject.cmd0");
    const QString properties = QStringLiteral("org.freedesktop.DBus.Properties");
    QTemporaryDir folder;
    QProcess process;
};
} // namespace

/// The contract that tst_banners has with a stand-in, once with a service that people have.
class TestBannersDunst : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aLifeOfBanners();
};

void TestBannersDunst::aLifeOfBanners()
{
    Dunst dunst;
    Banners banners(QDBusConnection::sessionBus());
    QVERIFY(waitUntil([&] { return banners.capabilities().has(QLatin1String("actions")); }));
    QVERIFY(banners.capabilities().has(QLatin1String("body-markup")));
    QVERIFY(waitUntil([&] { return banners.doNotDisturb() == DoNotDisturb::State::Off; }));

    QImage icon(48, 48, QImage::Format_ARGB32);
    icon.fill(Qt::red);
    banners.show(item(1), Alert::Sound, icon);
    QVERIFY(waitUntil([&] { return dunst.displayed() == 1; }));

    // A click on what came up.
    QSignalSpy opened(&banners, &Banners::opened);
    (void)dunst.call(dunst.control, "NotificationAction", {0U});
    QVERIFY(waitUntil([&] { return opened.size() == 1; }));
    QCOMPARE(opened.at(0).at(0).value<model::NotificationId>(), item(1).id);

    // Read elsewhere.
    banners.show(item(2), Alert::Silent);
    banners.show(item(3), Alert::Silent);
    QVERIFY(waitUntil([&] { return dunst.displayed() >= 2; }));
    banners.withdraw(item(1).id);
    banners.withdraw(item(2).id);
    QVERIFY(waitUntil([&] { return dunst.displayed() == 1; }));

    // A burst is one banner.
    for (quint64 n = 10; n < 40; ++n)
        banners.show(item(n), Alert::Sound);
    QVERIFY(waitUntil([&] { return dunst.displayed() == 1; }));
    banners.withdrawAll();
    QVERIFY(waitUntil([&] { return dunst.displayed() == 0; }));

    // Dunst does not say that it was paused: it is asked with each banner.
    dunst.pause(true);
    banners.show(item(50), Alert::Sound);
    QVERIFY(waitUntil([&] { return banners.doNotDisturb() == DoNotDisturb::State::On; }));
    dunst.pause(false);
    banners.show(item(51), Alert::Sound);
    QVERIFY(waitUntil([&] { return banners.doNotDisturb() == DoNotDisturb::State::Off; }));
}

QTEST_GUILESS_MAIN(TestBannersDunst)
#include "tst_banners_dunst.moc"
