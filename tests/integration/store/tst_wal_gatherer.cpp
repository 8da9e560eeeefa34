#include "fault_vfs.h"
#include "store/sqlite/database.h"
#include "store/sqlite/wal_gatherer.h"

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QtTest>

namespace belfry::store {
namespace {
constexpr char schema[] = "CREATE TABLE rows (key INTEGER PRIMARY KEY, body BLOB NOT NULL);"
                          "CREATE INDEX rows_body ON rows (body)";

/// All rows as one text: two databases with the same one hold the same.
QByteArray contentOf(Database &db)
{
    Statement statement(db, "content", "SELECT key, hex(body) FROM rows ORDER BY key");
    QByteArray all;
    Query query(statement);
    while (query.next()) {
        all.append(QByteArray::number(query.number())).append('=');
        all.append(query.text()).append(' ');
    }
    return query.outcome() ? all : "error: " + query.outcome().error().detail;
}

QByteArray integrityOf(Database &db)
{
    Statement statement(db, "integrity", "PRAGMA integrity_check");
    Query query(statement);
    return query.next() ? query.text() : QByteArray("no answer");
}

/// Inserts `count` rows of `size` bytes, as part of whatever transaction there is.
QByteArray rows(int count, int size)
{
    return "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
           QByteArray::number(count) + ") INSERT INTO rows (body) SELECT randomblob(" +
           QByteArray::number(size) + ") FROM n";
}
} // namespace

/// What a transaction appends to the log goes there in few writes, and nobody sees a difference.
class TestWalGatherer : public QObject
{
    Q_OBJECT
private:
    [[nodiscard]] QByteArray path() const { return m_folder->filePath(QStringLiteral("some.db")).toUtf8(); }
    /// What somebody finds who has nothing but the files as they are now.
    [[nodiscard]] QByteArray contentOfACopy() const;

