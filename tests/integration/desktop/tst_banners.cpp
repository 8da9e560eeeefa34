#include "desktop/application_id.h"
#include "desktop/banners.h"
#include "desktop/dbus_call.h"
#include "support/private_bus.h"
#include "support/wait_until.h"

#include <QDBusArgument>
#include <QSignalSpy>

using namespace belfry;
using namespace belfry::desktop;
using namespace std::chrono_literals;
using belfry::test::waitUntil;
using model::Alert;

namespace {
const QString can = QStringLiteral(R"({"capabilities": "body body-markup actions"})");

model::Notification item(quint64 n, const model::Text &title = {})
{
    model::Notification result;
    result.id = {7, n};
    result.seq = result.createdSeq = qint64(n);
    result.state = model::State::Done;
    result.content.title = title.isEmpty() ? "Title " + QByteArray::number(n) : title;
    result.content.message = "a < b";
    result.content.source = "CI";
    return result;
}

/// What a recorded Notify said.
struct Told
{
    uint replaces = 0;
    QString summary;
    QString body;
    QStringList actions;
    QVariantMap hints;
    int expireMs = 0;
};

struct Bed
{
    bool startService(const QString &parameters = can)
    {
        return bus.startMock(QStringLiteral("notification_daemon"), test::notificationService, parameters);
    }
    Banners &banners()
    {
        if (!m_banners) {
            m_banners = std::make_unique<Banners>(bus.connect(), [this] { return now; });
            QObject::connect(m_banners.get(), &Banners::notShown, m_banners.get(),
                             [this](const QString &title, const QString &body) {
                                 balloons.append(title + QStringLiteral("|") + body);
                             });
        }
        return *m_banners;
    }
    [[nodiscard]] bool startAll()
    {
        return startService() && waitUntil([this] { return !banners().capabilities().words.isEmpty(); });
    }

    QList<Told> told()
    {
        QList<Told> all;
        for (const QVariantList &call :
             bus.callsOf(test::notificationService, test::notificationPath, QStringLiteral("Notify")))
            all.append({call.at(1).toUInt(), call.at(3).toString(), call.at(4).toString(),
                        call.at(5).toStringList(), qdbus_cast<QVariantMap>(call.at(6)), call.at(7).toInt()});
        return all;
    }
    [[nodiscard]] bool toldTimes(qsizetype times)
    {
        return waitUntil([&] { return told().size() >= times; }) && told().size() == times;
    }
    QList<uint> closedIds()
    {
        QList<uint> ids;
        for (const QVariantList &call : bus.callsOf(test::notificationService, test::notificationPath,
                                                    QStringLiteral("CloseNotification")))
            ids.append(call.at(0).toUInt());
        return ids;
    }
    void emitSignal(const char *name, const char *signature, const QVariantList &arguments)
    {
        bus.mock(
            test::notificationService, test::notificationPath, QStringLiteral("EmitSignal"),
            {test::notificationService, QLatin1String(name), QLatin1String(signature), QVariant(arguments)});
    }

    test::PrivateBus bus;
    Moment now{1h};
    QStringList balloons;

private:
    std::unique_ptr<Banners> m_banners;
};
} // namespace

class TestBanners : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void saysEverythingToTheService();
    void asksOnceWhatItCan();
    void replacesInPlace();
    void closesWhatWasReadElsewhere();
    void closesWhatIsStillOnItsWay();
    void doesWhatIsClicked();
    void hearsOfItsOwnOnly();
    void closedIsNotRead();
    void tellsABurstInOneBanner();
    void goesOnWhenItIsTime();
    void hidesWhileLocked();
    void showsOnlyWhatAsks();
    void withoutServiceThereIsALastResort();
    void aServiceThatComesLater();
    void aServiceThatTheBusStarts();
    void aServiceThatComesAgain();
    void aServiceThatHangsHoldsNothingUp();
    void withoutABus();
};

