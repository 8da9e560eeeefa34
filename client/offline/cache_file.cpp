#include "offline/cache_file.h"

#include "offline/search_words.h"
#include "protocol/item.h"
#include "protocol/ops_request.h"

#include <QDir>
#include <QFile>
#include <QLoggingCategory>
#include <QSqlError>
#include <QSqlQuery>
#include <QUuid>

namespace belfry::offline {
using model::ErrorCode;
using model::Result;
using model::Text;
using model::VoidResult;

namespace {
Q_LOGGING_CATEGORY(lcCache, "belfry.offline")

constexpr auto ownersFile = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
constexpr auto ownersFolder = ownersFile | QFileDevice::ExeOwner;
constexpr int applicationId = 0x424c4659; // "BLFY"

constexpr const char *schema[] = {
    "CREATE TABLE fact (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TABLE item (id BLOB NOT NULL UNIQUE, place INTEGER NOT NULL, keep INTEGER NOT NULL, "
    "placed_at INTEGER NOT NULL, woke_at INTEGER, text_hash INTEGER NOT NULL, json BLOB NOT NULL)",
    "CREATE INDEX item_by_place ON item (place)",
    "CREATE INDEX item_by_keep ON item (keep DESC, place)",
    "CREATE VIRTUAL TABLE words USING fts5 (title, message, "
    "tokenize = 'unicode61 remove_diacritics 0', prefix = '1 2 3')",
    "CREATE TABLE op (place INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, "
    "json BLOB NOT NULL)",
};

QString connectionName()
{
    return QStringLiteral("belfry-cache-") + QUuid::createUuid().toString(QUuid::Id128);
}

Text accountText(const Account &account)
{
    return account.server.toEncoded() + '\n' + account.user.text;
}

/// The files that SQLite keeps beside the one that it was told.
constexpr const char *besides[] = {"", "-wal", "-shm", "-journal"};
} // namespace

CacheFile::CacheFile(QString folder, Account account, CacheLimits limits)
    : m_folder(std::move(folder))
    , m_path(QDir(m_folder).filePath(fileNameOf(account)))
    , m_account(std::move(account))
    , m_limits(limits)
    , m_name(connectionName())
{
}

CacheFile::~CacheFile()
{
    close();
}

void CacheFile::close()
{
    if (std::exchange(m_isSound, false) && !putFact("clean", "1"))
        qCWarning(lcCache).noquote() << m_path
                                     << "could not be closed well: it is looked through at the next start";
    m_queries.clear();
    if (m_db.isOpen())
        m_db.close();
    m_db = {};
    if (QSqlDatabase::contains(m_name))
        QSqlDatabase::removeDatabase(m_name);
}

model::Error CacheFile::errorOf(const QSqlQuery &query) const
{
    return {ErrorCode::Unavailable,
            "the local copy of the inbox (" + m_path.toUtf8() +
                "): " + query.lastError().databaseText().toUtf8(),
            {},
            {}};
}

/// SQLite makes what stands beside the file with the rights of the file itself.
VoidResult CacheFile::prepareFile() const
{
    const bool isThere = QDir().mkpath(m_folder);
    QFile::setPermissions(m_folder, ownersFolder);
    QFile file(m_path);
    if (!isThere || !file.open(QIODevice::ReadWrite | QIODevice::Append) || !file.setPermissions(ownersFile))
        return model::fail(ErrorCode::Unavailable, "the folder " + m_folder.toUtf8() +
                                                       " can't be written: " + file.errorString().toUtf8());
    return {};
}

VoidResult CacheFile::connect()
{
    if (auto prepared = prepareFile(); !prepared)
        return prepared;
    m_db = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_name);
    if (!m_db.isValid())
        return model::fail(ErrorCode::Internal,
                           "Qt's driver for SQLite is not installed (libqt6sql6-sqlite)");
    m_db.setDatabaseName(m_path);
    m_db.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=0"));
    if (!m_db.open())
        return model::fail(ErrorCode::Unavailable,
                           m_path.toUtf8() + " can't be opened: " + m_db.lastError().databaseText().toUtf8());
    return {};
}

VoidResult CacheFile::run(const QString &sql)
{
    QSqlQuery query(m_db);
    if (!query.exec(sql))
        return tl::unexpected(errorOf(query));
    return {};
}

QVariant CacheFile::value(const QString &sql)
{
    QSqlQuery query(m_db);
    return query.exec(sql) && query.next() ? query.value(0) : QVariant();
}

QSqlQuery &CacheFile::prepared(const char *sql)
{
    auto &query = m_queries[sql];
    if (!query) {
        query = std::make_unique<QSqlQuery>(m_db);
        query->setForwardOnly(true);
        query->prepare(QString::fromLatin1(sql));
    }
    return *query;
}

