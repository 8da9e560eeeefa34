#include "store/postgres/pg_rows.h"
#include "support/pg_server.h"

#include <QTest>

namespace belfry::store {
using model::ErrorCode;
using model::Text;

namespace {
class TestPgConnection : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<test::PgDatabase> m_database;
    std::unique_ptr<PgConnection> m_db;

    [[nodiscard]] Text one(const QByteArray &sql)
    {
        PgStatement statement(*m_db, "one", sql);
        PgQuery query(statement);
        return query.next()      ? query.text()
               : query.outcome() ? Text("nothing")
                                 : query.outcome().error().detail;
    }

private Q_SLOTS:
    void init();
    void valuesComeBack();
    void rowsComeBack();
    void noNul();
    void keptBackGoesWithTheNext();
    void keptBackFailsAtTheCommit();
    void failedStatementsAreFine();
    void rollbackForgetsWhatWasKeptBack();
    void comesBackBeforeATransaction();
    void isLostInATransaction();
    void tellsWhyItCantOpen();
};

void TestPgConnection::init()
{
    m_db.reset();
    m_database = std::make_unique<test::PgDatabase>();
    QVERIFY2(m_database->isValid(), qPrintable(m_database->error()));
    m_db = std::make_unique<PgConnection>(parsePgUrl(m_database->url()).value());
    QVERIFY(m_db->open());
    QVERIFY(m_db->exec("CREATE TABLE t (a bigint PRIMARY KEY, b text); INSERT INTO t VALUES (1, 'one')"));
}

void TestPgConnection::valuesComeBack()
{
    PgStatement statement(*m_db, "values",
                          "SELECT $1::bigint, $2::text, $3::bytea, $4::uuid, $5::bigint, $6::text, $7::text, "
                          "1 = 1, 1 = 2, $8::jsonb ->> 'x', NULL::bytea, NULL::bigint");
    const auto id = model::Uuid::parse("0190a0b0-0000-7000-8000-00000000002a").value();
    const QByteArray bytes("\0\x01\\x\xff", 5);
    for (int round = 0; round < 2; ++round) { // prepared, and used again
        PgQuery query(statement);
        query.bind(qint64(-9'223'372'036'854'775'807)).bind("it's \\ 'so' ☃").bindBlob(bytes).bind(id);
        query.bind(model::MaybeInstant()).bind(Text()).bindOptional(Text()).bind(R"({"x":"\"}"})");
        QVERIFY(query.next());
        QCOMPARE(query.number(), qint64(-9'223'372'036'854'775'807));
        QCOMPARE(query.text(), Text("it's \\ 'so' ☃"));
        QCOMPARE(query.blob(), bytes);
        QVERIFY(query.id() == id);
        QVERIFY(!query.maybeInstant());
        QVERIFY(!query.isNull());
        QCOMPARE(query.text(), Text());
        QVERIFY(query.isNull());
        QCOMPARE(query.text(), Text());
        QCOMPARE(query.number(), 1);
        QCOMPARE(query.number(), 0);
        QCOMPARE(query.text(), Text("\"}"));
        QCOMPARE(query.blob(), QByteArray());
        QCOMPARE(query.number(), 0);
        QVERIFY(!query.next());
        QVERIFY(query.outcome());
    }
}

void TestPgConnection::rowsComeBack()
{
    const std::vector<Text> texts{"",         "NULL",       "a,b", "{}", "\"quoted\"", "back\\slash\\\\",
                                  " spaces ", "line\nline", "☃"};
    const QByteArray bytes("\0\\\"\xff", 4);
    const auto id = model::Uuid::parse("0190a0b0-0000-7000-8000-00000000002a").value();
    PgRows rows;
    for (const Text &text : texts)
        rows.row()
            .add(qint64(-1))
            .add(text)
            .add(id)
            .addBlob(bytes)
            .addOptional({})
            .add(model::MaybeInstant());
    PgStatement statement(
        *m_db, "rows",
        "SELECT * FROM unnest($1::bigint[], $2::text[], $3::uuid[], $4::bytea[], $5::text[],"
        " $6::bigint[]) WITH ORDINALITY AS r (a, b, c, d, e, f, pos) ORDER BY pos");
    PgQuery query(statement);
    rows.bindTo(query);
    for (const Text &text : texts) {
        QVERIFY(query.next());
        QCOMPARE(query.number(), -1);
        QVERIFY(!query.isNull());
        QCOMPARE(query.text(), text);
        QVERIFY(query.id() == id);
        QCOMPARE(query.blob(), bytes);
        QVERIFY(query.isNull());
        query.skip();
        QVERIFY(!query.maybeInstant());
    }
    QVERIFY(!query.next());
    QVERIFY(query.outcome());
}

void TestPgConnection::noNul()
{
    PgStatement statement(*m_db, "find", "SELECT b FROM t WHERE b = $1");
    PgQuery query(statement);
    query.bind(Text("one\0two", 7));
    QVERIFY(!query.next());
    QCOMPARE(query.outcome().error().code, ErrorCode::Invalid);
}

