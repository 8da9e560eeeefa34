#include "client/suspend_watch.h"

#include <QTest>

using namespace belfry;
using client::SuspendWatch;
using std::chrono::milliseconds;

namespace {
constexpr model::Duration startedAt = std::chrono::hours(500'000);
}

class TstSuspendWatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void jumps_data();
    void jumps();
    void creepingIsNoJump();
    void afterAJumpItGoesOn();
};

void TstSuspendWatch::jumps_data()
{
    QTest::addColumn<int>("step");
    QTest::addColumn<bool>("jumped");
    QTest::newRow("a second") << 1000 << false;
    QTest::newRow("a late tick") << 5000 << false;
    QTest::newRow("over five seconds") << 5001 << true;
    QTest::newRow("an hour") << 3'600'000 << true;
    QTest::newRow("a little back") << -5000 << false;
    QTest::newRow("clock set back") << -5001 << true;
}

void TstSuspendWatch::jumps()
{
    QFETCH(int, step);
    QFETCH(bool, jumped);
    SuspendWatch watch(startedAt);
    QCOMPARE(watch.take(startedAt + milliseconds(step)), jumped);
}

void TstSuspendWatch::creepingIsNoJump()
{
    SuspendWatch watch(startedAt);
    for (int i = 1; i <= 100; ++i)
        QVERIFY(!watch.take(startedAt + i * milliseconds(1000)));
}

void TstSuspendWatch::afterAJumpItGoesOn()
{
    SuspendWatch watch(startedAt);
    QVERIFY(watch.take(startedAt + milliseconds(60'000)));
    QVERIFY(!watch.take(startedAt + milliseconds(60'100)));
}

QTEST_APPLESS_MAIN(TstSuspendWatch)
#include "tst_suspend_watch.moc"
