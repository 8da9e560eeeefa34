#include "client/suspend_watch.h"

#include <QTest>

using namespace belfry;
using client::SuspendWatch;
using std::chrono::milliseconds;

class TstSuspendWatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void jumps_data();
    void jumps();
    void firstTickIsNoJump();
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
    SuspendWatch watch;
    constexpr model::Instant start{1'000'000'000'000};
    QVERIFY(!watch.tick(start));
    QCOMPARE(watch.tick(start + milliseconds(step)), jumped);
}

void TstSuspendWatch::firstTickIsNoJump()
{
    SuspendWatch watch;
    QVERIFY(!watch.tick({9'999'999'999'999}));
}

void TstSuspendWatch::afterAJumpItGoesOn()
{
    SuspendWatch watch;
    constexpr model::Instant start{1'000'000'000'000};
    QVERIFY(!watch.tick(start));
    QVERIFY(watch.tick(start + milliseconds(60'000)));
    QVERIFY(!watch.tick(start + milliseconds(61'000)));
}

QTEST_APPLESS_MAIN(TstSuspendWatch)
#include "tst_suspend_watch.moc"
