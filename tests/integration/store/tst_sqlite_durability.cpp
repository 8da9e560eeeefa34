#include "fault_vfs.h"
#include "store/engine.h"
#include "store/sqlite/sqlite_dialect.h"
#include "store_driver.h"

#include <QTemporaryDir>

namespace belfry::store {
/// "Accepted means durable": the log of the file is synced before anyone hears of a commit.
class TestSqliteDurability : public QObject
{
    Q_OBJECT
private:
    /// Looks at the file each time a commit is announced, which is before its replies are posted.
    struct Witness final : ports::CommitListener
    {
        void committed(std::shared_ptr<const ports::CommittedBatch> batch) override
        {
            dirtyCommits += faults.walIsDirty ? 1 : 0;
            ++commits;
            changes += static_cast<int>(batch->size());
            syncs = faults.walSyncs.load();
        }
        void doubted(const std::vector<model::UserId> &) override {}
        FaultVfs &faults = FaultVfs::install();
        std::atomic<int> dirtyCommits{0};
        std::atomic<int> commits{0};
        std::atomic<int> changes{0};
        std::atomic<int> syncs{0};
    };

private Q_SLOTS:
    void syncsBeforeTheFirstReply();
};

void TestSqliteDurability::syncsBeforeTheFirstReply()
{
    constexpr int rounds = 20;
    constexpr int perRound = 16;
    const QTemporaryDir folder;
    FaultVfs &faults = FaultVfs::install();
    runtime::FakeClock clock;
    Witness witness;
    auto dialect = std::make_unique<SqliteDialect>(folder.filePath(QStringLiteral("belfry.db")).toUtf8(),
                                                   QString(), faults.name());
    Engine engine(std::move(dialect), StoreOptions{}, clock);
    engine.setCommitListener(&witness);
    QVERIFY(engine.start());
    StoreDriver driver(engine, clock);

    int syncs = faults.walSyncs;
    for (int round = 0; round < rounds; ++round) {
        const int writes = faults.walWrites;
        int replies = 0;
        QEventLoop loop;
        for (int i = 0; i < perRound; ++i) {
            driver.inbox().submit(
                driver.home(), driver.submitOf({"a"}, driver.content("x")), [&](const auto &result) {
                    QVERIFY(result);
                    QVERIFY(faults.walWrites > writes); // the recording sees the file at all
                    QVERIFY(faults.walSyncs > syncs);   // and its sync had returned before this reply
                    if (++replies == perRound)
                        loop.quit();
                });
        }
        loop.exec();
        syncs = faults.walSyncs;
    }
    QCOMPARE(witness.dirtyCommits.load(), 0);
    QCOMPARE(witness.changes.load(), rounds * perRound);
    QVERIFY(witness.syncs >= witness.commits);
    QVERIFY(witness.commits < rounds * perRound); // one sync for many: group commit
    engine.stop();
}
} // namespace belfry::store

QTEST_GUILESS_MAIN(belfry::store::TestSqliteDurability)
#include "tst_sqlite_durability.moc"