void TestPgConnection::keptBackGoesWithTheNext()
{
    PgStatement insert(*m_db, "insert", "INSERT INTO t VALUES ($1, $2)");
    QVERIFY(m_db->begin());
    QVERIFY(PgQuery(insert).bind(2).bind("two").keepBack());
    QVERIFY(PgQuery(insert).bind(3).bind("three").keepBack());
    QCOMPARE(one("SELECT string_agg(b, ',' ORDER BY a) FROM t"), Text("one,two,three"));
    QVERIFY(PgQuery(insert).bind(4).bind("four").keepBack());
    QVERIFY(m_db->commit());
    QCOMPARE(one("SELECT count(*) FROM t"), Text("4"));
}

void TestPgConnection::keptBackFailsAtTheCommit()
{
    PgStatement insert(*m_db, "insert", "INSERT INTO t VALUES ($1, $2)");
    PgStatement update(*m_db, "update", "UPDATE t SET b = $2 WHERE a = $1");
    QVERIFY(m_db->begin());
    QVERIFY(PgQuery(update).bind(1).bind("changed").keepBack());
    QVERIFY(PgQuery(insert).bind(1).bind("again").keepBack());
    QVERIFY(PgQuery(update).bind(1).bind("changed once more").keepBack());
    const auto committed = m_db->commit();
    QVERIFY(!committed);
    QCOMPARE(committed.error().code, ErrorCode::Internal);
    QVERIFY2(committed.error().detail.endsWith(" in insert"), committed.error().detail);
    m_db->rollback();
    QCOMPARE(one("SELECT b FROM t"), Text("one"));
    // What was prepared on the way, or was not any more, works.
    QVERIFY(m_db->begin());
    QVERIFY(PgQuery(update).bind(1).bind("changed").keepBack());
    QVERIFY(PgQuery(insert).bind(2).bind("new").keepBack());
    QVERIFY(m_db->commit());
    QCOMPARE(one("SELECT string_agg(b, ',' ORDER BY a) FROM t"), Text("changed,new"));
}

void TestPgConnection::failedStatementsAreFine()
{
    PgStatement nonsense(*m_db, "nonsense", "SELECT nonsense FROM t");
    for (int round = 0; round < 2; ++round) {
        QVERIFY(m_db->begin());
        const auto failed = PgQuery(nonsense).run();
        QVERIFY(!failed);
        QVERIFY2(failed.error().detail.contains("nonsense"), failed.error().detail);
        QVERIFY(!m_db->commit()); // else the server would answer COMMIT with a rollback, and no error
        m_db->rollback();
    }
    QCOMPARE(one("SELECT b FROM t"), Text("one"));
}

void TestPgConnection::rollbackForgetsWhatWasKeptBack()
{
    PgStatement insert(*m_db, "insert", "INSERT INTO t VALUES ($1, $2)");
    QVERIFY(m_db->begin());
    QVERIFY(PgQuery(insert).bind(2).bind("two").keepBack());
    m_db->rollback();
    m_db->rollback();
    QVERIFY(m_db->begin());
    QVERIFY(m_db->commit());
    QCOMPARE(one("SELECT count(*) FROM t"), Text("1"));
}

void TestPgConnection::comesBackBeforeATransaction()
{
    PgStatement insert(*m_db, "insert", "INSERT INTO t VALUES ($1, $2)");
    PgStatement count(*m_db, "count", "SELECT count(*) FROM t");
    QVERIFY(PgQuery(insert).bind(2).bind("two").run()); // prepared on the connection that is lost
    QVERIFY(m_database->dropConnections());
    QVERIFY(m_db->begin());
    QVERIFY(PgQuery(insert).bind(3).bind("three").keepBack());
    PgQuery counted(count);
    QVERIFY(counted.next());
    QCOMPARE(counted.number(), 3);
    QVERIFY(m_db->commit());
    QVERIFY(m_database->dropConnections());
    QVERIFY(m_db->beginSingle());
    QCOMPARE(one("SELECT count(*) FROM t"), Text("3"));
    m_db->rollback(); // of nothing
}

void TestPgConnection::isLostInATransaction()
{
    PgStatement insert(*m_db, "insert", "INSERT INTO t VALUES ($1, $2)");
    QVERIFY(m_db->begin());
    QVERIFY(PgQuery(insert).bind(2).bind("two").run());
    QVERIFY(m_database->dropConnections());
    QVERIFY(PgQuery(insert).bind(3).bind("three").keepBack());
    const auto committed = m_db->commit();
    QVERIFY(!committed);
    QCOMPARE(committed.error().code, ErrorCode::Unavailable);
    QVERIFY(!m_db->isOpen());
    m_db->rollback();
    QVERIFY(m_db->begin());
    QCOMPARE(one("SELECT count(*) FROM t"), Text("1"));
    QVERIFY(m_db->commit());
}

void TestPgConnection::tellsWhyItCantOpen()
{
    PgTarget target = parsePgUrl(m_database->url()).value();
    target.database = "there_is_no_such";
    PgConnection other(target);
    const auto opened = other.open();
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, ErrorCode::Unavailable);
    QVERIFY2(opened.error().detail.contains("there_is_no_such"), opened.error().detail);
    QVERIFY(!other.isOpen());
}
} // namespace
} // namespace belfry::store

QTEST_GUILESS_MAIN(belfry::store::TestPgConnection)
#include "tst_pg_connection.moc"
