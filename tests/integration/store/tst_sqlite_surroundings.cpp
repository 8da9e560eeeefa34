#include "fault_vfs.h"
#include "first_schema.h"
#include "store/engine.h"
#include "store/sqlite/sqlite_dialect.h"
#include "store_driver.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <sqlite3.h>

namespace belfry::store {
using model::ErrorCode;
using model::Text;

namespace {
/// Counts what the log calls critical, while it lives.
class LogCount
{
public:
    LogCount() { s_critical = 0; }
    ~LogCount() { qInstallMessageHandler(m_before); }
    LogCount(const LogCount &) = delete;
    LogCount &operator=(const LogCount &) = delete;
    [[nodiscard]] int critical() const { return s_critical; }

private:
    static void take(QtMsgType type, const QMessageLogContext &, const QString &)
    {
        s_critical += type == QtCriticalMsg ? 1 : 0;
    }
    static inline std::atomic<int> s_critical = 0;
    const QtMessageHandler m_before = qInstallMessageHandler(&LogCount::take);
};
} // namespace

/// What can be wrong around a database, one test each: a message that says what to do, nothing half-written,
/// and recovery without a restart where that is possible.
class TestSqliteSurroundings : public QObject
{
    Q_OBJECT
private:
    [[nodiscard]] QString file() const { return m_folder->filePath(QStringLiteral("belfry.db")); }
    [[nodiscard]] StoreOptions options() const;
    [[nodiscard]] std::unique_ptr<ports::Store> faultyStore();
    void sql(const QByteArray &statements) const;
    void makeDatabase();
    void makeDamagedDatabase();
    [[nodiscard]] model::Error startError(StoreOptions options) const;

    runtime::FakeClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
    FaultVfs &m_faults = FaultVfs::install();

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void cleanup() { m_faults.heal(); }

