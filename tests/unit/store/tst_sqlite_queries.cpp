#include "store/migrations.h"
#include "store/sql_files.h"

#include <QtTest>
#include <sqlite3.h>

namespace belfry::store {
/// Every query is one statement that the fresh schema understands.
class TestSqliteQueries : public QObject
{
    Q_OBJECT
private:
    sqlite3 *m_db = nullptr;

private Q_SLOTS:
    void initTestCase();
    void prepares_data();
    void prepares();
    void listsSkipByTheIndex();
    void auditIsAppendOnly();
    void givesNoKeyTwice();
    void cleanupTestCase() { sqlite3_close(m_db); }
};

void TestSqliteQueries::initTestCase()
{
    QCOMPARE(sqlite3_open(":memory:", &m_db), SQLITE_OK);
    for (const Migration &step : migrationsOf("sqlite"))
        QVERIFY2(sqlite3_exec(m_db, step.sql.constData(), nullptr, nullptr, nullptr) == SQLITE_OK,
                 sqlite3_errmsg(m_db));
}

void TestSqliteQueries::prepares_data()
{
    QTest::addColumn<QByteArray>("sql");
    const auto files = sqlFiles("sql/sqlite");
    QVERIFY(files.size() > 60);
    for (const SqlFile &file : files)
        QTest::newRow(file.name.constData()) << file.sql;
}

void TestSqliteQueries::prepares()
{
    QFETCH(QByteArray, sql);
    sqlite3_stmt *statement = nullptr;
    const char *rest = nullptr;
    const int code = sqlite3_prepare_v2(m_db, sql.constData(), -1, &statement, &rest);
    QVERIFY2(code == SQLITE_OK, sqlite3_errmsg(m_db));
    QVERIFY(statement);
    QVERIFY(QByteArray(rest).trimmed().isEmpty());
    sqlite3_finalize(statement);
}

void TestSqliteQueries::listsSkipByTheIndex()
{
    const auto plan = [this](const char *name) {
        QByteArray text;
        const QByteArray sql = "EXPLAIN QUERY PLAN " + sqlQuery("sqlite", name);
        sqlite3_stmt *statement = nullptr;
        sqlite3_prepare_v2(m_db, sql.constData(), -1, &statement, nullptr);
        while (sqlite3_step(statement) == SQLITE_ROW)
            text.append(reinterpret_cast<const char *>(sqlite3_column_text(statement, 3))).append('\n');
        sqlite3_finalize(statement);
        return text;
    };
    const std::pair<const char *, const char *> expected[] = {
        {"list", "notifications_place (user_key=? AND created_seq>"},
        {"list_scheduled", "notifications_held (user_key=? AND scheduled_for>"},
        {"created_rows", "notifications_place (user_key=? AND created_seq>"},
        {"unindexed_rows", "notifications_place (user_key=? AND created_seq>"},
        {"unindexed_changes", "notifications_place (user_key=? AND created_seq="},
        {"range", "notifications_place (user_key=? AND created_seq>"},
        {"due", "notifications_due (due_at<"},
        {"next_due", "notifications_due (due_at>"},
        {"doomed_notifications", "notifications_place (user_key=?"},
        {"answers_page", "PRIMARY KEY ((scope,key)>"},
        {"collapsing", "notifications_collapse (user_key=? AND collapse_key=?"},
        {"deduplicating", "notifications_dedupe (user_key=? AND dedupe_key=? AND created_at>"},
        {"notification_by_id", "notifications_id (id=?)"},
        {"notification_by_legacy_id", "notifications_legacy (legacy_id=?)"},
        {"all_users", "INTEGER PRIMARY KEY (rowid>"},
        {"topic_users", "subscriptions_order (topic_key=? AND key>"},
        {"next_user_number", "users_number"},
        {"purge_answers", "answers_at (at<"},
        {"purge_deliveries", "deliveries_ended (state=? AND updated_at<"},
        {"aged_notifications", "notifications_id (id>?)"},
        {"deleted_notifications", "notifications_deleted (deleted_at<"},
        {"log_ages", "notifications_place (user_key=? AND created_seq>"},
    };
    for (const auto &[name, index] : expected)
        QVERIFY2(plan(name).contains(index), QByteArray(name) + ": " + plan(name));
    for (const char *name : {"list", "created_rows", "due", "log_rows", "topic_users", "aged_notifications",
                             "deleted_notifications", "log_ages"})
        QVERIFY2(!plan(name).contains("TEMP B-TREE"), name);
    // Only those that are due at the same time are sorted, by their ids.
    QVERIFY2(!plan("list_scheduled").contains("TEMP B-TREE FOR ORDER BY"), plan("list_scheduled"));
}

void TestSqliteQueries::auditIsAppendOnly()
{
    const auto run = [this](const char *sql) { return sqlite3_exec(m_db, sql, nullptr, nullptr, nullptr); };
    // One of the year before last, one of now.
    QCOMPARE(run("INSERT INTO audit (at, actor, action, done) VALUES (1, 'a', 'old', 1),"
                 " (CAST(strftime('%s', 'now') AS INTEGER) * 1000000, 'a', 'new', 1)"),
             SQLITE_OK);
    QCOMPARE(run("UPDATE audit SET detail = 'x' WHERE action = 'old'"), SQLITE_CONSTRAINT);
    QCOMPARE(run("DELETE FROM audit WHERE action = 'new'"), SQLITE_CONSTRAINT);
    QCOMPARE(run("DELETE FROM audit WHERE action = 'old'"), SQLITE_OK);
    QCOMPARE(sqlite3_changes(m_db), 1);
}

/// The search index goes by the keys of notifications.
void TestSqliteQueries::givesNoKeyTwice()
{
    const auto run = [this](const char *sql) { return sqlite3_exec(m_db, sql, nullptr, nullptr, nullptr); };
    const auto number = [this](const char *sql) {
        sqlite3_stmt *statement = nullptr;
        sqlite3_prepare_v2(m_db, sql, -1, &statement, nullptr);
        const int value = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int(statement, 0) : -1;
        sqlite3_finalize(statement);
        return value;
    };
    const char *add =
        "INSERT INTO notifications (id, user_key, created_seq, seq, flags, revision, state, hold_reason, "
        "suppress_reason, marks, urgency, created_at, updated_at, type, title, message) "
        "VALUES (randomblob(16), 7, 1, 1, 0, 1, 0, 0, 0, 0, 0, 1, 1, 't', 't', 'm')";
    QCOMPARE(run(add), SQLITE_OK);
    QCOMPARE(run(add), SQLITE_OK);
    QCOMPARE(run("DELETE FROM notifications WHERE user_key = 7"), SQLITE_OK);
    QCOMPARE(number("SELECT count(*) FROM notifications"), 1);
    QCOMPARE(number("SELECT max(key) FROM notifications"), 2);
    QCOMPARE(run(add), SQLITE_OK);
    QCOMPARE(number("SELECT max(key) FROM notifications WHERE user_key = 7"), 3);
    QCOMPARE(run("DELETE FROM notifications WHERE user_key = 7"), SQLITE_OK);
    QCOMPARE(number("SELECT count(*) FROM notifications"), 1);
    QCOMPARE(number("SELECT key FROM notifications WHERE user_key = 0"), 3);
}
} // namespace belfry::store

QTEST_GUILESS_MAIN(belfry::store::TestSqliteQueries)
#include "tst_sqlite_queries.moc"
