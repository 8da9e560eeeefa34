#include "store/migrations.h"

#include <QtTest>

namespace belfry::store {
using model::ErrorCode;

class TestMigrations : public QObject
{
    Q_OBJECT
private:
    struct Target final : MigrationTarget
    {
        model::Result<std::vector<AppliedMigration>> applied() override { return there; }
        model::VoidResult apply(const Migration &migration) override
        {
            if (migration.version == failAt)
                return model::fail(ErrorCode::Unavailable, "disk");
            there.push_back({migration.version, migration.checksum});
            return {};
        }
        std::vector<AppliedMigration> there;
        int failAt = 0;
    };
    const std::vector<Migration> m_steps{{1, "0001_a.sql", "sum1", "a"}, {2, "0002_b.sql", "sum2", "b"}};

private Q_SLOTS:
    void appliesWhatIsMissing();
    void appliesNothingTwice();
    void refusesWithoutLeave();
    void refusesANewerSchema();
    void refusesAnEditedStep();
    void stopsAtAFailure();
    void compiledInStepsAscend();
};

void TestMigrations::appliesWhatIsMissing()
{
    Target target;
    const auto report = runMigrations(target, m_steps, true);
    QVERIFY(report);
    QCOMPARE(report->from, 0);
    QCOMPARE(report->to, 2);
    QCOMPARE(target.there.size(), 2);
    Target half;
    half.there = {{1, "sum1"}};
    QCOMPARE(runMigrations(half, m_steps, true)->from, 1);
    QCOMPARE(half.there.size(), 2);
}

void TestMigrations::appliesNothingTwice()
{
    Target target;
    QVERIFY(runMigrations(target, m_steps, true));
    QVERIFY(runMigrations(target, m_steps, false)); // nothing to do needs no leave
    QCOMPARE(target.there.size(), 2);
}

void TestMigrations::refusesWithoutLeave()
{
    Target target;
    const auto report = runMigrations(target, m_steps, false);
    QCOMPARE(report.error().code, ErrorCode::Conflict);
    QVERIFY(report.error().detail.contains("belfryd migrate"));
    QVERIFY(target.there.empty());
}

void TestMigrations::refusesANewerSchema()
{
    Target target;
    target.there = {{1, "sum1"}, {2, "sum2"}, {3, "sum3"}};
    const auto report = runMigrations(target, m_steps, true);
    QCOMPARE(report.error().code, ErrorCode::Conflict);
    QVERIFY(report.error().detail.contains("schema version 3"));
}

void TestMigrations::refusesAnEditedStep()
{
    Target target;
    target.there = {{1, "other"}};
    const auto report = runMigrations(target, m_steps, true);
    QCOMPARE(report.error().code, ErrorCode::Conflict);
    QVERIFY(report.error().detail.contains("0001_a.sql"));
    QCOMPARE(target.there.size(), 1);
}

void TestMigrations::stopsAtAFailure()
{
    Target target;
    target.failAt = 2;
    QCOMPARE(runMigrations(target, m_steps, true).error().code, ErrorCode::Unavailable);
    QCOMPARE(target.there.size(), 1);
}

void TestMigrations::compiledInStepsAscend()
{
    const auto steps = migrationsOf("sqlite");
    QVERIFY(!steps.empty());
    int version = 0;
    for (const Migration &step : steps) {
        QCOMPARE(step.version, ++version);
        QCOMPARE(step.checksum.size(), 64);
        QVERIFY(!step.sql.isEmpty());
    }
}
} // namespace belfry::store

QTEST_GUILESS_MAIN(belfry::store::TestMigrations)
#include "tst_migrations.moc"
