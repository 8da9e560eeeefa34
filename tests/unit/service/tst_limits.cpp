#include "world.h"

#include <QTest>

using namespace belfry;
using namespace belfry::test;
using std::chrono::seconds;

namespace {
service::Settings small()
{
    service::Settings settings;
    settings.limits = {2, 4, 100, 200};
    return settings;
}
} // namespace

class TestLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bucketOfAKey();
    void callersAreApart();
    void itemsHaveTheirOwn();
    void moreThanTheBucketIsTheWholeBucket();
    void offAtRateZero();
};

void TestLimits::bucketOfAKey()
{
    World w(small());
    service::Limits &limits = w.services.limits;
    const auto first = limits.request(World::key());
    QVERIFY(first.allowed);
    QCOMPARE(first.quota, 4);
    QCOMPARE(first.window, 2);
    QCOMPARE(first.remaining, 3);
    QCOMPARE(first.reset, seconds(1));
    for (int i = 0; i < 3; ++i)
        QVERIFY(limits.request(World::key()).allowed);
    const auto refused = limits.request(World::key());
    QVERIFY(!refused.allowed);
    QCOMPARE(refused.remaining, 0);
    QCOMPARE(refused.retryAfter, seconds(1));
    const model::Error error = service::Limits::refusal(refused);
    QCOMPARE(error.code, model::ErrorCode::RateLimited);
    QCOMPARE(error.retryAfter, seconds(1));
    w.clock.advance(seconds(1));
    QVERIFY(limits.request(World::key()).allowed);
}

void TestLimits::callersAreApart()
{
    World w(small());
    service::Limits &limits = w.services.limits;
    for (int i = 0; i < 4; ++i)
        QVERIFY(limits.request(World::key()).allowed);
    QVERIFY(!limits.request(World::key()).allowed);
    QVERIFY(limits.request(World::anonymous()).allowed);
    QVERIFY(limits.request(World::person({"key-1"})).allowed); // a person named like the key
}

void TestLimits::itemsHaveTheirOwn()
{
    World w(small());
    service::Limits &limits = w.services.limits;
    QCOMPARE(limits.recipients(World::key(), 150).remaining, 50);
    const auto refused = limits.recipients(World::key(), 150);
    QVERIFY(!refused.allowed);
    QCOMPARE(refused.retryAfter, seconds(1));
    QCOMPARE(limits.request(World::key()).remaining, 3);
}

/// Full buckets let it through; after it they are empty.
void TestLimits::moreThanTheBucketIsTheWholeBucket()
{
    World w(small());
    service::Limits &limits = w.services.limits;
    const auto large = limits.recipients(World::key(), 1'000);
    QVERIFY(large.allowed);
    QCOMPARE(large.remaining, 0);
    QVERIFY(!limits.recipients(World::key(), 1).allowed);
}

void TestLimits::offAtRateZero()
{
    service::Settings settings;
    settings.limits.keyRate = 0;
    World w(settings);
    for (int i = 0; i < 1'000; ++i)
        QVERIFY(w.services.limits.request(World::key()).allowed);
    QCOMPARE(w.services.limits.request(World::key()).quota, 0);
}

QTEST_GUILESS_MAIN(TestLimits)
#include "tst_limits.moc"