    FaultVfs &m_faults = FaultVfs::install();
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Database> m_writer;
    std::unique_ptr<Database> m_other; ///< another connection, without the layer

private Q_SLOTS:
    void init();
    void cleanup();
    void writesOnceForManyPages();
    void readsBackWhatWaits();
    void takesBackWhatWaits();
    void leavesNothingOfAFailedTransaction_data();
    void leavesNothingOfAFailedTransaction();
    void holdsNothingBackOnceCommitted();
    void belongsToOneParent();
};

void TestWalGatherer::init()
{
    m_faults.heal();
    m_folder = std::make_unique<QTemporaryDir>();
    m_writer = std::make_unique<Database>(path(), walGatherer(m_faults.name()));
    QVERIFY(m_writer->open(false));
    QVERIFY(m_writer->exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"));
    QVERIFY(m_writer->exec(schema));
    m_other = std::make_unique<Database>(path());
    QVERIFY(m_other->open(true));
}

void TestWalGatherer::cleanup()
{
    m_faults.heal();
    m_other.reset();
    m_writer.reset();
    m_folder.reset();
}

QByteArray TestWalGatherer::contentOfACopy() const
{
    const QTemporaryDir folder;
    const QString copy = folder.filePath(QStringLiteral("copy.db"));
    for (const char *suffix : {"", "-wal"})
        QFile::copy(QString::fromUtf8(path() + suffix), copy + QString::fromLatin1(suffix));
    Database db(copy.toUtf8());
    return db.open(false) ? contentOf(db) : QByteArray("the copy can't be opened");
}

void TestWalGatherer::writesOnceForManyPages()
{
    const int before = m_faults.walWrites;
    QVERIFY(m_writer->exec(rows(100, 2000))); // some 100 pages: SQLite makes two writes of each
    const int writes = m_faults.walWrites - before;
    QVERIFY2(writes > 0 && writes <= 16, qPrintable(QString::number(writes)));
    QVERIFY(!m_faults.walIsDirty);
    const QByteArray content = contentOf(*m_other);
    QVERIFY(content.size() > 100 * 2000);
    QCOMPARE(content, contentOf(*m_writer));
}

/// A transaction that is larger than the cache goes to the log before its end, and is read from there.
void TestWalGatherer::readsBackWhatWaits()
{
    QVERIFY(m_writer->exec("PRAGMA cache_size = 10; BEGIN; " + rows(1000, 3000)));
    QVERIFY(m_writer->exec("UPDATE rows SET body = body || x'00' WHERE key % 3 = 0"));
    const QByteArray own = contentOf(*m_writer);
    QVERIFY(own.size() > 1000 * 3000);
    QCOMPARE(contentOf(*m_other), QByteArray());
    QVERIFY(m_writer->exec("COMMIT"));
    QCOMPARE(contentOf(*m_other), own);
    QCOMPARE(integrityOf(*m_other), QByteArray("ok"));
}

void TestWalGatherer::takesBackWhatWaits()
{
    QVERIFY(m_writer->exec("PRAGMA cache_size = 10; " + rows(10, 2000)));
    const QByteArray before = contentOf(*m_other);
    QVERIFY(m_writer->exec("BEGIN; " + rows(200, 3000) + "; SAVEPOINT half"));
    const QByteArray half = contentOf(*m_writer);
    QVERIFY(m_writer->exec(rows(200, 3000) + "; ROLLBACK TO half"));
    QCOMPARE(contentOf(*m_writer), half);
    QVERIFY(m_writer->exec("COMMIT; BEGIN; " + rows(200, 3000) + "; ROLLBACK"));
    QCOMPARE(contentOf(*m_other), half);
    QVERIFY(half.startsWith(before));
    QCOMPARE(integrityOf(*m_other), QByteArray("ok"));
}

void TestWalGatherer::leavesNothingOfAFailedTransaction_data()
{
    QTest::addColumn<int>("rowCount");
    QTest::addColumn<bool>("full");
    QTest::newRow("full when it is written at the end") << 20 << true;
    QTest::newRow("full in the middle") << 2000 << true;
    QTest::newRow("not synced") << 20 << false;
}

void TestWalGatherer::leavesNothingOfAFailedTransaction()
{
    QFETCH(int, rowCount);
    QFETCH(bool, full);
    QVERIFY(m_writer->exec("PRAGMA cache_size = 10; " + rows(10, 2000)));
    const QByteArray before = contentOf(*m_other);

    (full ? m_faults.diskIsFull : m_faults.syncFails) = true;
    auto done = m_writer->exec("BEGIN; " + rows(rowCount, 3000));
    if (done)
        done = m_writer->exec("COMMIT");
    QVERIFY(!done);
    QCOMPARE(done.error().code, model::ErrorCode::Unavailable);
    m_faults.heal();
    if (m_writer->isInTransaction())
        QVERIFY(m_writer->exec("ROLLBACK"));

    QCOMPARE(contentOf(*m_writer), before);
    QCOMPARE(contentOf(*m_other), before);
    QVERIFY(m_writer->exec(rows(5, 2000)));
    QVERIFY(contentOf(*m_other).startsWith(before));
    QCOMPARE(contentOf(*m_other), contentOf(*m_writer));
    QCOMPARE(contentOfACopy(), contentOf(*m_other));
    QCOMPARE(integrityOf(*m_other), QByteArray("ok"));
}

/// Through checkpoints and new beginnings of the log: what a commit made is in the files when it returns.
void TestWalGatherer::holdsNothingBackOnceCommitted()
{
    QRandomGenerator random(4711);
    QVERIFY(m_writer->exec("PRAGMA cache_size = 20; PRAGMA wal_autocheckpoint = 30"));
    for (int round = 0; round < 60; ++round) {
        const int count = random.bounded(1, 40);
        const int size = random.bounded(10, 4000);
        const QByteArray end = random.bounded(4) == 0 ? "ROLLBACK" : "COMMIT";
        QVERIFY(m_writer->exec("BEGIN; DELETE FROM rows WHERE key % 7 = " + QByteArray::number(round % 7) +
                               "; " + rows(count, size) + "; " + end));
        QCOMPARE(contentOf(*m_other), contentOf(*m_writer));
        QCOMPARE(contentOfACopy(), contentOf(*m_writer));
    }
    QCOMPARE(integrityOf(*m_writer), QByteArray("ok"));
}

void TestWalGatherer::belongsToOneParent()
{
    QCOMPARE(walGatherer("no such layer"), nullptr);
    QCOMPARE(walGatherer(m_faults.name()), walGatherer(m_faults.name()));
    QVERIFY(qstrcmp(walGatherer(nullptr), walGatherer(m_faults.name())) != 0);
}
} // namespace belfry::store

QTEST_GUILESS_MAIN(belfry::store::TestWalGatherer)
#include "tst_wal_gatherer.moc"