QByteArray CacheFile::fact(const char *name)
{
    QSqlQuery &query = prepared("SELECT value FROM fact WHERE name = ?");
    query.addBindValue(QString::fromLatin1(name));
    QByteArray found = query.exec() && query.next() ? query.value(0).toByteArray() : QByteArray();
    query.finish();
    return found;
}

VoidResult CacheFile::putFact(const char *name, const QByteArray &value)
{
    QSqlQuery &query = prepared("INSERT OR REPLACE INTO fact (name, value) VALUES (?, ?)");
    query.addBindValue(QString::fromLatin1(name));
    query.addBindValue(value.isNull() ? QByteArray("") : value);
    if (!query.exec())
        return tl::unexpected(errorOf(query));
    return {};
}

namespace {
bool isBusy(const QSqlError &error)
{
    return error.nativeErrorCode() == u"5" || error.nativeErrorCode() == u"6";
}
} // namespace

Result<Opened> CacheFile::open()
{
    close();
    if (auto connected = connect(); !connected)
        return tl::unexpected(connected.error());
    // Alone, without shared memory beside it; a second process is told so.
    QSqlQuery query(m_db);
    bool isOurs = query.exec(QStringLiteral("PRAGMA locking_mode = EXCLUSIVE")) &&
                  query.exec(QStringLiteral("PRAGMA journal_mode = WAL"));
    if (!isOurs && isBusy(query.lastError())) {
        query.finish();
        return model::fail(ErrorCode::Unavailable, m_path.toUtf8() + " is used by another process");
    }
    const Text why = isOurs ? Text() : query.lastError().databaseText().toUtf8();
    query.clear();
    if (!isOurs)
        return setAside(why);
    if (const auto wrong = fault())
        return setAside(*wrong);
    if (value(QStringLiteral("PRAGMA user_version")).toInt() == 0) {
        if (auto made = makeSchema({}); !made)
            return tl::unexpected(made.error());
    }
    auto opened = read();
    return opened ? opened : setAside(opened.error().detail);
}

std::optional<Text> CacheFile::fault()
{
    const QVariant stored = value(QStringLiteral("PRAGMA user_version"));
    if (!stored.isValid())
        return "it is no database";
    if (stored.toInt() == 0 && value(QStringLiteral("SELECT count(*) FROM sqlite_master")).toInt() == 0)
        return std::nullopt; // new
    if (value(QStringLiteral("PRAGMA application_id")).toInt() != applicationId)
        return "it was not made by Belfry";
    if (stored.toInt() != version)
        return "it was made by another version of Belfry (" + Text::number(stored.toInt()) + ", not " +
               Text::number(version) + ")";
    if (fact("account") != accountText(m_account))
        return "it belongs to another account";
    // Closed well, it was well: the whole is looked at only after a crash.
    if (fact("clean") != "1" && value(QStringLiteral("PRAGMA quick_check(1)")).toString() != u"ok")
        return "it is damaged";
    return std::nullopt;
}

VoidResult CacheFile::makeSchema(const Saved &saved)
{
    if (!m_db.transaction())
        return model::fail(ErrorCode::Unavailable,
                           m_path.toUtf8() + ": " + m_db.lastError().databaseText().toUtf8());
    VoidResult made;
    for (const char *step : schema) {
        if (made)
            made = run(QString::fromLatin1(step));
    }
    const Text device =
        saved.device.isEmpty() ? QUuid::createUuid().toByteArray(QUuid::WithoutBraces) : saved.device.text;
    if (made)
        made = putFact("account", accountText(m_account));
    if (made)
        made = putFact("device", device);
    for (const model::Op &op : saved.ops) {
        if (made)
            made = writeOne(PutOp{op});
    }
    if (made)
        made = run(QStringLiteral("PRAGMA application_id = %1").arg(applicationId));
    if (made)
        made = run(QStringLiteral("PRAGMA user_version = %1").arg(version));
    if (made && m_db.commit())
        return {};
    m_queries.clear();
    m_db.rollback();
    return made ? model::fail(ErrorCode::Unavailable, m_path.toUtf8() + " can't be written") : made;
}

/// What the person did and no server has answered for is the one thing that exists nowhere else.
CacheFile::Saved CacheFile::saveOps()
{
    Saved saved;
    saved.device.text = fact("device");
    QSqlQuery query(m_db);
    if (!query.exec(QStringLiteral("SELECT json FROM op ORDER BY place"))) {
        saved.mayLackOps = true;
        return saved;
    }
    while (query.next()) {
        if (auto ops = protocol::parseOps(query.value(0).toByteArray()))
            saved.ops.append(QList<model::Op>(ops->begin(), ops->end()));
        else
            saved.mayLackOps = true;
    }
    saved.mayLackOps = saved.mayLackOps || query.lastError().isValid();
    return saved;
}

