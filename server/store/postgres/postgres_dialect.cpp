#include "store/postgres/postgres_dialect.h"

#include "runtime/log.h"
#include "store/postgres/postgres_indexer.h"
#include "store/postgres/postgres_reader.h"
#include "store/postgres/postgres_writer.h"

#include <QRandomGenerator>

namespace belfry::store {
using model::ErrorCode;
using model::Text;

namespace {
constexpr char createVersions[] = "CREATE TABLE IF NOT EXISTS schema_versions (version integer PRIMARY KEY, "
                                  "name text NOT NULL, checksum text NOT NULL, applied_at bigint NOT NULL)";
/// One process at a time migrates; the number stands for "belfry" among the locks of the database. The lock
/// ends with the connection.
constexpr char lockMigrations[] = "SET lock_timeout = '60s'; SELECT pg_advisory_lock(108207963321721)";

constexpr qint64 oldestServer = 130000;

Text randomText()
{
    quint32 words[4];
    QRandomGenerator::system()->generate(std::begin(words), std::end(words));
    return QByteArray(reinterpret_cast<const char *>(words), sizeof words).toHex();
}

class PostgresTarget final : public MigrationTarget
{
public:
    explicit PostgresTarget(PgConnection &db)
        : m_db(db)
        , m_exists(db, "versions_exist", "SELECT 1 WHERE to_regclass('schema_versions') IS NOT NULL")
        , m_list(db, "versions", "SELECT version, checksum FROM schema_versions ORDER BY version")
        , m_record(db, "record_version",
                   "INSERT INTO schema_versions (version, name, checksum, applied_at) VALUES ($1, $2, $3, "
                   "(extract(epoch FROM now()) * 1000000)::bigint)")
    {
    }

    Result<std::vector<AppliedMigration>> applied() override
    {
        std::vector<AppliedMigration> all;
        {
            PgQuery exists(m_exists);
            if (!exists.next()) {
                if (auto done = exists.outcome(); !done)
                    return tl::unexpected(done.error());
                return all;
            }
        }
        PgQuery query(m_list);
        while (query.next()) {
            const int version = static_cast<int>(query.number());
            all.push_back({version, query.text()});
        }
        if (auto done = query.outcome(); !done)
            return tl::unexpected(done.error());
        return all;
    }

    VoidResult apply(const Migration &migration) override
    {
        VoidResult done = m_db.begin();
        if (done)
            done = m_db.exec(createVersions);
        if (done)
            done = m_db.exec(migration.sql);
        if (done)
            done = PgQuery(m_record)
                       .bind(qint64(migration.version))
                       .bind(migration.name)
                       .bind(migration.checksum)
                       .run();
        if (done)
            done = m_db.commit();
        if (!done)
            m_db.rollback();
        return done;
    }

private:
    PgConnection &m_db;
    PgStatement m_exists;
    PgStatement m_list;
    PgStatement m_record;
};

/// The epoch that is stored, or a new one.
Result<model::Epoch> takeEpoch(PgConnection &db, bool renew)
{
    PgStatement find(db, "find_meta");
    model::Epoch epoch;
    {
        PgQuery query(find);
        query.bind(QByteArrayLiteral("epoch"));
        if (query.next())
            epoch.text = query.text();
        if (auto done = query.outcome(); !done)
            return tl::unexpected(done.error());
    }
    if (!epoch.isEmpty() && !renew)
        return epoch;
    epoch.text = randomText();
    PgStatement save(db, "save_meta");
    if (auto done = PgQuery(save).bind(QByteArrayLiteral("epoch")).bind(epoch.text).run(); !done)
        return tl::unexpected(done.error());
    return epoch;
}

/// Too old, of another encoding, or careless with what it has accepted?
VoidResult checkServer(PgConnection &db)
{
    PgStatement statement(
        db, "server_settings",
        "SELECT current_setting('server_version_num')::bigint, current_setting('server_encoding'), "
        "current_setting('fsync'), current_setting('synchronous_commit'), "
        "current_setting('full_page_writes')");
    PgQuery query(statement);
    if (!query.next())
        return query.outcome();
    const qint64 version = query.number();
    const Text encoding = query.text();
    if (version < oldestServer || encoding != "UTF8")
        return model::fail(ErrorCode::Unavailable,
                           db.target().shown() + " has version " + QByteArray::number(version / 10000) +
                               " and encoding " + encoding + ": Belfry needs 13 or later and UTF8");
    for (const char *setting : {"fsync", "synchronous_commit", "full_page_writes"}) {
        const Text value = query.text();
        if (value == "off")
            qCWarning(lcStore,
                      "PostgreSQL runs with %s=%s: an accepted notification may be lost in a power cut",
                      setting, value.constData());
    }
    return {};
}

template<typename Session, typename Base>
Result<std::unique_ptr<Base>> connected(const PgTarget &target)
{
    auto session = std::make_unique<Session>(target);
    if (auto done = session->connect(); !done)
        return tl::unexpected(done.error());
    return session;
}
} // namespace

PostgresDialect::PostgresDialect(PgTarget target)
    : m_target(std::move(target))
{
}

Result<MigrationReport> PostgresDialect::open(bool migrate)
{
    PgConnection db(m_target);
    VoidResult done = db.open();
    if (done)
        done = checkServer(db);
    if (done)
        done = db.exec(lockMigrations);
    if (!done)
        return tl::unexpected(done.error());
    PostgresTarget target(db);
    auto report = runMigrations(target, migrationsOf("postgresql"), migrate);
    if (!report)
        return report;
    auto epoch = takeEpoch(db, false);
    if (!epoch)
        return tl::unexpected(epoch.error());
    m_epoch = std::move(*epoch);
    return report;
}

Result<model::Epoch> PostgresDialect::renewEpoch()
{
    PgConnection db(m_target);
    if (auto opened = db.open(); !opened)
        return tl::unexpected(opened.error());
    auto epoch = takeEpoch(db, true);
    if (epoch)
        m_epoch = *epoch;
    return epoch;
}

Result<std::unique_ptr<WriteTx>> PostgresDialect::makeWriter()
{
    return connected<PostgresWriter, WriteTx>(m_target);
}

Result<std::unique_ptr<ReadSession>> PostgresDialect::makeReader()
{
    return connected<PostgresReader, ReadSession>(m_target);
}

Result<std::unique_ptr<SearchIndexer>> PostgresDialect::makeIndexer()
{
    return connected<PostgresIndexer, SearchIndexer>(m_target);
}
} // namespace belfry::store
