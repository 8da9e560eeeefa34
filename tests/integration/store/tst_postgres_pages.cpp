#include "counted_way.h"
#include "postgres_test.h"
#include "store/postgres/pg_row_io.h"

namespace belfry::store {
using model::Text;

namespace {
/// What comes over the wire for a page.
class TestPostgresPages : public PostgresTest
{
    Q_OBJECT

private Q_SLOTS:
    void readsNoMoreThanAPage();
};

void TestPostgresPages::readsNoMoreThanAPage()
{
    CountedWay way(m_database->url());
    RunningStore store(way.url(), m_clock);
    StoreDriver &driver = store.driver();
    // What comes first in either direction is light: few rows are read whatever they weigh. Of the heavy
    // ones, 7.5 MB, a page takes 16.
    constexpr int heavy = 30;
    constexpr int light = PgPage::few;
    model::Content content = StoreDriver::content("any");
    const auto add = [&](int count, bool isPatched) {
        for (int i = 0; i < count; ++i) {
            ports::Patch patch;
            patch.id = driver.send("a", content).id;
            patch.progress = 0.5;
            if (isPatched)
                QVERIFY(driver.patch(patch));
        }
    };
    const auto schedule = [&](int count, std::chrono::minutes in) {
        for (int i = 0; i < count; ++i)
            QVERIFY(driver.submit(driver.later("a", content, in)));
    };
    add(light, true);
    schedule(light, std::chrono::minutes(1));
    content.data = "{\"x\":\"" + QByteArray(250'000, 'y') + "\"}";
    schedule(heavy, std::chrono::minutes(2));
    add(heavy, true);
    content.data = "{}";
    add(light, false);
    ports::InboxQuery query;
    query.user.text = "a";
    query.limit = 500;
    ports::InboxQuery found = query;
    found.search = "any";
    ports::InboxQuery scheduled = query;
    scheduled.state = ports::ListState::Scheduled;
    const auto events = [&driver](const Text &user) {
        model::EventFilter filter;
        filter.user.text = user;
        filter.type = "nothing";
        const auto page = driver.await<model::Result<ports::EventPage>>([&](auto &home, auto reply) {
            driver.operations().events(home, filter, {}, 100, std::move(reply));
        });
        return page && page->next;
    };
    const std::pair<const char *, std::function<bool()>> reads[] = {
        {"list", [&] { return driver.list(query).nextBefore > 0; }},
        {"search", [&] { return driver.list(found).nextBefore > 0; }},
        {"scheduled", [&] { return driver.list(scheduled).nextAfter.has_value(); }},
        {"log", [&] { return driver.log("a")->changes.size() == 2 * light + 16; }},
        {"events of all", [&] { return events({}); }},
        {"events of one", [&] { return events("a"); }},
    };
    for (const auto &[name, read] : reads) {
        static_cast<void>(way.take());
        QVERIFY2(read(), name);
        const qint64 bytes = way.take();
        const int times = QByteArrayView(name) == "log" ? 2 : 1; // the new ones and the changed ones
        QVERIFY2(bytes > times * 4'000'000 && bytes < times * 4'500'000,
                 (Text(name) + ' ' + Text::number(bytes)).constData());
    }
    scheduled.search = "nothing";
    QVERIFY(driver.list(scheduled).items.empty());
    scheduled.search = "any";
    scheduled.offset = light + heavy - 5; // in another portion
    QCOMPARE(driver.list(scheduled).items.size(), 5);

    m_clock.advance(std::chrono::hours(1));
    static_cast<void>(way.take());
    QVERIFY(driver.due().items.size() < light + 20);
    QVERIFY(way.take() < 5'000'000);
}
} // namespace
} // namespace belfry::store

QTEST_GUILESS_MAIN(belfry::store::TestPostgresPages)
#include "tst_postgres_pages.moc"
