#include "support/pg_server.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QUrl>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace belfry::test {
QSqlDatabase addPostgres(const QUrl &url, const QString &name)
{
    auto database = QSqlDatabase::addDatabase(u"QPSQL"_s, name);
    database.setHostName(url.host());
    database.setPort(url.port(5432));
    database.setUserName(url.userName());
    database.setPassword(url.password());
    database.setDatabaseName(url.path().mid(1));
    return database;
}

namespace {
QByteArray urlFromFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray name = "BELFRY_DATABASE_URL=";
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith(name))
            return line.mid(name.size()).trimmed();
    }
    return {};
}

QByteArray serverUrl()
{
    const QString file = qEnvironmentVariable("BELFRY_TEST_PG_ENV");
    const QByteArray fromFile = file.isEmpty() ? QByteArray() : urlFromFile(file);
    return fromFile.isEmpty() ? qgetenv("BELFRY_DATABASE_URL") : fromFile;
}

QString randomName()
{
    return u"t_"_s + QUuid::createUuid().toString(QUuid::Id128);
}

/// Runs one statement on a connection of its own. Empty: it worked; else why not.
QString execute(const QUrl &server, const QString &statement)
{
    const QString name = randomName();
    QString problem;
    {
        QSqlDatabase database = addPostgres(server, name);
        QSqlQuery query(database);
        if (!database.open())
            problem = database.lastError().text();
        else if (!query.exec(statement))
            problem = query.lastError().text();
    }
    QSqlDatabase::removeDatabase(name);
    return problem;
}
} // namespace

PgDatabase::PgDatabase()
    : m_name(randomName())
{
    QUrl url(QString::fromUtf8(serverUrl()));
    if (url.isEmpty()) {
        m_error = u"no PostgreSQL: run by ./dev test, or set BELFRY_TEST_PG_ENV (tests/support/README.md)"_s;
        return;
    }
    m_error = execute(url, u"CREATE DATABASE "_s + m_name);
    url.setPath(u'/' + m_name);
    m_url = url.toEncoded();
}

PgDatabase::~PgDatabase()
{
    if (!m_error.isEmpty())
        return;
    const QString problem =
        execute(QUrl(QString::fromUtf8(serverUrl())), u"DROP DATABASE %1 WITH (FORCE)"_s.arg(m_name));
    if (!problem.isEmpty())
        qWarning("%s", qPrintable(problem));
}

bool PgDatabase::clear()
{
    // Triggers guard the audit log against just this.
    const QString problem = execute(QUrl(QString::fromUtf8(m_url)), uR"(
        DO $$ BEGIN
            PERFORM set_config('session_replication_role', 'replica', true);
            EXECUTE (SELECT 'TRUNCATE ' || string_agg(quote_ident(tablename), ', ') || ' RESTART IDENTITY'
                     FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'schema_versions');
        END $$)"_s);
    if (!problem.isEmpty())
        qWarning("%s", qPrintable(problem));
    return problem.isEmpty();
}

bool PgDatabase::dropConnections()
{
    const QString statement =
        u"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '%1'"_s.arg(m_name);
    const QString problem = execute(QUrl(QString::fromUtf8(serverUrl())), statement);
    if (!problem.isEmpty())
        qWarning("%s", qPrintable(problem));
    return problem.isEmpty();
}

PgServer::PgServer(Mode mode)
    : m_envFile(QDir::tempPath() + u"/belfry-"_s + randomName() + u".env"_s)
{
    const QString cache = qEnvironmentVariable("BELFRY_TEST_SERVERS_DIR");
    QStringList arguments{u"start"_s, mode == Mode::Fast ? u"--fast"_s : u"--durable"_s, u"--watch"_s,
                          u"parent"_s};
    if (!cache.isEmpty())
        arguments << u"--cache"_s << cache;
    if (!call(arguments))
        return;
    m_url = urlFromFile(m_envFile);
}

PgServer::~PgServer()
{
    if (!call({u"stop"_s}))
        qWarning("%s", qPrintable(m_error));
    QFile::remove(m_envFile + u".log"_s);
}

bool PgServer::goAway()
{
    return call({u"down"_s});
}

bool PgServer::comeBack()
{
    return call({u"up"_s});
}

bool PgServer::call(const QStringList &arguments)
{
    QProcess script;
    script.setProcessChannelMode(QProcess::MergedChannels);
    script.start(qEnvironmentVariable("BELFRY_SOURCE_DIR") + u"/tests/servers/pg.sh"_s,
                 arguments + QStringList{m_envFile});
    const bool ended = script.waitForFinished(60'000);
    if (ended && script.exitStatus() == QProcess::NormalExit && script.exitCode() == 0)
        return true;
    m_error = u"tests/servers/pg.sh %1: %2 %3"_s.arg(arguments.join(u' '), script.errorString(),
                                                     QString::fromUtf8(script.readAll()));
    return false;
}
} // namespace belfry::test