void TestBanners::saysEverythingToTheService()
{
    Bed bed;
    QVERIFY(bed.startAll());
    QImage icon(2, 2, QImage::Format_RGBA8888);
    icon.fill(Qt::blue);
    bed.banners().show(item(1), Alert::Sound, icon);
    QVERIFY(bed.toldTimes(1));
    const QVariantList raw =
        bed.bus.callsOf(test::notificationService, test::notificationPath, QStringLiteral("Notify"))
            .constFirst();
    QCOMPARE(raw.at(0), QVariant(applicationName));
    QCOMPARE(raw.at(2), QVariant(applicationId));
    const Told told = bed.told().constFirst();
    QCOMPARE(told.replaces, 0U);
    QCOMPARE(told.summary, QStringLiteral("Title 1"));
    QCOMPARE(told.body, QStringLiteral("a &lt; b"));
    QCOMPARE(told.actions.size(), 6);
    QCOMPARE(told.expireMs, -1);
    QCOMPARE(told.hints.value(QStringLiteral("urgency")).metaType(), QMetaType::fromType<uchar>());
    QCOMPARE(told.hints.value(QStringLiteral("desktop-entry")), QVariant(applicationId));
    const auto image = qdbus_cast<ImageData>(told.hints.value(QStringLiteral("image-data")));
    QCOMPARE(image.picture, icon);
}

void TestBanners::asksOnceWhatItCan()
{
    Bed bed;
    QVERIFY(bed.startAll());
    QCOMPARE(bed.banners().capabilities().words.size(), 3);
    bed.banners().show(item(1), Alert::Sound);
    bed.banners().show(item(2), Alert::Sound);
    QVERIFY(bed.toldTimes(2));
    QCOMPARE(
        bed.bus.callsOf(test::notificationService, test::notificationPath, QStringLiteral("GetCapabilities"))
            .size(),
        1);
}

void TestBanners::replacesInPlace()
{
    Bed bed;
    QVERIFY(bed.startAll());
    bed.banners().show(item(1), Alert::Sound);
    bed.now += 2s;
    bed.banners().show(item(1, "Two"), Alert::Silent); // while the first is on its way
    bed.now += 2s;
    bed.banners().show(item(1, "Three"), Alert::Silent); // overtakes the second
    QVERIFY(bed.toldTimes(2));
    QCOMPARE(bed.told().at(1).replaces, 1U);
    QCOMPARE(bed.told().at(1).summary, QStringLiteral("Three"));
}

void TestBanners::closesWhatWasReadElsewhere()
{
    Bed bed;
    QVERIFY(bed.startAll());
    bed.banners().show(item(1), Alert::Sound);
    bed.banners().show(item(2), Alert::Sound);
    QVERIFY(bed.toldTimes(2));
    bed.banners().withdraw(item(2).id);
    bed.banners().withdraw(item(9).id);
    QVERIFY(waitUntil([&] { return bed.closedIds() == QList<uint>{2}; }));
    bed.banners().withdrawAll();
    QVERIFY(waitUntil([&] { return bed.closedIds() == (QList<uint>{2, 1}); }));
}

void TestBanners::closesWhatIsStillOnItsWay()
{
    Bed bed;
    QVERIFY(bed.startAll());
    bed.banners().show(item(1), Alert::Sound);
    bed.banners().withdraw(item(1).id);
    QVERIFY(waitUntil([&] { return bed.closedIds() == QList<uint>{1}; }));
}

