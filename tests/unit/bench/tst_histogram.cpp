#include "bench/histogram.h"

#include <QTest>
#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

using belfry::bench::Histogram;

class HistogramTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void emptyIsZero();
    void everyMagnitudeIsWithinOnePercent();
    void quantilesAreThoseOfTheSortedValues_data();
    void quantilesAreThoseOfTheSortedValues();
    void mergeCountsBoth();
    void negativeCountsAsZero();
};

void HistogramTest::emptyIsZero()
{
    const Histogram histogram;
    QCOMPARE(histogram.count(), 0U);
    QCOMPARE(histogram.quantile(0.99), 0);
    QCOMPARE(histogram.max(), 0);
    QCOMPARE(histogram.mean(), 0.0);
}

void HistogramTest::everyMagnitudeIsWithinOnePercent()
{
    for (int bits = 0; bits < 62; ++bits) {
        for (const std::int64_t offset : {-1, 0, 1, 3}) {
            const std::int64_t value = std::max<std::int64_t>(0, (std::int64_t{1} << bits) + offset);
            Histogram histogram;
            histogram.record(value);
            histogram.record(value * 2 + 10); // so that `max` does not cut the edge of the bucket
            const std::int64_t read = histogram.quantile(0.5);
            QVERIFY2(read >= value && static_cast<double>(read - value) <= static_cast<double>(value) * 0.01,
                     qPrintable(QStringLiteral("%1 is read as %2").arg(value).arg(read)));
        }
    }
}

void HistogramTest::quantilesAreThoseOfTheSortedValues_data()
{
    QTest::addColumn<double>("quantile");
    for (const double quantile : {0.0, 0.01, 0.5, 0.9, 0.99, 0.999, 1.0})
        QTest::newRow(qPrintable(QString::number(quantile))) << quantile;
}

void HistogramTest::quantilesAreThoseOfTheSortedValues()
{
    QFETCH(double, quantile);
    std::mt19937_64 random(42);
    std::lognormal_distribution<double> latency(13, 2);
    Histogram histogram;
    std::vector<std::int64_t> values;
    for (int i = 0; i < 20'000; ++i) {
        values.push_back(static_cast<std::int64_t>(latency(random)));
        histogram.record(values.back());
    }
    std::sort(values.begin(), values.end());
    const auto rank = std::max(1.0, std::ceil(quantile * static_cast<double>(values.size())));
    const auto exact = static_cast<double>(values[static_cast<std::size_t>(rank) - 1]);
    const auto read = static_cast<double>(histogram.quantile(quantile));
    QVERIFY2(read >= exact && read <= exact * 1.01,
             qPrintable(QStringLiteral("%1 instead of %2").arg(read).arg(exact)));
    QCOMPARE(histogram.max(), values.back());
}

void HistogramTest::mergeCountsBoth()
{
    Histogram a;
    Histogram b;
    a.record(100);
    b.record(300);
    b.record(200);
    a.merge(b);
    QCOMPARE(a.count(), 3U);
    QCOMPARE(a.max(), 300);
    QCOMPARE(a.mean(), 200.0);
    a.clear();
    QCOMPARE(a.count(), 0U);
}

void HistogramTest::negativeCountsAsZero()
{
    Histogram histogram;
    histogram.record(-5);
    QCOMPARE(histogram.count(), 1U);
    QCOMPARE(histogram.quantile(1), 0);
}

QTEST_APPLESS_MAIN(HistogramTest)
#include "tst_histogram.moc"
