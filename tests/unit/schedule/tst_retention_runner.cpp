#include "schedule/retention_runner.h"

#include "support/answer.h"
#include "support/fake_store.h"
#include "support/wait_until.h"

#include <QRegularExpression>
#include <QTest>

using namespace belfry;
using namespace std::chrono_literals;
using ports::Shelf;

namespace {
struct RetentionWorld
{
    runtime::FakeClock clock;
    test::FakeStore store;
    schedule::ScheduleProbe probe;
    runtime::Loop control;
    service::CategoryBook categories{store};
    schedule::RetentionRunner runner{control, store, categories, {.keeping = {}, .lookEvery = 1ms},
                                     clock,   probe};

    [[nodiscard]] std::vector<Shelf> shelves() const
    {
        std::vector<Shelf> asked;
        for (const ports::SweepStep &step : store.sweeps)
            asked.push_back(step.shelf);
        return asked;
    }
    /// The first sweep has ended: only then records are looked at again.
    [[nodiscard]] bool isThrough() const { return count(Shelf::Records) >= 2; }
    [[nodiscard]] std::ptrdiff_t count(Shelf shelf) const
    {
        const auto all = shelves();
        return std::count(all.begin(), all.end(), shelf);
    }
};
} // namespace

class TestRetentionRunner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goesThroughTheShelvesInOrder();
    void keepsByCategory();
    void goesOnWhereAStepStopped();
    void sweepsOnceAnHour();
    void noticesAJumpOfTheClock();
    void failuresAreTriedAgain();
    void tellsHowFarBehindItIs();
    void stops();
};

void TestRetentionRunner::goesThroughTheShelvesInOrder()
{
    RetentionWorld w;
    w.runner.start();
    QVERIFY(test::waitUntil([&] { return w.store.sweeps.size() >= 5; }));
    const std::vector<Shelf> expected{Shelf::Records, Shelf::Logs, Shelf::Deleted, Shelf::Notifications,
                                      Shelf::Records};
    const auto asked = w.shelves();
    QCOMPARE(std::vector<Shelf>(asked.begin(), asked.begin() + 5), expected);
    QVERIFY(w.store.sweeps[0].now == w.clock.now());
}

void TestRetentionRunner::keepsByCategory()
{
    RetentionWorld w;
    ports::Category week;
    week.name = "week";
    week.retainDays = 7;
    w.store.kinds = {{"week", week}};
    test::Answer<model::VoidResult> loaded;
    w.categories.load(w.control, loaded.reply());
    QVERIFY(loaded.wait() && *loaded);
    w.runner.start();
    QVERIFY(test::waitUntil([&] { return !w.store.sweeps.empty(); }));
    const std::map<model::Text, ports::Keeping::Life> expected{{"week", model::days(7)}};
    QVERIFY(w.store.sweeps[0].keeping.categories == expected);
}

void TestRetentionRunner::goesOnWhereAStepStopped()
{
    RetentionWorld w;
    w.store.overdue[Shelf::Logs] = 150;
    w.runner.start();
    QVERIFY(test::waitUntil([&] { return w.probe.retentionRemoved.value() == 150; }));
    QCOMPARE(w.count(Shelf::Logs), 3);
    QCOMPARE(w.store.sweeps[1].from.user, 0);
    QCOMPARE(w.store.sweeps[2].from.user, 64);
    QCOMPARE(w.store.sweeps[3].from.user, 128);
    QVERIFY(test::waitUntil([&] { return w.count(Shelf::Deleted) == 1; }));
    QVERIFY(w.store.sweeps[4].from == ports::SweepStep::Place{});
}

void TestRetentionRunner::sweepsOnceAnHour()
{
    RetentionWorld w;
    w.runner.start();
    QVERIFY(test::waitUntil([&] { return w.count(Shelf::Records) >= 5; }));
    QCOMPARE(w.count(Shelf::Notifications), 1);
    w.clock.advance(59min);
    const auto before = w.count(Shelf::Records);
    QVERIFY(test::waitUntil([&] { return w.count(Shelf::Records) >= before + 3; }));
    QCOMPARE(w.count(Shelf::Notifications), 1);
    w.clock.advance(1min);
    QVERIFY(test::waitUntil([&] { return w.count(Shelf::Notifications) == 2; }));
}

void TestRetentionRunner::noticesAJumpOfTheClock()
{
    RetentionWorld w;
    w.runner.start();
    QVERIFY(test::waitUntil([&] { return w.isThrough(); }));
    w.clock.set(w.clock.now() - model::days(2));
    QVERIFY(test::waitUntil([&] { return w.count(Shelf::Notifications) == 2; }));
    QVERIFY(w.store.sweeps.back().now == w.clock.now());
}

void TestRetentionRunner::failuresAreTriedAgain()
{
    RetentionWorld w;
    w.store.overdue[Shelf::Records] = 3;
    w.store.failWith = model::Error{model::ErrorCode::Unavailable, "the disk is full", {}, {}};
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("retention waits for the store")));
    w.runner.start();
    QVERIFY(test::waitUntil([&] { return w.probe.retentionFailures.value() >= 3; }));
    QCOMPARE(w.probe.retentionRemoved.value(), 0u);
    w.store.failWith.reset();
    QVERIFY(test::waitUntil([&] { return w.probe.retentionRemoved.value() == 3; }));
    QVERIFY(test::waitUntil([&] { return w.count(Shelf::Notifications) == 1; }));
}

void TestRetentionRunner::tellsHowFarBehindItIs()
{
    RetentionWorld w;
    w.runner.start();
    QVERIFY(test::waitUntil([&] { return w.isThrough(); }));
    const auto lag = [&] { return model::Duration(w.probe.retentionLag.value()); };
    w.store.failWith = model::Error{model::ErrorCode::Unavailable, "the disk is full", {}, {}};
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("retention waits for the store")));
    w.clock.advance(48h);
    QVERIFY(test::waitUntil([&] { return lag() == 48h; }));
    w.store.failWith.reset();
    QVERIFY(test::waitUntil([&] { return lag() == 0h; }));
}

void TestRetentionRunner::stops()
{
    RetentionWorld w;
    w.runner.start();
    QVERIFY(test::waitUntil([&] { return w.store.sweeps.size() >= 2; }));
    w.runner.stop();
    const auto asked = w.store.sweeps.size();
    bool later = false;
    w.control.after(20ms, [&] { later = true; });
    QVERIFY(test::waitUntil([&] { return later; }));
    QCOMPARE(w.store.sweeps.size(), asked);
}

QTEST_GUILESS_MAIN(TestRetentionRunner)
#include "tst_retention_runner.moc"
