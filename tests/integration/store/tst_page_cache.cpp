#include "store/sqlite/page_cache.h"

#include <QTemporaryDir>
#include <QtTest>
#include <sqlite3.h>

namespace belfry::store {
namespace {
sqlite3_pcache_methods2 sqlites;
int walks = 0;

void countWalk(sqlite3_pcache *cache, unsigned limit)
{
    ++walks;
    sqlites.xTruncate(cache, limit);
}
} // namespace

/// The cache is asked to forget pages where there may be some, and only there.
class TestPageCache : public QObject
{
    Q_OBJECT
private:
    [[nodiscard]] bool exec(const QByteArray &sql);
    [[nodiscard]] QByteArray one(const QByteArray &sql);

    QTemporaryDir m_folder;
    sqlite3 *m_db = nullptr;

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void walksForNoCommitThatOnlyGrows();
    void forgetsWhatLiesBehindTheEnd();
    void staysRightWhereTransactionsAreTakenBack();
};

bool TestPageCache::exec(const QByteArray &sql)
{
    if (sqlite3_exec(m_db, sql.constData(), nullptr, nullptr, nullptr) == SQLITE_OK)
        return true;
    qWarning("%s", sqlite3_errmsg(m_db));
    return false;
}

QByteArray TestPageCache::one(const QByteArray &sql)
{
    sqlite3_stmt *statement = nullptr;
    sqlite3_prepare_v2(m_db, sql.constData(), -1, &statement, nullptr);
    QByteArray text("no row");
    if (sqlite3_step(statement) == SQLITE_ROW)
        text = reinterpret_cast<const char *>(sqlite3_column_text(statement, 0));
    sqlite3_finalize(statement);
    return text;
}

/// Below ours: one that counts. Nothing in this process has used SQLite yet.
void TestPageCache::initTestCase()
{
    QCOMPARE(sqlite3_config(SQLITE_CONFIG_GETPCACHE2, &sqlites), SQLITE_OK);
    sqlite3_pcache_methods2 counting = sqlites;
    counting.xTruncate = countWalk;
    QCOMPARE(sqlite3_config(SQLITE_CONFIG_PCACHE2, &counting), SQLITE_OK);
    spareCacheWalks();
}

void TestPageCache::init()
{
    const QByteArray path =
        m_folder.filePath(QString::fromLatin1(QTest::currentTestFunction()) + QStringLiteral(".db")).toUtf8();
    QCOMPARE(sqlite3_open(path.constData(), &m_db), SQLITE_OK);
    QVERIFY(exec("PRAGMA auto_vacuum = FULL; PRAGMA journal_mode = WAL;"
                 "CREATE TABLE rows (key INTEGER PRIMARY KEY, body BLOB NOT NULL);"
                 "CREATE INDEX rows_body ON rows (body)"));
}

void TestPageCache::cleanup()
{
    QCOMPARE(sqlite3_close(m_db), SQLITE_OK);
}

void TestPageCache::walksForNoCommitThatOnlyGrows()
{
    constexpr int commits = 200;
    walks = 0;
    for (int i = 0; i < commits; ++i) // enough of them split pages
        QVERIFY(
            exec("INSERT INTO rows (body) VALUES (randomblob(900)), (randomblob(900)), (randomblob(900))"));
    QVERIFY2(walks < commits / 20, qPrintable(QString::number(walks)));
    QCOMPARE(one("PRAGMA integrity_check"), QByteArray("ok"));
}

void TestPageCache::forgetsWhatLiesBehindTheEnd()
{
    for (int round = 0; round < 10; ++round) {
        QVERIFY(exec("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)"
                     "INSERT INTO rows (body) SELECT randomblob(1500) FROM n"));
        const int pages = one("PRAGMA page_count").toInt();
        walks = 0;
        QVERIFY(exec("DELETE FROM rows WHERE key % 10 <> 0")); // the file becomes shorter with it
        QVERIFY(one("PRAGMA page_count").toInt() < pages);
        QVERIFY(walks > 0);
        QCOMPARE(one("PRAGMA integrity_check"), QByteArray("ok"));
    }
}

void TestPageCache::staysRightWhereTransactionsAreTakenBack()
{
    QByteArray sum = one("SELECT total(length(body)) FROM rows");
    for (int round = 0; round < 40; ++round) {
        QVERIFY(exec("BEGIN; WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60)"
                     "INSERT INTO rows (body) SELECT randomblob(700) FROM n"));
        if (round % 3 == 0) {
            QVERIFY(exec("ROLLBACK"));
            QCOMPARE(one("SELECT total(length(body)) FROM rows"), sum);
        } else {
            QVERIFY(exec("SAVEPOINT half; DELETE FROM rows WHERE key % 5 = 0; ROLLBACK TO half; COMMIT"));
        }
        sum = one("SELECT total(length(body)) FROM rows");
        QCOMPARE(one("PRAGMA integrity_check"), QByteArray("ok"));
    }
    QCOMPARE(one("SELECT count(*) FROM rows"), QByteArray::number(26 * 60));
}
} // namespace belfry::store

QTEST_GUILESS_MAIN(belfry::store::TestPageCache)
#include "tst_page_cache.moc"
