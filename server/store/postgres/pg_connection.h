#pragma once

#include "model/instant.h"
#include "model/uuid.h"
#include "store/postgres/pg_url.h"

#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlQuery>
#include <chrono>
#include <optional>
#include <vector>

namespace belfry::store {
class PgStatement;

/// One connection, which comes back by itself. Used on one thread.
class PgConnection
{
public:
    explicit PgConnection(PgTarget target);
    ~PgConnection();
    PgConnection(const PgConnection &) = delete;
    PgConnection &operator=(const PgConnection &) = delete;

    /// Opens, or opens again.
    [[nodiscard]] model::VoidResult open();
    /// Statements are prepared again at their next use.
    void close();
    /// False also once PostgreSQL was seen to be away.
    [[nodiscard]] bool isOpen() const { return m_db && m_db->isOpen(); }

    /// Starts a transaction with `sql`. A connection that was lost is made again first, at most every so
    /// often (100 ms, doubled up to 2 s): in between, the last reason is the answer.
    [[nodiscard]] model::VoidResult begin(const char *sql);
    /// One or more statements without results.
    [[nodiscard]] model::VoidResult exec(const QByteArray &sql);
    [[nodiscard]] model::Error error(const QSqlError &error);
    /// The transaction failed because another one was let through (isLostRace).
    [[nodiscard]] bool lostRace() const { return m_lostRace; }
    [[nodiscard]] const PgTarget &target() const { return m_target; }

private:
    friend class PgStatement;
    [[nodiscard]] model::VoidResult reopen();

    PgTarget m_target;
    QString m_name;
    std::optional<QSqlDatabase> m_db;
    std::vector<PgStatement *> m_statements;
    bool m_lostRace = false;
    std::chrono::milliseconds m_pause{0};
    std::chrono::steady_clock::time_point m_nextTry;
    model::Error m_lastFailure;
};

/// A query of sql/postgresql/, prepared at its first use and kept.
class PgStatement
{
public:
    PgStatement(PgConnection &connection, const char *name);
    /// A text of its own.
    PgStatement(PgConnection &connection, const char *name, const QByteArray &sql);
    ~PgStatement();
    PgStatement(const PgStatement &) = delete;
    PgStatement &operator=(const PgStatement &) = delete;

private:
    friend class PgConnection;
    friend class PgQuery;
    [[nodiscard]] model::VoidResult prepare();

    PgConnection &m_connection;
    const char *m_name;
    QString m_sql;
    std::optional<QSqlQuery> m_query;
};

/// One execution of a statement: bind all parameters in order, then run() or next(), then read columns in
/// order.
class PgQuery
{
public:
    explicit PgQuery(PgStatement &statement);
    ~PgQuery();
    PgQuery(const PgQuery &) = delete;
    PgQuery &operator=(const PgQuery &) = delete;

    PgQuery &bind(qint64 number) { return bindValue(number); }
    PgQuery &bind(const model::Text &text);
    PgQuery &bindBlob(const QByteArray &bytes);
    PgQuery &bind(const model::Uuid &id) { return bind(id.toText()); }
    PgQuery &bind(model::Instant at) { return bind(at.us); }
    PgQuery &bind(const model::MaybeInstant &at) { return at ? bind(at->us) : bindNull(); }
    /// Empty = NULL.
    PgQuery &bindOptional(const model::Text &text) { return text.isEmpty() ? bindNull() : bind(text); }
    PgQuery &bindNull() { return bindValue(QVariant()); }

    [[nodiscard]] model::VoidResult run();
    /// True: there is a row. False: the end, or an error: see outcome().
    [[nodiscard]] bool next();
    [[nodiscard]] const model::VoidResult &outcome() const { return m_outcome; }
    /// Rows that were written.
    [[nodiscard]] int changes() const;

    [[nodiscard]] qint64 number() { return value().toLongLong(); }
    [[nodiscard]] model::Text text() { return value().toString().toUtf8(); }
    [[nodiscard]] QByteArray blob() { return value().toByteArray(); }
    [[nodiscard]] model::Uuid id();
    [[nodiscard]] model::Instant instant() { return {number()}; }
    [[nodiscard]] model::MaybeInstant maybeInstant();
    [[nodiscard]] bool isNull() const;
    void skip() { ++m_column; }

private:
    PgQuery &bindValue(const QVariant &value);
    [[nodiscard]] QVariant value();

    PgStatement &m_statement;
    model::VoidResult m_outcome;
    bool m_executed = false;
    int m_parameter = 0;
    int m_column = 0;
};
} // namespace belfry::store
