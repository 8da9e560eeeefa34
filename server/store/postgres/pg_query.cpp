#include "store/postgres/pg_connection.h"
#include "store/sql_files.h"

#include <charconv>
#include <libpq-fe.h>

namespace belfry::store {
using model::Result;
using model::Text;
using model::VoidResult;

namespace {
constexpr Oid byteaType = 17;
} // namespace

// ---- PgStatement

PgStatement::PgStatement(PgConnection &connection, const char *name)
    : PgStatement(connection, name, sqlQuery("postgresql", name))
{
}

PgStatement::PgStatement(PgConnection &connection, const char *name, QByteArray sql)
    : m_connection(connection)
    , m_name(name)
    , m_sql(std::move(sql))
    , m_key(name + std::to_string(++connection.m_statementsMade))
{
    connection.m_statements.push_back(this);
}

PgStatement::~PgStatement()
{
    std::erase(m_connection.m_statements, this);
}

// ---- PgQuery

PgQuery::PgQuery(PgStatement &statement)
    : m_statement(statement)
{
}

PgQuery &PgQuery::bind(const Text &text)
{
    if (text.contains('\0')) // libpq would take it for the end
        m_outcome =
            model::fail(model::ErrorCode::Invalid, "PostgreSQL has no U+0000 in a text: leave it out");
    m_parameters.add(text.isNull() ? Text("") : text); // a null one would be NULL
    return *this;
}

PgQuery &PgQuery::bindBlob(const QByteArray &bytes)
{
    m_parameters.addBlob(bytes.isNull() ? QByteArray("") : bytes); // likewise
    return *this;
}

PgQuery &PgQuery::bindNull()
{
    m_parameters.addNull();
    return *this;
}

VoidResult PgQuery::run()
{
    if (!m_outcome || m_result)
        return m_outcome;
    auto result = m_statement.m_connection.send({&m_statement, nullptr, std::move(m_parameters)});
    if (result)
        m_result = std::move(*result);
    else
        m_outcome = tl::unexpected(std::move(result.error()));
    return m_outcome;
}

VoidResult PgQuery::keepBack()
{
    if (m_outcome)
        m_statement.m_connection.m_kept.push_back({&m_statement, nullptr, std::move(m_parameters)});
    return m_outcome;
}

bool PgQuery::next()
{
    m_column = 0;
    return run() && ++m_row < PQntuples(m_result.get());
}

int PgQuery::changes() const
{
    return m_result ? Text(PQcmdTuples(m_result.get())).toInt() : 0;
}

QByteArrayView PgQuery::value()
{
    const int column = m_column++;
    return {PQgetvalue(m_result.get(), m_row, column), PQgetlength(m_result.get(), m_row, column)};
}

qint64 PgQuery::number()
{
    const QByteArrayView text = value();
    if (text == "t") // a boolean
        return 1;
    qint64 number = 0;
    std::from_chars(text.begin(), text.end(), number); // NULL and false: 0
    return number;
}

Text PgQuery::text()
{
    return value().toByteArray();
}

QByteArray PgQuery::blob()
{
    const bool isHex = PQftype(m_result.get(), m_column) == byteaType;
    const QByteArray bytes = text();
    return isHex ? QByteArray::fromHex(bytes.mid(2)) : bytes; // NULL is empty
}

model::Uuid PgQuery::id()
{
    return model::Uuid::parse(text()).value_or(model::Uuid{});
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
    return PQgetisnull(m_result.get(), m_row, m_column) == 1;
}
} // namespace belfry::store
