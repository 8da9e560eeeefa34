#include "store/sqlite/database.h"

#include "store/sql_files.h"
#include "store/sqlite/sqlite_error.h"

#include <QtEndian>
#include <algorithm>
#include <sqlite3.h>

namespace belfry::store {
using model::Text;
using model::VoidResult;

// ---- Database

Database::Database(Text path, const char *vfs)
    : m_path(std::move(path))
    , m_vfs(vfs)
{
}

Database::~Database()
{
    close();
}

VoidResult Database::open(bool readOnly)
{
    close();
    const int access = readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    const int code = sqlite3_open_v2(m_path.constData(), &m_db, access | SQLITE_OPEN_NOMUTEX, m_vfs);
    if (code != SQLITE_OK) {
        model::Error failure = error(code);
        close();
        return tl::unexpected(std::move(failure));
    }
    sqlite3_extended_result_codes(m_db, 1);
    sqlite3_busy_timeout(m_db, 5000);
    m_needsReopen = false;
    return {};
}

void Database::close()
{
    for (Statement *statement : m_statements)
        statement->finalize();
    sqlite3_close_v2(m_db);
    m_db = nullptr;
}

VoidResult Database::exec(const QByteArray &sql)
{
    const int code = sqlite3_exec(m_db, sql.constData(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        return tl::unexpected(error(code));
    return {};
}

int Database::changes() const
{
    return sqlite3_changes(m_db);
}

qint64 Database::lastRowid() const
{
    return sqlite3_last_insert_rowid(m_db);
}

bool Database::isInTransaction() const
{
    return m_db && sqlite3_get_autocommit(m_db) == 0;
}

model::Error Database::error(int code)
{
    m_needsReopen = m_needsReopen || wantsReopen(code);
    // A file without the right to write opens well; what fails is the log that should stand beside it.
    if ((code & 0xff) == SQLITE_CANTOPEN && m_db && sqlite3_db_readonly(m_db, "main") == 1)
        code = SQLITE_READONLY;
    return sqliteError(m_db, code, m_path);
}

// ---- Statement

Statement::Statement(Database &database, const char *name)
    : m_database(database)
    , m_name(name)
{
    database.m_statements.push_back(this);
}

Statement::Statement(Database &database, const char *name, QByteArray sql)
    : Statement(database, name)
{
    m_sql = std::move(sql);
}

Statement::~Statement()
{
    finalize();
    std::erase(m_database.m_statements, this);
}

int Statement::prepare()
{
    if (m_stmt)
        return SQLITE_OK;
    if (!m_database.m_db)
        return SQLITE_CANTOPEN;
    if (m_sql.isEmpty())
        m_sql = sqlQuery("sqlite", m_name);
    return sqlite3_prepare_v3(m_database.m_db, m_sql.constData(), static_cast<int>(m_sql.size()),
                              SQLITE_PREPARE_PERSISTENT, &m_stmt, nullptr);
}

void Statement::finalize()
{
    sqlite3_finalize(m_stmt);
    m_stmt = nullptr;
}

// ---- Query

Query::Query(Statement &statement)
    : m_statement(statement)
    , m_code(statement.prepare())
{
}

Query::~Query()
{
    sqlite3_reset(m_statement.m_stmt);
}

Query &Query::bind(qint64 number)
{
    sqlite3_bind_int64(m_statement.m_stmt, m_parameter++, number);
    return *this;
}

Query &Query::bind(const Text &text)
{
    sqlite3_bind_text(m_statement.m_stmt, m_parameter++, text.constData(), static_cast<int>(text.size()),
                      SQLITE_STATIC);
    return *this;
}

Query &Query::bindBlob(const QByteArray &bytes)
{
    sqlite3_bind_blob(m_statement.m_stmt, m_parameter++, bytes.constData(), static_cast<int>(bytes.size()),
                      SQLITE_STATIC);
    return *this;
}

Query &Query::bind(const model::Uuid &id)
{
    char *bytes = m_idBytes.at(static_cast<std::size_t>(m_ids++)).data();
    qToBigEndian(id.high, bytes);
    qToBigEndian(id.low, bytes + 8);
    sqlite3_bind_blob(m_statement.m_stmt, m_parameter++, bytes, 16, SQLITE_STATIC);
    return *this;
}

Query &Query::bindNull()
{
    sqlite3_bind_null(m_statement.m_stmt, m_parameter++);
    return *this;
}

VoidResult Query::run()
{
    while (next()) {
    }
    return outcome();
}

bool Query::next()
{
    if (m_code != SQLITE_OK && m_code != SQLITE_ROW)
        return false;
    m_code = sqlite3_step(m_statement.m_stmt);
    m_column = 0;
    return m_code == SQLITE_ROW;
}

VoidResult Query::outcome() const
{
    if (m_code == SQLITE_OK || m_code == SQLITE_ROW || m_code == SQLITE_DONE)
        return {};
    model::Error error = m_statement.m_database.error(m_code);
    error.detail += " in " + Text(m_statement.m_name);
    return tl::unexpected(std::move(error));
}

model::Uuid Query::id()
{
    const int column = m_column++;
    const char *bytes = static_cast<const char *>(sqlite3_column_blob(m_statement.m_stmt, column));
    const int size = sqlite3_column_bytes(m_statement.m_stmt, column);
    return model::Uuid::fromBytes(QByteArrayView(bytes, bytes ? size : 0)).value_or(model::Uuid{});
}

model::MaybeInstant Query::maybeInstant()
{
    if (isNull()) {
        ++m_column;
        return std::nullopt;
    }
    return instant();
}

bool Query::isNull() const
{
    return sqlite3_column_type(m_statement.m_stmt, m_column) == SQLITE_NULL;
}

qint64 Query::number(int column) const
{
    return sqlite3_column_int64(m_statement.m_stmt, column);
}

Text Query::text(int column) const
{
    const auto *bytes = static_cast<const char *>(sqlite3_column_blob(m_statement.m_stmt, column));
    const int size = sqlite3_column_bytes(m_statement.m_stmt, column);
    return size == 0 ? Text() : Text(bytes, size);
}
} // namespace belfry::store