Result<Opened> CacheFile::setAside(const Text &why)
{
    const QByteArray owner = fact("account");
    const bool isOthers = !owner.isEmpty() && owner != accountText(m_account);
    const Saved saved = isOthers ? Saved() : saveOps();
    close();
    const QString old = m_path + QStringLiteral(".set-aside");
    for (const char *beside : besides) {
        const QString ending = QString::fromLatin1(beside);
        QFile::remove(old + ending); // one is kept, not one for each time
        if (QFile::exists(m_path + ending) && !QFile::rename(m_path + ending, old + ending))
            return model::fail(ErrorCode::Unavailable,
                               m_path.toUtf8() + " is of no use (" + why + ") and can't be renamed");
    }
    qCWarning(lcCache).noquote() << m_path << "is set aside:" << why;
    VoidResult made = connect();
    if (made)
        made = run(QStringLiteral("PRAGMA locking_mode = EXCLUSIVE"));
    if (made)
        made = run(QStringLiteral("PRAGMA journal_mode = WAL"));
    if (made)
        made = makeSchema(saved);
    if (!made)
        return tl::unexpected(made.error());
    auto opened = read();
    if (opened)
        opened->setAside = SetAside{old, why, saved.ops.size(), saved.mayLackOps};
    return opened;
}

namespace {
Result<Row> rowOf(const QSqlQuery &query)
{
    auto item = protocol::parseItem(query.value(0).toByteArray());
    if (!item)
        return tl::unexpected(item.error());
    Row row{*std::move(item), {query.value(1).toLongLong()}, {}};
    if (!query.isNull(2))
        row.wokeAt = model::Instant{query.value(2).toLongLong()};
    return row;
}
} // namespace

Result<std::vector<Row>> CacheFile::older(model::Seq before, int limit)
{
    QSqlQuery &query = prepared("SELECT json, placed_at, woke_at FROM item WHERE place < ? "
                                "ORDER BY place DESC LIMIT ?");
    query.addBindValue(before);
    query.addBindValue(limit);
    if (!query.exec())
        return tl::unexpected(errorOf(query));
    std::vector<Row> rows;
    while (query.next()) {
        auto row = rowOf(query);
        if (!row) {
            query.finish();
            return tl::unexpected(row.error());
        }
        rows.push_back(*std::move(row));
    }
    const bool failed = query.lastError().isValid();
    query.finish();
    if (failed)
        return tl::unexpected(errorOf(query));
    return rows;
}

Result<Opened> CacheFile::read()
{
    Opened opened;
    opened.device.text = fact("device");
    opened.cursor.epoch.text = fact("epoch");
    if (const QByteArray since = fact("since"); !since.isEmpty())
        opened.cursor.since = since.toLongLong();
    opened.counts = {fact("counts_seq").toLongLong(),
                     {fact("unseen").toLongLong(), fact("unread").toLongLong()}};
    Saved saved = saveOps();
    auto newest = older(std::numeric_limits<model::Seq>::max(), m_limits.firstRows);
    if (!newest)
        return tl::unexpected(newest.error());
    if (saved.mayLackOps || opened.device.isEmpty())
        return model::fail(ErrorCode::Unavailable, "what waits for the server can't be read");
    m_rows = value(QStringLiteral("SELECT count(*) FROM item")).toLongLong();
    if (auto marked = putFact("clean", "0"); !marked)
        return tl::unexpected(marked.error());
    m_isSound = true;
    opened.listsDue = static_cast<ListsDue>(std::clamp(fact("lists_due").toInt(), 0, 2));
    opened.ops = std::move(saved.ops);
    opened.newest = *std::move(newest);
    opened.hasOlder = m_rows > std::ssize(opened.newest);
    return opened;
}

Result<QList<model::NotificationId>> CacheFile::search(const Text &query)
{
    const QString match = matchExpression(query);
    QList<model::NotificationId> ids;
    if (match.isEmpty())
        return ids;
    QSqlQuery &find = prepared("SELECT item.id FROM words JOIN item ON item.rowid = words.rowid "
                               "WHERE words MATCH ? ORDER BY item.place DESC LIMIT 1000");
    find.addBindValue(match);
    if (!find.exec())
        return tl::unexpected(errorOf(find));
    while (find.next()) {
        if (const auto id = model::NotificationId::fromBytes(find.value(0).toByteArray()))
            ids.append(*id);
    }
    find.finish();
    return ids;
}
} // namespace belfry::offline
