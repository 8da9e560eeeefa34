#include "cache/memory_cache.h"

#include <QTest>
#include <thread>

using namespace belfry;
using cache::MemoryCache;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {
const model::UserId ada{"ada"};

std::shared_ptr<const model::Preferences> documentWith(const model::Text &locale)
{
    model::Preferences document;
    document.locale = locale;
    return std::make_shared<const model::Preferences>(document);
}
} // namespace

class TestMemoryCache : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void preferences();
    void preferencesOfLimitedLife();
    void headsNeverGoBack();
    void bounded();
    void ticketsAreGoodOnce();
    void bucketRunsDryAndFills();
    void aClockThatIsSetChangesNoBucket();
    void bucketLetsBigOnesThroughWhenFull();
    void bucketsAreApart();
    void threads();

private:
    runtime::FakeClock m_clock;
};

void TestMemoryCache::preferences()
{
    MemoryCache cache({}, m_clock);
    QVERIFY(!cache.preferences(ada));
    cache.keepPreferences(ada, documentWith("de"));
    m_clock.advance(model::days(100));
    QCOMPARE(cache.preferences(ada)->locale, "de");
    cache.keepPreferences(ada, documentWith("fr"));
    QCOMPARE(cache.preferences(ada)->locale, "fr");
    cache.dropPreferences(ada);
    QVERIFY(!cache.preferences(ada));
}

void TestMemoryCache::preferencesOfLimitedLife()
{
    MemoryCache::Options options;
    options.preferencesLife = seconds(2);
    MemoryCache cache(options, m_clock);
    cache.keepPreferences(ada, documentWith("de"));
    m_clock.advance(milliseconds(1'999));
    QVERIFY(cache.preferences(ada));
    m_clock.advance(milliseconds(1));
    QVERIFY(!cache.preferences(ada));
}

void TestMemoryCache::headsNeverGoBack()
{
    MemoryCache cache({}, m_clock);
    QVERIFY(!cache.logState(ada));
    cache.keepLogState(ada, {7, 2, {3, 4}});
    cache.keepLogState(ada, {6, 1, {9, 9}});
    const auto state = cache.logState(ada);
    QVERIFY(state);
    QCOMPARE(state->head, model::Seq(7));
    QCOMPARE(state->floor, model::Seq(2));
    QCOMPARE(state->counts.unread, 4);
    cache.keepLogState(ada, {7, 5, {0, 0}});
    QCOMPARE(cache.logState(ada)->floor, model::Seq(5));
}

void TestMemoryCache::bounded()
{
    MemoryCache::Options options;
    options.users = 640; // ten in each shard
    MemoryCache cache(options, m_clock);
    for (int i = 0; i < 10'000; ++i)
        cache.keepLogState({QByteArray::number(i)}, {1, 1, {}});
    int kept = 0;
    for (int i = 0; i < 10'000; ++i)
        kept += cache.logState({QByteArray::number(i)}).has_value();
    QVERIFY(kept <= 640);
    QVERIFY(kept >= 600);
}

void TestMemoryCache::ticketsAreGoodOnce()
{
    MemoryCache cache({}, m_clock);
    const model::Instant now = m_clock.now();
    cache.keepTicket("t1", {ada, now + seconds(60)}, now + seconds(30));
    cache.keepTicket("t2", {ada, {}}, now + seconds(30));
    QVERIFY(!cache.takeTicket("other", now));
    const auto holder = cache.takeTicket("t1", now + seconds(29));
    QCOMPARE(holder->user, ada);
    QCOMPARE(holder->endsAt, model::MaybeInstant(now + seconds(60)));
    QVERIFY(!cache.takeTicket("t1", now + seconds(29)));
    QVERIFY(!cache.takeTicket("t2", now + seconds(30)));
}

void TestMemoryCache::bucketRunsDryAndFills()
{
    MemoryCache cache({}, m_clock);
    for (int i = 4; i >= 0; --i)
        QCOMPARE(cache.take("k", 1, 2, 5).remaining, double(i));
    const auto refused = cache.take("k", 1, 2, 5);
    QVERIFY(!refused.allowed);
    QCOMPARE(refused.retryAfter, milliseconds(500));
    m_clock.advance(milliseconds(499));
    QVERIFY(!cache.take("k", 1, 2, 5).allowed);
    m_clock.advance(milliseconds(2));
    QVERIFY(cache.take("k", 1, 2, 5).allowed);
    m_clock.advance(seconds(60));
    QCOMPARE(cache.take("k", 1, 2, 5).remaining, 4.0);
}

void TestMemoryCache::aClockThatIsSetChangesNoBucket()
{
    MemoryCache cache({}, m_clock);
    QVERIFY(cache.take("k", 1, 1, 1).allowed);
    m_clock.set(m_clock.now() + std::chrono::hours(1));
    QVERIFY(!cache.take("k", 1, 1, 1).allowed);
    m_clock.set(m_clock.now() - std::chrono::hours(2));
    m_clock.advance(seconds(1));
    QVERIFY(cache.take("k", 1, 1, 1).allowed);
}

void TestMemoryCache::bucketLetsBigOnesThroughWhenFull()
{
    MemoryCache cache({}, m_clock);
    QVERIFY(cache.take("k", 100, 10, 50).allowed);
    m_clock.advance(seconds(4));
    QVERIFY(!cache.take("k", 100, 10, 50).allowed);
    m_clock.advance(seconds(1));
    QVERIFY(cache.take("k", 100, 10, 50).allowed);
}

void TestMemoryCache::bucketsAreApart()
{
    MemoryCache cache({}, m_clock);
    QVERIFY(cache.take("a", 1, 1, 1).allowed);
    QVERIFY(!cache.take("a", 1, 1, 1).allowed);
    QVERIFY(cache.take("b", 1, 1, 1).allowed);
}

void TestMemoryCache::threads()
{
    MemoryCache cache({}, m_clock);
    std::atomic<int> allowed{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&] {
            for (int i = 0; i < 1'000; ++i) {
                allowed += cache.take("shared", 1, 1, 1'500).allowed;
                cache.keepPreferences({QByteArray::number(i)}, documentWith("de"));
                (void)cache.preferences({QByteArray::number(999 - i)});
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(allowed.load(), 1'500);
}

QTEST_GUILESS_MAIN(TestMemoryCache)
#include "tst_memory_cache.moc"