void TestBanners::doesWhatIsClicked()
{
    Bed bed;
    QVERIFY(bed.startAll());
    model::Notification wanted = item(1);
    wanted.content.actions = {{"retry", "Retry", ""}};
    QSignalSpy opened(&bed.banners(), &Banners::opened);
    QSignalSpy read(&bed.banners(), &Banners::readWanted);
    QSignalSpy snooze(&bed.banners(), &Banners::snoozeWanted);
    QSignalSpy acknowledge(&bed.banners(), &Banners::acknowledgeWanted);
    QSignalSpy action(&bed.banners(), &Banners::actionWanted);
    bed.banners().show(wanted, Alert::Sound);
    bed.banners().show(item(2), Alert::Sound);
    QVERIFY(bed.toldTimes(2));

    bed.emitSignal("ActivationToken", "us", {1U, QStringLiteral("token-1")});
    for (const char *key : {"default", "read", "snooze", "acknowledge", "action:retry", "unknown"})
        bed.emitSignal("ActionInvoked", "us", {1U, QLatin1String(key)});
    bed.emitSignal("ActionInvoked", "us", {2U, QStringLiteral("default")});
    QVERIFY(waitUntil([&] { return opened.size() == 2; }));
    QCOMPARE(opened.at(0), (QVariantList{QVariant::fromValue(wanted.id), QStringLiteral("token-1")}));
    QCOMPARE(opened.at(1), (QVariantList{QVariant::fromValue(item(2).id), QString()}));
    QCOMPARE(read.size(), 1);
    QCOMPARE(snooze.size(), 1);
    QCOMPARE(acknowledge.size(), 1);
    QCOMPARE(action.size(), 1);
    QCOMPARE(action.at(0), (QVariantList{QVariant::fromValue(wanted.id), QByteArray("retry")}));
}

void TestBanners::hearsOfItsOwnOnly()
{
    Bed bed;
    QVERIFY(bed.startAll());
    QSignalSpy opened(&bed.banners(), &Banners::opened);
    bed.banners().show(item(1), Alert::Sound);
    QVERIFY(bed.toldTimes(1));
    // Another program's, and somebody who only says that it is the service.
    bed.emitSignal("ActionInvoked", "us", {5U, QStringLiteral("default")});
    QDBusMessage forged = QDBusMessage::createSignal(test::notificationPath, test::notificationService,
                                                     QStringLiteral("ActionInvoked"));
    forged.setArguments({1U, QStringLiteral("default")});
    QVERIFY(bed.bus.connect().send(forged));
    bed.emitSignal("ActionInvoked", "us", {1U, QStringLiteral("default")});
    QVERIFY(waitUntil([&] { return !opened.isEmpty(); }));
    QCOMPARE(opened.size(), 1);
}

void TestBanners::closedIsNotRead()
{
    Bed bed;
    QVERIFY(bed.startAll());
    QSignalSpy read(&bed.banners(), &Banners::readWanted);
    QSignalSpy opened(&bed.banners(), &Banners::opened);
    bed.banners().show(item(9), Alert::Sound); // stays, with the number 1
    for (uint reason = 1; reason <= 4; ++reason) {
        bed.now += 10s;
        bed.banners().show(item(reason), Alert::Sound);
        QVERIFY(bed.toldTimes(reason + 1));
        bed.emitSignal("NotificationClosed", "uu", {reason + 1, reason});
    }
    bed.emitSignal("ActionInvoked", "us", {1U, QStringLiteral("default")});
    QVERIFY(waitUntil([&] { return !opened.isEmpty(); })); // and so it has heard of what came before
    bed.now += 10s;
    // Closed: its number is nobody's now, and the next one is new.
    bed.banners().show(item(1, "Again"), Alert::Sound);
    QVERIFY(bed.toldTimes(6));
    QCOMPARE(bed.told().at(5).replaces, 0U);
    QCOMPARE(read.size(), 0);
}

void TestBanners::tellsABurstInOneBanner()
{
    Bed bed;
    QVERIFY(bed.startAll());
    for (quint64 n = 1; n <= 12; ++n)
        bed.banners().show(item(n), Alert::Sound);
    bed.now += 1s;
    bed.banners().show(item(13), Alert::Sound);
    QVERIFY(waitUntil([&] {
        return !bed.told().isEmpty() && bed.told().constLast().summary == QStringLiteral("13 new from CI");
    }));
    // Three of their own, then the third's place is that of all.
    QCOMPARE(bed.told().size(), 4);
    QCOMPARE(bed.told().constLast().replaces, 3U);
    QVERIFY(waitUntil([&] { return bed.closedIds() == (QList<uint>{1, 2}); }));
}

