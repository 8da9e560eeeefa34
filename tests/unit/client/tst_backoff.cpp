#include "client/backoff.h"

#include <QTest>

using namespace belfry;
using client::Backoff;
using std::chrono::milliseconds;
using std::chrono::seconds;

class TstBackoff : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void windowDoublesUpToItsLimit();
    void jitterIsFull();
    void stableConnectionBeginsAnew();
    void shortConnectionDoesNot();
    void resetBeginsAnew();
};

namespace {
constexpr model::Instant began{1'000'000'000};

milliseconds afterTries(Backoff &backoff, int tries)
{
    milliseconds last{};
    for (int i = 0; i < tries; ++i)
        last = backoff.lost(began);
    return last;
}
} // namespace

void TstBackoff::windowDoublesUpToItsLimit()
{
    Backoff backoff([] { return 1.0; });
    for (const int expected : {500, 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000})
        QCOMPARE(backoff.lost(began).count(), expected);
    QCOMPARE(afterTries(backoff, 1000).count(), 30000);
}

void TstBackoff::jitterIsFull()
{
    double chance = 0;
    Backoff backoff([&] { return chance; });
    QCOMPARE(backoff.lost(began).count(), 0);
    chance = 0.25;
    QCOMPARE(backoff.lost(began).count(), 250);
}

void TstBackoff::stableConnectionBeginsAnew()
{
    Backoff backoff([] { return 1.0; });
    afterTries(backoff, 5);
    backoff.connected(began);
    QCOMPARE(backoff.lost(began + seconds(30)).count(), 500);
}

void TstBackoff::shortConnectionDoesNot()
{
    Backoff backoff([] { return 1.0; });
    afterTries(backoff, 3);
    backoff.connected(began);
    QCOMPARE(backoff.lost(began + milliseconds(29'999)).count(), 4000);
    // What failed before it was connected is no stable time either.
    QCOMPARE(backoff.lost(began + seconds(90)).count(), 8000);
}

void TstBackoff::resetBeginsAnew()
{
    Backoff backoff([] { return 1.0; });
    afterTries(backoff, 3);
    backoff.reset();
    QCOMPARE(backoff.lost(began).count(), 500);
}

QTEST_APPLESS_MAIN(TstBackoff)
#include "tst_backoff.moc"
