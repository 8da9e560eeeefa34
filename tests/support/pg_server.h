#pragma once

#include <QByteArray>
#include <QString>

class QSqlDatabase;
class QUrl;

namespace belfry::test {
/// A connection of this name to what a URL of belfryd's names, not opened yet.
[[nodiscard]] QSqlDatabase addPostgres(const QUrl &url, const QString &name);

/// An empty PostgreSQL database of the test's own, dropped at the end, in the server that the ctest fixture
/// `postgres` started: BELFRY_TEST_PG_ENV names its file; without it, the server of BELFRY_DATABASE_URL. A
/// missing server is a failure, never a skip:
///
///     test::PgDatabase database;
///     QVERIFY2(database.isValid(), qPrintable(database.error()));
class PgDatabase
{
public:
    PgDatabase();
    ~PgDatabase();
    PgDatabase(const PgDatabase &) = delete;
    PgDatabase &operator=(const PgDatabase &) = delete;

    [[nodiscard]] bool isValid() const { return m_error.isEmpty(); }
    [[nodiscard]] const QString &error() const { return m_error; }
    /// As `--database-url` takes it.
    [[nodiscard]] QByteArray url() const { return m_url; }

    /// Removes all rows of a store that nobody has open; its schema stays. A tenth of what a new one costs.
    [[nodiscard]] bool clear();
    /// Closes every connection of others to the database, as a failover does; they may connect again.
    [[nodiscard]] bool dropConnections();

private:
    QString m_name;
    QByteArray m_url;
    QString m_error;
};

/// A PostgreSQL server of the test's own that can go away and come back.
class PgServer
{
public:
    enum class Mode { Fast, Durable };

    explicit PgServer(Mode mode = Mode::Fast);
    ~PgServer();
    PgServer(const PgServer &) = delete;
    PgServer &operator=(const PgServer &) = delete;

    [[nodiscard]] bool isValid() const { return m_error.isEmpty(); }
    [[nodiscard]] const QString &error() const { return m_error; }
    [[nodiscard]] QByteArray url() const { return m_url; }

    /// Ends the server at once, as a crash does; the data stays.
    [[nodiscard]] bool goAway();
    /// The same data on the same port; returns once it accepts connections.
    [[nodiscard]] bool comeBack();

private:
    [[nodiscard]] bool call(const QStringList &arguments);

    QString m_envFile;
    QByteArray m_url;
    QString m_error;
};
} // namespace belfry::test
