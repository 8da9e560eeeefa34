#pragma once

#include "model/instant.h"
#include "model/result.h"
#include "model/uuid.h"

#include <array>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace belfry::store {
class Statement;

/// One connection. Used on one thread.
class Database
{
public:
    /// `vfs` names SQLite's file layer; null: the default. The writer and the search indexer have
    /// walGatherer's; tests record through their own.
    explicit Database(model::Text path, const char *vfs = nullptr);
    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    /// Opens, or opens again. `readOnly` connections never write.
    [[nodiscard]] model::VoidResult open(bool readOnly);
    /// Statements are prepared again at their next use.
    void close();
    [[nodiscard]] bool isOpen() const { return m_db != nullptr; }

    /// One or more statements without results.
    [[nodiscard]] model::VoidResult exec(const QByteArray &sql);
    [[nodiscard]] sqlite3 *handle() const { return m_db; }
    [[nodiscard]] int changes() const;
    [[nodiscard]] qint64 lastRowid() const;
    [[nodiscard]] bool isInTransaction() const;
    [[nodiscard]] const model::Text &path() const { return m_path; }

    /// Remembers whether a new connection is wanted before the next transaction.
    [[nodiscard]] model::Error error(int code);
    [[nodiscard]] bool needsReopen() const { return m_needsReopen || !m_db; }

private:
    friend class Statement;
    model::Text m_path;
    const char *m_vfs;
    sqlite3 *m_db = nullptr;
    bool m_needsReopen = false;
    std::vector<Statement *> m_statements;
};

/// A query of sql/sqlite/, prepared at its first use and kept.
class Statement
{
public:
    Statement(Database &database, const char *name);
    /// A text of its own.
    Statement(Database &database, const char *name, QByteArray sql);
    ~Statement();
    Statement(const Statement &) = delete;
    Statement &operator=(const Statement &) = delete;

private:
    friend class Database;
    friend class Query;
    [[nodiscard]] int changes() const { return m_database.changes(); }
    [[nodiscard]] int prepare();
    void finalize();

    Database &m_database;
    const char *m_name;
    QByteArray m_sql;
    sqlite3_stmt *m_stmt = nullptr;
};

/// One execution of a statement: bind all parameters in order, then run() or next(), then read columns in
/// order. Bound texts must live until the last step. Resets the statement at its end.
class Query
{
public:
    explicit Query(Statement &statement);
    ~Query();
    Query(const Query &) = delete;
    Query &operator=(const Query &) = delete;

    Query &bind(qint64 number);
    Query &bind(const model::Text &text);
    Query &bindBlob(const QByteArray &bytes);
    Query &bind(const model::Uuid &id);
    Query &bind(model::Instant at) { return bind(at.us); }
    Query &bind(const model::MaybeInstant &at) { return at ? bind(at->us) : bindNull(); }
    /// Empty = NULL.
    Query &bindOptional(const model::Text &text) { return text.isEmpty() ? bindNull() : bind(text); }
    Query &bindNull();

    [[nodiscard]] model::VoidResult run();
    /// True: there is a row. False: the end, or an error: see outcome().
    [[nodiscard]] bool next();
    [[nodiscard]] model::VoidResult outcome() const;
    /// Rows that were written.
    [[nodiscard]] int changes() const { return m_statement.changes(); }

    [[nodiscard]] qint64 number() { return number(m_column++); }
    [[nodiscard]] model::Text text() { return text(m_column++); }
    [[nodiscard]] QByteArray blob() { return text(); }
    [[nodiscard]] model::Uuid id();
    [[nodiscard]] model::Instant instant() { return {number()}; }
    [[nodiscard]] model::MaybeInstant maybeInstant();
    [[nodiscard]] bool isNull() const;
    void skip() { ++m_column; }

private:
    [[nodiscard]] qint64 number(int column) const;
    [[nodiscard]] model::Text text(int column) const;

    Statement &m_statement;
    int m_code = 0;
    int m_parameter = 1;
    int m_column = 0;
    int m_ids = 0;
    std::array<std::array<char, 16>, 3> m_idBytes;
};
} // namespace belfry::store