    void fullDiskRefusesAndRecovers();
    void failedSyncIsNotAnswered();
    void readOnlyDatabaseDoesNotStart();
    void readOnlyAtRuntimeRefusesAndRecovers();
    void noDatabaseDoesNotStart();
    void damagedPageIsToldAtItsRead();
    void failingReadsAreNotHealthy();
    void newerSchemaDoesNotStart();
    void editedMigrationDoesNotStart();
    void olderSchemaAsksForMigrate();
    void firstSchemaIsMigrated();
    void allReadOutlivesARestart();
    void secondProcessIsRefusedWithThePid();
    void unwritableFolderDoesNotStart();
    void badUrlDoesNotStart();
    void newEpochIsKept();
};

StoreOptions TestSqliteSurroundings::options() const
{
    StoreOptions options;
    options.url = "sqlite://" + file().toUtf8();
    return options;
}

std::unique_ptr<ports::Store> TestSqliteSurroundings::faultyStore()
{
    auto dialect = std::make_unique<SqliteDialect>(file().toUtf8(), QString(), m_faults.name());
    return std::make_unique<Engine>(std::move(dialect), StoreOptions{}, m_clock);
}

void TestSqliteSurroundings::sql(const QByteArray &statements) const
{
    sqlite3 *db = nullptr;
    QCOMPARE(sqlite3_open(file().toUtf8().constData(), &db), SQLITE_OK);
    QCOMPARE(sqlite3_exec(db, statements.constData(), nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(db);
}

void TestSqliteSurroundings::makeDatabase()
{
    const auto report = migrate(options());
    QVERIFY(report);
    QCOMPARE(report->from, 0);
    QVERIFY(report->to > 0);
}

model::Error TestSqliteSurroundings::startError(StoreOptions options) const
{
    const auto store = openStore(std::move(options), m_clock);
    const auto started = store->start();
    return started ? model::Error{} : started.error();
}

void TestSqliteSurroundings::fullDiskRefusesAndRecovers()
{
    const auto store = faultyStore();
    QVERIFY(store->start());
    StoreDriver driver(*store, m_clock);
    driver.send("a", "before");
    m_faults.diskIsFull = true;
    for (int i = 0; i < 3; ++i) {
        const auto refused = driver.submit(driver.submitOf({"a", "new"}, driver.content("lost")));
        QCOMPARE(refused.error().code, ErrorCode::Unavailable);
        QVERIFY(refused.error().detail.contains("disk is full: free some space"));
        QVERIFY(refused.error().retryAfter.has_value());
    }
    QVERIFY(!store->health().ok);
    QVERIFY(store->health().detail.contains("disk is full"));
    QCOMPARE(driver.titles("a"), (std::vector<Text>{"before"})); // reading goes on
    m_faults.diskIsFull = false;
    QTRY_VERIFY_WITH_TIMEOUT(store->health().ok, 5000); // by itself
    driver.send("a", "after");
    QCOMPARE(driver.titles("a"), (std::vector<Text>{"after", "before"}));
    QCOMPARE(driver.state("a").head, 2); // nothing half-written, no number lost
    QCOMPARE(driver.state("new").head, 0);
    store->stop();
}

void TestSqliteSurroundings::failedSyncIsNotAnswered()
{
    const auto store = faultyStore();
    QVERIFY(store->start());
    StoreDriver driver(*store, m_clock);
    driver.send("a", "before");
    m_faults.syncFails = true;
    const auto refused = driver.submit(driver.submitOf({"a"}, driver.content("not durable")));
    QCOMPARE(refused.error().code, ErrorCode::Unavailable);
    QVERIFY(refused.error().detail.contains("check the disk"));
    m_faults.syncFails = false;
    QTRY_VERIFY_WITH_TIMEOUT(store->health().ok, 5000);
    driver.send("a", "after");
    const auto log = driver.log("a");
    QCOMPARE(log->changes.size(), static_cast<std::size_t>(log->state.head)); // whole, whatever became of it
    store->stop();
}

void TestSqliteSurroundings::readOnlyDatabaseDoesNotStart()
{
    makeDatabase();
    m_faults.isReadOnly = true;
    const auto store = faultyStore();
    const auto started = store->start();
    QVERIFY(!started);
    QCOMPARE(started.error().code, ErrorCode::Unavailable);
    QVERIFY2(started.error().detail.contains("read-only: give this user the right"),
             started.error().detail.constData());
}

void TestSqliteSurroundings::readOnlyAtRuntimeRefusesAndRecovers()
{
    const auto store = faultyStore();
    QVERIFY(store->start());
    StoreDriver driver(*store, m_clock);
    driver.send("a", "before");
    m_faults.isReadOnly = true;
    m_faults.syncFails = true; // makes the writer connect again, to a file that became read-only
    QVERIFY(!driver.submit(driver.submitOf({"a"}, driver.content("x"))));
    m_faults.syncFails = false;
    const auto refused = driver.submit(driver.submitOf({"a"}, driver.content("x")));
    QCOMPARE(refused.error().code, ErrorCode::Unavailable);
    QVERIFY2(refused.error().detail.contains("read-only"), refused.error().detail.constData());
    m_faults.isReadOnly = false;
    QTRY_VERIFY_WITH_TIMEOUT(store->health().ok, 5000);
    driver.send("a", "after");
    store->stop();
}

void TestSqliteSurroundings::noDatabaseDoesNotStart()
{
    QFile other(file());
    QVERIFY(other.open(QIODevice::WriteOnly));
    other.write(QByteArray(8192, 'x'));
    other.close();
    const model::Error error = startError(options());
    QCOMPARE(error.code, ErrorCode::Unavailable);
    QVERIFY2(error.detail.contains("no SQLite database") && error.detail.contains("restore"),
             error.detail.constData());
}

void TestSqliteSurroundings::makeDamagedDatabase()
{
    qint64 schemaEnd = 0;
    for (const int count : {0, 600}) { // what the second life adds is no schema
        const auto store = openStore(options(), m_clock);
        QVERIFY(store->start());
        StoreDriver driver(*store, m_clock);
        for (int i = 0; i < count; ++i)
            driver.send("a", driver.content("x", QByteArray(500, 'y')));
        store->stop();
        if (count == 0)
            schemaEnd = QFile(file()).size();
    }
    QFile database(file());
    QVERIFY(database.open(QIODevice::ReadWrite));
    QVERIFY(schemaEnd > 0 && schemaEnd < database.size());
    for (qint64 at = schemaEnd; at < database.size(); at += 4096) {
        database.seek(at);
        database.write(QByteArray(64, '\xff'));
    }
}

void TestSqliteSurroundings::damagedPageIsToldAtItsRead()
{
    makeDamagedDatabase();
    const auto store = openStore(options(), m_clock);
    QVERIFY(store->start());
    StoreDriver driver(*store, m_clock);
    const auto page = driver.log("a");
    QCOMPARE(page.error().code, ErrorCode::Unavailable);
    QVERIFY2(page.error().detail.contains("damaged") &&
                 page.error().detail.contains("restore the last backup"),
             page.error().detail.constData());
    store->stop();
}

void TestSqliteSurroundings::failingReadsAreNotHealthy()
{
    makeDamagedDatabase();
    const LogCount told;
    const auto store = openStore(options(), m_clock);
    QVERIFY(store->start());
    QVERIFY(store->health().ok);
    StoreDriver driver(*store, m_clock);
    // Asked again where the probe of each second came in between.
    QTRY_VERIFY(!driver.log("a") && store->health().detail.contains("damaged"));
    QTRY_VERIFY_WITH_TIMEOUT(store->health().ok, 10'000); // without a request
    for (int i = 0; i < 5; ++i) {
        QVERIFY(!driver.log("a"));
        QCOMPARE(driver.state("a").head, 600);
        QVERIFY(store->health().ok); // what was read last was well
    }
    QCOMPARE(told.critical(), 1);
    store->stop();
}

void TestSqliteSurroundings::newerSchemaDoesNotStart()
{
    makeDatabase();
    sql("INSERT INTO schema_versions VALUES (9999, '9999_future.sql', 'x', 0)");
    const model::Error error = startError(options());
    QCOMPARE(error.code, ErrorCode::Conflict);
    QVERIFY2(error.detail.contains("schema version 9999") && error.detail.contains("start the newer belfryd"),
             error.detail.constData());
}

void TestSqliteSurroundings::editedMigrationDoesNotStart()
{
    makeDatabase();
    sql("UPDATE schema_versions SET checksum = 'x' WHERE version = 1");
    const model::Error error = startError(options());
    QCOMPARE(error.code, ErrorCode::Conflict);
    QVERIFY(error.detail.contains("0001_create_tables.sql"));
}

void TestSqliteSurroundings::olderSchemaAsksForMigrate()
{
    StoreOptions asked = options();
    asked.migrate = false;
    const model::Error error = startError(asked);
    QCOMPARE(error.code, ErrorCode::Conflict);
    QVERIFY(error.detail.contains("belfryd migrate"));
    makeDatabase();
    QCOMPARE(startError(asked), model::Error{});
}

void TestSqliteSurroundings::firstSchemaIsMigrated()
{
    sql(FirstSchema::sql("sqlite"));
    m_clock.set(FirstSchema::stoppedAt);
    const auto store = openStore(options(), m_clock);
    QVERIFY(store->start());
    StoreDriver driver(*store, m_clock);
    FirstSchema::check(driver);
    store->stop();
}

void TestSqliteSurroundings::allReadOutlivesARestart()
{
    const auto use = [&](auto with) {
        const auto store = openStore(options(), m_clock);
        QVERIFY(store->start());
        StoreDriver driver(*store, m_clock);
        with(driver);
        store->stop();
    };
    model::NotificationId id;
    use([&](StoreDriver &driver) {
        id = driver.send("a", "x").id;
        driver.apply("a", model::OpSet::Read, id);
        m_clock.advance(std::chrono::seconds(60));
        QVERIFY(driver.ops("a", {driver.op(model::OpSet::Read, model::UpTo{9})}));
    });
    use([&](StoreDriver &driver) {
        model::Op unread =
            driver.op(model::OpSet::Unread, QList{id}, driver.now() - std::chrono::seconds(30));
        unread.id.text = "of another device";
        QVERIFY(driver.ops("a", {unread})->applied[0].superseded);
    });
}

void TestSqliteSurroundings::secondProcessIsRefusedWithThePid()
{
    QProcess holder;
    holder.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--hold"), file()});
    QVERIFY(holder.waitForReadyRead(20'000));
    const model::Error error = startError(options());
    QCOMPARE(error.code, ErrorCode::Conflict);
    QVERIFY2(error.detail.contains("process " + QByteArray::number(holder.processId()) + " already works"),
             error.detail.constData());
    QCOMPARE(migrate(options()).error().code, ErrorCode::Conflict);
    holder.kill(); // leaves nothing behind that would keep the next one out
    QVERIFY(holder.waitForFinished(20'000));
    QCOMPARE(startError(options()), model::Error{});
}

void TestSqliteSurroundings::unwritableFolderDoesNotStart()
{
    QFile blocker(m_folder->filePath(QStringLiteral("file")));
    QVERIFY(blocker.open(QIODevice::WriteOnly));
    StoreOptions asked;
    asked.url = "sqlite://" + blocker.fileName().toUtf8() + "/belfry.db";
    const model::Error error = startError(asked);
    QCOMPARE(error.code, ErrorCode::Unavailable);
    QVERIFY2(error.detail.contains("can't be made"), error.detail.constData());
}

void TestSqliteSurroundings::badUrlDoesNotStart()
{
    StoreOptions asked;
    asked.url = "mysql://localhost";
    const model::Error error = startError(asked);
    QCOMPARE(error.code, ErrorCode::Unavailable);
    QVERIFY(error.detail.contains("sqlite:///absolute/path"));
}

void TestSqliteSurroundings::newEpochIsKept()
{
    const auto epochNow = [this] {
        const auto store = openStore(options(), m_clock);
        [&] { QVERIFY(store->start()); }();
        return store->directory().epoch();
    };
    const model::Epoch first = epochNow();
    QVERIFY(!first.isEmpty());
    QCOMPARE(epochNow().text, first.text);
    const auto renewed = newEpoch(options());
    QVERIFY(renewed && renewed->text != first.text);
    QCOMPARE(epochNow().text, renewed->text);
}
} // namespace belfry::store

namespace {
/// Holds the database until it is killed.
int hold(const QString &file)
{
    const belfry::runtime::SystemClock clock;
    belfry::store::StoreOptions options;
    options.url = "sqlite://" + file.toUtf8();
    const auto store = belfry::store::openStore(options, clock);
    if (!store->start())
        return 1;
    puts("ready");
    fflush(stdout);
    return QCoreApplication::exec();
}
} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == QStringLiteral("--hold"))
        return hold(arguments.value(2));
    belfry::store::TestSqliteSurroundings test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_sqlite_surroundings.moc"