void TestBanners::goesOnWhenItIsTime()
{
    Bed bed;
    QVERIFY(bed.startAll());
    for (quint64 n = 1; n <= 4; ++n)
        bed.banners().show(item(n), Alert::Sound);
    QVERIFY(bed.toldTimes(4));
    bed.banners().show(item(5), Alert::Sound);
    QCOMPARE(bed.told().size(), 4);
    bed.now += 1s; // its timer looks at the clock when a second has passed
    QVERIFY(bed.toldTimes(5));
    QCOMPARE(bed.told().constLast().summary, QStringLiteral("5 new from CI"));
}

void TestBanners::hidesWhileLocked()
{
    Bed bed;
    QVERIFY(bed.startAll());
    bed.banners().setLocked(true);
    bed.banners().show(item(1, "Secret"), Alert::Sound);
    QVERIFY(bed.toldTimes(1));
    QCOMPARE(bed.told().constFirst().summary, QStringLiteral("1 new notification"));
    QCOMPARE(bed.told().constFirst().body, QString());
    bed.banners().setLocked(false);
    bed.now += 10s;
    bed.banners().show(item(2), Alert::Sound);
    QVERIFY(bed.toldTimes(2));
    QCOMPARE(bed.told().at(1).summary, QStringLiteral("Title 2"));
    bed.banners().setSettings({true, true, HideContent::Always});
    bed.now += 10s;
    bed.banners().show(item(3), Alert::Sound);
    QVERIFY(bed.toldTimes(3));
    QCOMPARE(bed.told().at(2).summary, QStringLiteral("2 new notifications"));
    bed.banners().setSettings({true, true, HideContent::Never});
    bed.banners().setLocked(true);
    bed.now += 10s;
    bed.banners().show(item(4), Alert::Sound);
    QVERIFY(bed.toldTimes(4));
    QCOMPARE(bed.told().at(3).summary, QStringLiteral("Title 4"));
}

void TestBanners::showsOnlyWhatAsks()
{
    Bed bed;
    QVERIFY(bed.startAll());
    model::Notification read = item(1);
    read.engagement.read = model::Instant{5};
    model::Notification archived = item(2);
    archived.engagement.archived = model::Instant{5};
    model::Notification unacked = item(3);
    unacked.engagement.read = model::Instant{5};
    unacked.content.ackRequired = true;
    model::Notification live = item(4);
    live.seq = live.createdSeq = 0;
    bed.banners().show(read, Alert::Sound);
    bed.banners().show(archived, Alert::Sound);
    bed.banners().show(item(9), Alert::None);
    bed.banners().show(unacked, Alert::Sound);
    bed.banners().setSettings({true, false, HideContent::Never});
    bed.banners().show(live, Alert::Sound);
    QVERIFY(bed.toldTimes(2));
    QCOMPARE(bed.told().at(0).summary, QStringLiteral("Title 3"));
    QVERIFY(!bed.told().at(0).hints.contains(QStringLiteral("suppress-sound")));
    QCOMPARE(bed.told().at(1).summary, QStringLiteral("Title 4"));
    QVERIFY(bed.told().at(1).hints.contains(QStringLiteral("suppress-sound")));
    bed.banners().setSettings({false, true, HideContent::Never});
    QVERIFY(waitUntil([&] { return bed.closedIds().size() == 2; }));
    bed.banners().show(item(5), Alert::Sound);
    bed.banners().setSettings({});
    bed.banners().show(item(6), Alert::Sound);
    QVERIFY(bed.toldTimes(3));
    QCOMPARE(bed.told().at(2).summary, QStringLiteral("Title 6"));
}

void TestBanners::withoutServiceThereIsALastResort()
{
    Bed bed;
    bed.banners().show(item(1), Alert::Sound);
    QVERIFY(waitUntil([&] { return bed.balloons == QStringList{QStringLiteral("Title 1|a < b")}; }));
    bed.banners().show(item(2), Alert::Sound);
    QCOMPARE(bed.balloons.size(), 2);
    bed.banners().setLocked(true);
    bed.now += 10s;
    bed.banners().show(item(3), Alert::Sound);
    QCOMPARE(bed.balloons.constLast(), QStringLiteral("1 new notification|"));
}

