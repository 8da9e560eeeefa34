#include "desktop/application_id.h"
#include "desktop/instance.h"
#include "support/private_bus.h"
#include "support/wait_until.h"

#include <QRegularExpression>
#include <QSignalSpy>

using namespace belfry;
using namespace belfry::desktop;
using belfry::test::waitUntil;

namespace {
QDBusConnection noBus()
{
    return QDBusConnection(QStringLiteral("there is none"));
}

struct HandedOver
{
    bool isAnswered = false;
    model::VoidResult result;

    bool by(Instance &second, const Wanted &wanted)
    {
        second.handOver(wanted, [this](const model::VoidResult &answer) {
            isAnswered = true;
            result = answer;
        });
        return waitUntil([this] { return isAnswered; });
    }
};
} // namespace

class TestInstance : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theSecondHandsOver();
    void isWhatADesktopActivates();
    void theNextIsFirstAgain();
    void aHiddenStartAsksForNothing();
    void aFirstThatHangsIsTold();
    void withoutABusALockFileDecides();
    void withoutAFolderItStartsAllTheSame();
    void takesTheTokenOnce();
};

void TestInstance::theSecondHandsOver()
{
    test::PrivateBus bus;
    const QTemporaryDir folder;
    Instance first(bus.connect(), folder.path());
    QCOMPARE(first.claim(), Instance::Place::First);
    QSignalSpy activated(&first, &Instance::activated);
    QSignalSpy open(&first, &Instance::openWanted);
    Instance second(bus.connect(), folder.path());
    QCOMPARE(second.claim(), Instance::Place::Second);
    HandedOver window;
    QVERIFY(window.by(second, {Wanted::Kind::Window, QStringLiteral("token-1")}));
    QVERIFY(window.result);
    QCOMPARE(activated.mid(0), (QList<QVariantList>{{QStringLiteral("token-1")}}));
    HandedOver uris;
    QVERIFY(uris.by(second, {Wanted::Kind::Uris, {}, {QStringLiteral("belfry:1")}}));
    QVERIFY(uris.result);
    QCOMPARE(open.mid(0), (QList<QVariantList>{{QStringList{QStringLiteral("belfry:1")}, QString()}}));
    QSignalSpy action(&first, &Instance::actionWanted);
    HandedOver preferences;
    QVERIFY(preferences.by(second, {Wanted::Kind::Action, {}, {}, QStringLiteral("preferences")}));
    QVERIFY(preferences.result);
    QCOMPARE(action.mid(0), (QList<QVariantList>{{QStringLiteral("preferences"), QString()}}));
}

void TestInstance::isWhatADesktopActivates()
{
    test::PrivateBus bus;
    const QTemporaryDir folder;
    Instance first(bus.connect(), folder.path());
    QCOMPARE(first.claim(), Instance::Place::First);
    QSignalSpy activated(&first, &Instance::activated);
    QSignalSpy action(&first, &Instance::actionWanted);
    const QString interface = QStringLiteral("org.freedesktop.Application");
    const QVariantMap old{{QStringLiteral("desktop-startup-id"), QStringLiteral("startup-1")}};
    (void)bus.call(applicationId, QStringLiteral("/org/belfry/Belfry"), interface, QStringLiteral("Activate"),
                   {old});
    QCOMPARE(activated.mid(0), (QList<QVariantList>{{QStringLiteral("startup-1")}}));
    (void)bus.call(applicationId, QStringLiteral("/org/belfry/Belfry"), interface,
                   QStringLiteral("ActivateAction"),
                   {QStringLiteral("mark-all-read"), QVariant(QVariantList()), QVariantMap()});
    QCOMPARE(action.mid(0), (QList<QVariantList>{{QStringLiteral("mark-all-read"), QString()}}));
}

void TestInstance::theNextIsFirstAgain()
{
    test::PrivateBus bus;
    const QTemporaryDir folder;
    {
        Instance first(bus.connect(), folder.path());
        QCOMPARE(first.claim(), Instance::Place::First);
        Instance second(bus.connect(), folder.path());
        QCOMPARE(second.claim(), Instance::Place::Second);
    }
    Instance next(bus.connect(), folder.path());
    QCOMPARE(next.claim(), Instance::Place::First);
}

void TestInstance::aHiddenStartAsksForNothing()
{
    test::PrivateBus bus;
    const QTemporaryDir folder;
    Instance first(bus.connect(), folder.path());
    QCOMPARE(first.claim(), Instance::Place::First);
    QSignalSpy activated(&first, &Instance::activated);
    Instance second(bus.connect(), folder.path());
    QCOMPARE(second.claim(), Instance::Place::Second);
    HandedOver hidden;
    QVERIFY(hidden.by(second, {Wanted::Kind::Nothing}));
    QVERIFY(hidden.result);
    QCOMPARE(activated.size(), 0);
}

void TestInstance::aFirstThatHangsIsTold()
{
    test::PrivateBus bus;
    const QTemporaryDir folder;
    QVERIFY(
        bus.startMockObject(applicationId, applicationPath, QStringLiteral("org.freedesktop.Application")));
    Instance second(bus.connect(), folder.path());
    QCOMPARE(second.claim(), Instance::Place::Second);
    HandedOver nobody; // it has no such method
    QVERIFY(nobody.by(second, {}));
    QCOMPARE(nobody.result.error().code, model::ErrorCode::Unavailable);
    bus.freeze(applicationId);
    HandedOver hanging;
    QVERIFY(hanging.by(second, {}));
    QCOMPARE(hanging.result.error().code, model::ErrorCode::Timeout);
    bus.freeze(applicationId, false);
}

void TestInstance::withoutABusALockFileDecides()
{
    const QTemporaryDir folder;
    auto first = std::make_unique<Instance>(noBus(), folder.path());
    QCOMPARE(first->claim(), Instance::Place::First);
    Instance second(noBus(), folder.path());
    QCOMPARE(second.claim(), Instance::Place::Second);
    HandedOver nobody;
    QVERIFY(nobody.by(second, {}));
    QCOMPARE(nobody.result.error().code, model::ErrorCode::Unavailable);
    first.reset();
    QCOMPARE(second.claim(), Instance::Place::First);
}

void TestInstance::withoutAFolderItStartsAllTheSame()
{
    Instance only(noBus(), QStringLiteral("/nonexistent/folder"));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("no lock file can be made")));
    QCOMPARE(only.claim(), Instance::Place::First);
}

void TestInstance::takesTheTokenOnce()
{
    qputenv("DESKTOP_STARTUP_ID", "old");
    QCOMPARE(takeActivationToken(), QStringLiteral("old"));
    qputenv("DESKTOP_STARTUP_ID", "old");
    qputenv("XDG_ACTIVATION_TOKEN", "new");
    QCOMPARE(takeActivationToken(), QStringLiteral("new"));
    QCOMPARE(takeActivationToken(), QString());
}

QTEST_GUILESS_MAIN(TestInstance)
#include "tst_instance.moc"
