#include "store/postgres/pg_connection.h"

#include "runtime/log.h"
#include "store/postgres/pg_error.h"
#include "store/sql_files.h"

#include <QtSql/QSqlDriver>
#include <QtSql/QSqlError>
#include <algorithm>
#include <atomic>
#include <libpq-fe.h>

Q_DECLARE_OPAQUE_POINTER(PGconn *)

namespace belfry::store {
using namespace Qt::StringLiterals;
using model::ErrorCode;
using model::Text;
using model::VoidResult;
using Clock = std::chrono::steady_clock;

namespace {
constexpr std::chrono::milliseconds firstPause(100);
constexpr std::chrono::milliseconds longestPause(2000);

/// A server that vanished without a word is noticed after ten seconds.
constexpr char16_t options[] = u"connect_timeout=5;tcp_user_timeout=10000;keepalives=1;keepalives_idle=10;"
                               u"keepalives_interval=3;keepalives_count=3;application_name=belfryd";

/// All statements find their few rows by an index; a plan that was made while the tables were small must not
/// read them whole later on. A writer that hangs must not hold the users' rows of the others forever.
constexpr char sessionSettings[] =
    "SET jit = off; SET enable_seqscan = off; SET enable_hashjoin = off; "
    "SET enable_mergejoin = off; SET default_transaction_isolation = 'read committed'; "
    "SET idle_in_transaction_session_timeout = '30s'; SET lock_timeout = '10s'; "
    "SET client_min_messages = warning";

QString freshName()
{
    static std::atomic<int> last{0};
    return u"belfry-store-"_s + QString::number(++last);
}

void logRemark(void *, const char *text)
{
    qCWarning(lcStore, "PostgreSQL remarks: %s", QByteArray(text).trimmed().constData());
}

/// By itself libpq writes the server's remarks to standard error, past the log and its format.
void takeRemarks(const QSqlDriver &driver)
{
    if (auto *connection = driver.handle().value<PGconn *>())
        PQsetNoticeProcessor(connection, logRemark, nullptr);
}
} // namespace

// ---- PgConnection

PgConnection::PgConnection(PgTarget target)
    : m_target(std::move(target))
    , m_name(freshName())
{
}

PgConnection::~PgConnection()
{
    close();
}

VoidResult PgConnection::open()
{
    close();
    m_db = QSqlDatabase::addDatabase(u"QPSQL"_s, m_name);
    if (!m_db->isValid()) {
        close();
        return model::fail(ErrorCode::Unavailable,
                           "Qt's driver for PostgreSQL is missing: install libqt6sql6-psql");
    }
    m_db->setHostName(m_target.host);
    m_db->setPort(m_target.port);
    m_db->setUserName(m_target.user);
    m_db->setPassword(m_target.password);
    m_db->setDatabaseName(m_target.database);
    m_db->setConnectOptions(m_target.tls + QString::fromUtf16(options));
    VoidResult done;
    if (!m_db->open())
        done = tl::unexpected(pgError(m_target, false, {}, m_db->lastError().databaseText().toUtf8()));
    if (done) {
        takeRemarks(*m_db->driver());
        done = exec(sessionSettings);
    }
    if (!done)
        close();
    return done;
}

void PgConnection::close()
{
    if (!m_db)
        return;
    m_db.reset();
    // Before the queries: each would ask a server that may be gone to forget it.
    QSqlDatabase::removeDatabase(m_name);
    for (PgStatement *statement : m_statements)
        statement->m_query.reset();
}

VoidResult PgConnection::begin(const char *sql)
{
    m_lostRace = false;
    if (isOpen()) {
        VoidResult begun = exec(sql);
        if (begun || isOpen())
            return begun;
    }
    if (auto opened = reopen(); !opened)
        return opened;
    return exec(sql);
}

VoidResult PgConnection::reopen()
{
    if (Clock::now() < m_nextTry)
        return tl::unexpected(m_lastFailure);
    VoidResult opened = open();
    if (opened) {
        m_pause = {};
        return opened;
    }
    m_lastFailure = opened.error();
    m_pause = std::clamp(m_pause * 2, firstPause, longestPause);
    m_nextTry = Clock::now() + m_pause;
    return opened;
}

VoidResult PgConnection::exec(const QByteArray &sql)
{
    if (!m_db)
        return tl::unexpected(pgError(m_target, false, {}, {}));
    QSqlQuery query(*m_db);
    if (!query.exec(QString::fromUtf8(sql)))
        return tl::unexpected(error(query.lastError()));
    return {};
}

model::Error PgConnection::error(const QSqlError &error)
{
    const model::Text state = error.nativeErrorCode().toUtf8();
    m_lostRace = m_lostRace || isLostRace(state); // what follows in the transaction only says that it failed
    return pgError(m_target, isOpen(), state, error.databaseText().toUtf8());
}

// ---- PgStatement

PgStatement::PgStatement(PgConnection &connection, const char *name)
    : PgStatement(connection, name, sqlQuery("postgresql", name))
{
}

PgStatement::PgStatement(PgConnection &connection, const char *name, const QByteArray &sql)
    : m_connection(connection)
    , m_name(name)
    , m_sql(QString::fromUtf8(sql))
{
    connection.m_statements.push_back(this);
}

PgStatement::~PgStatement()
{
    std::erase(m_connection.m_statements, this);
}

VoidResult PgStatement::prepare()
{
    if (m_query)
        return {};
    if (!m_connection.m_db)
        return tl::unexpected(pgError(m_connection.target(), false, {}, {}));
    m_query.emplace(*m_connection.m_db);
    if (m_query->prepare(m_sql))
        return {};
    model::Error failure = m_connection.error(m_query->lastError());
    m_query.reset();
    return tl::unexpected(std::move(failure));
}

// ---- PgQuery

PgQuery::PgQuery(PgStatement &statement)
    : m_statement(statement)
    , m_outcome(statement.prepare())
{
}

PgQuery::~PgQuery()
{
    if (m_statement.m_query)
        m_statement.m_query->finish();
}

PgQuery &PgQuery::bindValue(const QVariant &value)
{
    if (m_outcome)
        m_statement.m_query->bindValue(m_parameter++, value);
    return *this;
}

PgQuery &PgQuery::bind(const Text &text)
{
    return bindValue(text.isEmpty() ? u""_s : QString::fromUtf8(text)); // a null one would be NULL
}

PgQuery &PgQuery::bindBlob(const QByteArray &bytes)
{
    return bindValue(bytes.isNull() ? QByteArray("") : bytes); // likewise
}

VoidResult PgQuery::run()
{
    if (!m_outcome || m_executed)
        return m_outcome;
    m_executed = true;
    if (m_statement.m_query->exec())
        return m_outcome;
    model::Error failure = m_statement.m_connection.error(m_statement.m_query->lastError());
    failure.detail += " in " + Text(m_statement.m_name);
    m_outcome = tl::unexpected(std::move(failure));
    return m_outcome;
}

bool PgQuery::next()
{
    m_column = 0;
    return run() && m_statement.m_query->next();
}

int PgQuery::changes() const
{
    return m_outcome ? m_statement.m_query->numRowsAffected() : 0;
}

QVariant PgQuery::value()
{
    return m_statement.m_query->value(m_column++);
}

model::Uuid PgQuery::id()
{
    return model::Uuid::parse(value().toString().toLatin1()).value_or(model::Uuid{});
}

model::MaybeInstant PgQuery::maybeInstant()
{
    if (isNull()) {
        ++m_column;
        return std::nullopt;
    }
    return instant();
}

bool PgQuery::isNull() const
{
    return m_statement.m_query->isNull(m_column);
}
} // namespace belfry::store