void TestBanners::aServiceThatComesLater()
{
    Bed bed;
    bed.banners().show(item(1), Alert::Sound);
    QVERIFY(waitUntil([&] { return bed.balloons.size() == 1; }));
    QSignalSpy changed(&bed.banners(), &Banners::capabilitiesChanged);
    QVERIFY(bed.startService());
    QVERIFY(waitUntil([&] { return changed.size() == 1; }));
    bed.banners().show(item(2), Alert::Sound);
    QVERIFY(bed.toldTimes(1));
    QCOMPARE(bed.balloons.size(), 1);
}

void TestBanners::aServiceThatTheBusStarts()
{
    Bed bed;
    QVERIFY(bed.bus.offerMock(QStringLiteral("notification_daemon"), test::notificationService, can));
    bed.banners().show(item(1), Alert::Sound);
    QVERIFY(waitUntil([&] { return bed.banners().capabilities().words.size() == 3; }));
    QVERIFY(bed.toldTimes(1));
    QCOMPARE(bed.balloons, QStringList());
    // Its coming is no second owner.
    QCOMPARE(
        bed.bus.callsOf(test::notificationService, test::notificationPath, QStringLiteral("GetCapabilities"))
            .size(),
        1);
}

void TestBanners::aServiceThatComesAgain()
{
    Bed bed;
    QVERIFY(bed.startAll());
    bed.banners().show(item(1), Alert::Sound);
    QVERIFY(bed.toldTimes(1));
    QVERIFY(bed.bus.stop(test::notificationService));
    QVERIFY(waitUntil([&] { return bed.banners().capabilities().words.isEmpty(); }));
    QVERIFY(bed.startService(QStringLiteral(R"({"capabilities": "body"})")));
    QVERIFY(waitUntil([&] { return bed.banners().capabilities().words.size() == 1; }));
    // What it knew before is nothing now: neither numbers nor abilities.
    bed.now += 10s;
    bed.banners().show(item(1), Alert::Sound);
    QVERIFY(bed.toldTimes(1));
    QCOMPARE(bed.told().constFirst().replaces, 0U);
    QCOMPARE(bed.told().constFirst().body, QStringLiteral("a < b"));
    QCOMPARE(bed.told().constFirst().actions, QStringList());
}

void TestBanners::aServiceThatHangsHoldsNothingUp()
{
    Bed bed;
    QVERIFY(bed.startAll());
    bed.bus.freeze(test::notificationService);
    QElapsedTimer timer;
    timer.start();
    for (quint64 n = 1; n <= 3; ++n)
        bed.banners().show(item(n), Alert::Sound);
    bed.banners().withdraw(item(2).id);
    bed.now += 2s;
    bed.banners().show(item(1, "Newer"), Alert::Sound);
    QVERIFY(
        timer.elapsed() <
        std::chrono::milliseconds(dbusDeadline).count()); // as long as an answer would have been waited for
    bed.bus.freeze(test::notificationService, false);
    QVERIFY(bed.toldTimes(4));
    QCOMPARE(bed.told().constLast().summary, QStringLiteral("Newer"));
    QCOMPARE(bed.told().constLast().replaces, 1U);
    QVERIFY(waitUntil([&] { return bed.closedIds() == QList<uint>{2}; }));
}

void TestBanners::withoutABus()
{
    Banners banners(QDBusConnection(QStringLiteral("there is none")));
    QSignalSpy notShown(&banners, &Banners::notShown);
    banners.show(item(1), Alert::Sound);
    QVERIFY(waitUntil([&] { return notShown.size() == 1; }));
    QCOMPARE(banners.doNotDisturb(), DoNotDisturb::State::Unknown);
    banners.withdrawAll();
}

QTEST_GUILESS_MAIN(TestBanners)
#include "tst_banners.moc"
