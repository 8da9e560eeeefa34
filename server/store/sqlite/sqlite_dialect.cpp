#include "store/sqlite/sqlite_dialect.h"

#include "store/sqlite/page_cache.h"
#include "store/sqlite/search_index.h"
#include "store/sqlite/sqlite_reader.h"
#include "store/sqlite/sqlite_writer.h"

#include <QFileInfo>
#include <QRandomGenerator>
#include <mutex>
#include <sqlite3.h>

namespace belfry::store {
namespace {
constexpr char createVersions[] = "CREATE TABLE IF NOT EXISTS schema_versions (version INTEGER PRIMARY KEY, "
                                  "name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at INTEGER NOT NULL)";

model::Text randomText()
{
    quint32 words[4];
    QRandomGenerator::system()->generate(std::begin(words), std::end(words));
    return QByteArray(reinterpret_cast<const char *>(words), sizeof words).toHex();
}

class SqliteTarget final : public MigrationTarget
{
public:
    explicit SqliteTarget(Database &db)
        : m_db(db)
        , m_exists(db, "versions_exist", "SELECT 1 FROM sqlite_master WHERE name = 'schema_versions'")
        , m_list(db, "versions", "SELECT version, checksum FROM schema_versions ORDER BY version")
        , m_record(db, "record_version",
                   "INSERT INTO schema_versions (version, name, checksum, applied_at) VALUES (?1, ?2, ?3, "
                   "CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER))")
    {
    }

    Result<std::vector<AppliedMigration>> applied() override
    {
        std::vector<AppliedMigration> all;
        {
            Query exists(m_exists);
            if (!exists.next()) {
                if (auto done = exists.outcome(); !done)
                    return tl::unexpected(done.error());
                return all;
            }
        }
        Query query(m_list);
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
        VoidResult done = m_db.exec("BEGIN IMMEDIATE");
        if (done)
            done = m_db.exec(createVersions);
        if (done)
            done = m_db.exec(migration.sql);
        if (done)
            done = Query(m_record)
                       .bind(qint64(migration.version))
                       .bind(migration.name)
                       .bind(migration.checksum)
                       .run();
        if (done)
            done = m_db.exec("COMMIT");
        if (!done && m_db.isInTransaction())
            static_cast<void>(m_db.exec("ROLLBACK")); // the first error is the one to tell
        return done;
    }

private:
    Database &m_db;
    Statement m_exists;
    Statement m_list;
    Statement m_record;
};

/// The epoch that is stored, or a new one.
Result<model::Epoch> takeEpoch(Database &db, bool renew)
{
    Statement find(db, "find_meta");
    model::Epoch epoch;
    {
        Query query(find);
        query.bind(QByteArrayLiteral("epoch"));
        if (query.next())
            epoch.text = query.text();
        if (auto done = query.outcome(); !done)
            return tl::unexpected(done.error());
    }
    if (!epoch.isEmpty() && !renew)
        return epoch;
    epoch.text = randomText();
    Statement save(db, "save_meta");
    if (auto done = Query(save).bind(QByteArrayLiteral("epoch")).bind(epoch.text).run(); !done)
        return tl::unexpected(done.error());
    return epoch;
}
} // namespace

namespace {
/// SQLite counts its memory under one lock for all threads, for nobody here. Too late once SQLite is in use:
/// no harm.
void configureOnce()
{
    static std::once_flag once;
    std::call_once(once, [] {
        sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
        spareCacheWalks();
    });
}
} // namespace

SqliteDialect::SqliteDialect(model::Text path, QString folder, const char *vfs)
    : m_path(std::move(path))
    , m_folder(std::move(folder))
    , m_vfs(vfs)
{
    configureOnce();
    if (m_folder.isEmpty())
        m_folder = QFileInfo(QString::fromUtf8(m_path)).absolutePath();
}

Result<MigrationReport> SqliteDialect::open(bool migrate)
{
    if (auto locked = m_lock.take(m_folder); !locked)
        return tl::unexpected(locked.error());
    auto report = migrateFile(migrate);
    if (!report)
        m_lock.release();
    return report;
}

Result<MigrationReport> SqliteDialect::migrateFile(bool migrate)
{
    Database db(m_path, m_vfs);
    VoidResult done = db.open(false);
    if (done)
        done = db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
    if (done)
        done = db.exec("BEGIN IMMEDIATE; COMMIT"); // is it writable?
    if (!done)
        return tl::unexpected(done.error());
    SqliteTarget target(db);
    auto report = runMigrations(target, migrationsOf("sqlite"), migrate);
    if (!report)
        return report;
    auto epoch = takeEpoch(db, false);
    if (!epoch)
        return tl::unexpected(epoch.error());
    m_epoch = std::move(*epoch);
    return report;
}

void SqliteDialect::close()
{
    m_lock.release();
}

Result<model::Epoch> SqliteDialect::renewEpoch()
{
    Database db(m_path, m_vfs);
    if (auto opened = db.open(false); !opened)
        return tl::unexpected(opened.error());
    auto epoch = takeEpoch(db, true);
    if (epoch)
        m_epoch = *epoch;
    return epoch;
}

Result<std::unique_ptr<WriteTx>> SqliteDialect::makeWriter()
{
    auto writer = std::make_unique<SqliteWriter>(m_path, m_vfs);
    if (auto connected = writer->connect(); !connected)
        return tl::unexpected(connected.error());
    return writer;
}

Result<std::unique_ptr<ReadSession>> SqliteDialect::makeReader()
{
    auto reader = std::make_unique<SqliteReader>(m_path, m_vfs);
    if (auto connected = reader->connect(); !connected)
        return tl::unexpected(connected.error());
    return reader;
}

Result<std::unique_ptr<SearchIndexer>> SqliteDialect::makeIndexer()
{
    auto indexer = std::make_unique<SqliteIndexer>(m_path, m_epoch);
    if (auto connected = indexer->connect(); !connected)
        return tl::unexpected(connected.error());
    return indexer;
}
} // namespace belfry::store
