#include "runtime/clock.h"
#include "store/open_store.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>
#include <cerrno>
#include <sys/resource.h>

namespace belfry::store {
/// Which of the store's threads give way: what people wait for must not wait for what runs beside it.
class TestStoreThreads : public QObject
{
    Q_OBJECT
private:
    /// How much each thread of this process gives way, by its name.
    [[nodiscard]] static QMap<QByteArray, int> niceness();

private Q_SLOTS:
    void whatRunsBesideGivesWay();
};

QMap<QByteArray, int> TestStoreThreads::niceness()
{
    QMap<QByteArray, int> found;
    const QDir tasks(QStringLiteral("/proc/self/task"));
    for (const QString &task : tasks.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        QFile name(tasks.filePath(task + QStringLiteral("/comm")));
        if (name.open(QIODevice::ReadOnly))
            found.insert(name.readAll().trimmed(), getpriority(PRIO_PROCESS, task.toUInt()));
    }
    return found;
}

void TestStoreThreads::whatRunsBesideGivesWay()
{
    const int own = getpriority(PRIO_PROCESS, 0);
    const QTemporaryDir folder;
    const runtime::SystemClock clock;
    StoreOptions options;
    options.dataDir = folder.path();
    options.url = "sqlite://" + folder.path().toUtf8() + "/belfry.db";
    const auto store = openStore(options, clock);
    const auto started = store->start();
    QVERIFY2(started, started ? "" : started.error().detail.constData());
    const QMap<QByteArray, int> threads = niceness();
    for (const char *live : {"store-writer", "store-reader", "store-upkeep"})
        QCOMPARE(threads.value(live, -99), own);
    for (const char *beside : {"store-search", "store-sweeper"})
        QCOMPARE(threads.value(beside, -99), 10);
    store->stop();
}
} // namespace belfry::store

QTEST_GUILESS_MAIN(belfry::store::TestStoreThreads)
#include "tst_store_threads.moc"
