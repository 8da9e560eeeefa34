#include "support/pg_server.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTest>
#include <QUrl>

using namespace belfry;
using namespace Qt::StringLiterals;

namespace {
/// One connection; closed and forgotten at the end.
class Connection
{
public:
    explicit Connection(const QByteArray &url)
        : m_name(QString::fromUtf8(url))
    {
        const QUrl parts(m_name);
        database = QSqlDatabase::addDatabase(u"QPSQL"_s, m_name);
        database.setHostName(parts.host());
        database.setPort(parts.port());
        database.setUserName(parts.userName());
        database.setDatabaseName(parts.path().mid(1));
    }
    ~Connection()
    {
        database = {};
        QSqlDatabase::removeDatabase(m_name);
    }

    QSqlDatabase database;

private:
    QString m_name;
};
} // namespace

class TstPgServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachDatabaseIsEmptyAndItsOwn();
    void connectionsCanBeDropped();
    void aServerGoesAwayAndComesBackWithItsData();
};

void TstPgServer::eachDatabaseIsEmptyAndItsOwn()
{
    const test::PgDatabase one;
    const test::PgDatabase two;
    QVERIFY2(one.isValid(), qPrintable(one.error()));
    QVERIFY2(two.isValid(), qPrintable(two.error()));
    for (const QByteArray &url : {one.url(), two.url()}) {
        Connection connection(url);
        QVERIFY2(connection.database.open(), qPrintable(connection.database.lastError().text()));
        QSqlQuery query(connection.database);
        QVERIFY2(query.exec(u"CREATE TABLE same_name (n int)"_s), qPrintable(query.lastError().text()));
    }
}

void TstPgServer::connectionsCanBeDropped()
{
    test::PgDatabase database;
    QVERIFY2(database.isValid(), qPrintable(database.error()));
    Connection connection(database.url());
    QVERIFY(connection.database.open());
    QVERIFY(database.dropConnections());
    QSqlQuery query(connection.database);
    QVERIFY(!query.exec(u"SELECT 1"_s));
}

void TstPgServer::aServerGoesAwayAndComesBackWithItsData()
{
    test::PgServer server;
    QVERIFY2(server.isValid(), qPrintable(server.error()));
    {
        Connection connection(server.url());
        QVERIFY2(connection.database.open(), qPrintable(connection.database.lastError().text()));
        QSqlQuery query(connection.database);
        QVERIFY(query.exec(u"CREATE TABLE kept (n int)"_s));
        QVERIFY2(server.goAway(), qPrintable(server.error()));
        QVERIFY(!query.exec(u"SELECT * FROM kept"_s));
    }
    {
        Connection connection(server.url());
        QVERIFY(!connection.database.open());
        QVERIFY2(server.comeBack(), qPrintable(server.error()));
        QVERIFY2(connection.database.open(), qPrintable(connection.database.lastError().text()));
        QSqlQuery query(connection.database);
        QVERIFY2(query.exec(u"SELECT * FROM kept"_s), qPrintable(query.lastError().text()));
    }
}

QTEST_GUILESS_MAIN(TstPgServer)
#include "tst_pg_server.moc"
