#pragma once

#include "model/instant.h"
#include "model/uuid.h"
#include "store/postgres/pg_url.h"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

struct pg_conn;
struct pg_result;

namespace belfry::store {
class PgStatement;

struct PgResultDeleter
{
    void operator()(pg_result *result) const;
};
using PgResult = std::unique_ptr<pg_result, PgResultDeleter>;

/// The values of one execution, as libpq takes them.
class PgParameters
{
public:
    void add(QByteArray text) { m_values.push_back({std::move(text), false}); }
    void addBlob(QByteArray bytes) { m_values.push_back({std::move(bytes), true}); }
    void addNull() { m_values.push_back({{}, false}); }

private:
    friend class PgConnection;
    struct Value
    {
        QByteArray bytes; ///< null: NULL
        bool isBinary;
    };
    std::vector<Value> m_values;
};

/// One connection, which comes back by itself. Used on one thread.
///
/// What has no result to wait for is kept back and goes out with the next statement that has one, so that a
/// transaction takes as few round trips as it asks questions.
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
    [[nodiscard]] bool isOpen() const;

    /// Starts a transaction with `sql`, with its first statement. A connection that was lost is made again
    /// first, at most every so often (100 ms, doubled up to 2 s): in between, the last reason is the answer.
    [[nodiscard]] model::VoidResult begin(const char *sql = "BEGIN");
    /// For one statement that only reads, without a transaction; as with begin() a connection that was lost
    /// is made again.
    [[nodiscard]] model::VoidResult beginSingle();
    /// Errors of what was kept back are told here, too.
    [[nodiscard]] model::VoidResult commit();
    /// Never fails; also without a transaction, and when nothing of it was sent yet.
    void rollback();
    /// One or more statements without results.
    [[nodiscard]] model::VoidResult exec(const QByteArray &sql);
    /// The transaction failed because another one was let through (isLostRace).
    [[nodiscard]] bool lostRace() const { return m_lostRace; }
    /// The connection went while the last commit was under way: it may be done.
    [[nodiscard]] bool isInDoubt() const { return m_isInDoubt; }
    [[nodiscard]] const PgTarget &target() const { return m_target; }

private:
    friend class PgStatement;
    friend class PgQuery;
    struct Work
    {
        PgStatement *statement = nullptr; ///< null: `sql`
        const char *sql = nullptr;
        PgParameters parameters{};
    };
    class Pipeline;
    struct ConnectionDeleter
    {
        void operator()(pg_conn *connection) const;
    };

    [[nodiscard]] model::VoidResult reopen();
    /// After everything that was kept back. The result of `work`.
    [[nodiscard]] model::Result<PgResult> send(Work work, bool isEnd = false);
    [[nodiscard]] model::Result<PgResult> sendKept(bool isEnd);
    [[nodiscard]] model::Result<PgResult> sendAll(const std::vector<Work> &works);
    [[nodiscard]] model::Error error(const pg_result *result);

    PgTarget m_target;
    std::unique_ptr<pg_conn, ConnectionDeleter> m_db;
    std::vector<PgStatement *> m_statements;
    int m_statementsMade = 0;
    std::vector<Work> m_kept;
    bool m_isUnsent = false; ///< nothing of what began was sent
    bool m_lostRace = false;
    bool m_isInDoubt = false;
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
    PgStatement(PgConnection &connection, const char *name, QByteArray sql);
    ~PgStatement();
    PgStatement(const PgStatement &) = delete;
    PgStatement &operator=(const PgStatement &) = delete;

private:
    friend class PgConnection;
    friend class PgQuery;

    PgConnection &m_connection;
    const char *m_name;
    QByteArray m_sql;
    std::string m_key; ///< its name at the server
    bool m_isPrepared = false;
};

/// One execution of a statement: bind all parameters in order, then run(), next() or keepBack(), then read
/// columns in order.
class PgQuery
{
public:
    explicit PgQuery(PgStatement &statement);
    PgQuery(const PgQuery &) = delete;
    PgQuery &operator=(const PgQuery &) = delete;

    PgQuery &bind(qint64 number) { return bind(model::Text::number(number)); }
    PgQuery &bind(const model::Text &text);
    PgQuery &bindBlob(const QByteArray &bytes);
    PgQuery &bind(const model::Uuid &id) { return bind(id.toText()); }
    PgQuery &bind(model::Instant at) { return bind(at.us); }
    PgQuery &bind(const model::MaybeInstant &at) { return at ? bind(at->us) : bindNull(); }
    /// Empty = NULL.
    PgQuery &bindOptional(const model::Text &text) { return text.isEmpty() ? bindNull() : bind(text); }
    PgQuery &bindNull();

    [[nodiscard]] model::VoidResult run();
    /// Runs it with the next statement of the transaction, or with its commit, which tell whether it failed.
    /// In a transaction only.
    [[nodiscard]] model::VoidResult keepBack();
    /// True: there is a row. False: the end, or an error: see outcome().
    [[nodiscard]] bool next();
    [[nodiscard]] const model::VoidResult &outcome() const { return m_outcome; }
    /// Rows that were written.
    [[nodiscard]] int changes() const;

    [[nodiscard]] qint64 number();
    [[nodiscard]] model::Text text();
    [[nodiscard]] QByteArray blob();
    [[nodiscard]] model::Uuid id();
    [[nodiscard]] model::Instant instant() { return {number()}; }
    [[nodiscard]] model::MaybeInstant maybeInstant();
    [[nodiscard]] bool isNull() const;
    void skip() { ++m_column; }

private:
    [[nodiscard]] QByteArrayView value();

    PgStatement &m_statement;
    PgParameters m_parameters;
    model::VoidResult m_outcome;
    PgResult m_result;
    int m_row = -1;
    int m_column = 0;
};
} // namespace belfry::store
