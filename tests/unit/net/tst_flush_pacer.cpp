#include "net/flush_pacer.h"

#include <QTest>

using belfry::net::FlushPacer;

namespace {
constexpr qint64 ms = 1'000'000;
constexpr std::size_t many = FlushPacer::manyConnections;
} // namespace

class TstFlushPacer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aFirstFlushGoesAtOnce()
    {
        const FlushPacer pacer;
        QCOMPARE(pacer.putOffUntil(10'000, 1), 0);
    }

    void theNextOneWaitsAsLongAsTheLastTook()
    {
        FlushPacer pacer;
        pacer.flushed(1'000, 10 * ms, 14 * ms);
        QCOMPARE(pacer.putOffUntil(many, 14 * ms), 18 * ms);
        QCOMPARE(pacer.putOffUntil(many, 18 * ms - 1), 18 * ms);
        QCOMPARE(pacer.putOffUntil(many, 18 * ms), 0);
    }

    void noPauseIsLong()
    {
        FlushPacer pacer;
        pacer.flushed(100'000, 0, 400 * ms);
        QCOMPARE(pacer.putOffUntil(many, 400 * ms), 400 * ms + FlushPacer::longestPause);
    }

    void framesForAFewNeverWait()
    {
        FlushPacer pacer;
        pacer.flushed(1'000, 0, 4 * ms);
        QCOMPARE(pacer.putOffUntil(many - 1, 4 * ms), 0);
    }

    void aSmallFlushChangesNothing()
    {
        FlushPacer pacer;
        pacer.flushed(1'000, 0, 4 * ms);
        pacer.flushed(many - 1, 4 * ms, 9 * ms);
        QCOMPARE(pacer.putOffUntil(many, 5 * ms), 8 * ms);
        QCOMPARE(pacer.putOffUntil(many, 8 * ms), 0);
    }
};

QTEST_APPLESS_MAIN(TstFlushPacer)
#include "tst_flush_pacer.moc"
