#pragma once

#include "model/result.h"
#include "offline/account.h"
#include "offline/cached.h"

#include <QSqlDatabase>
#include <chrono>
#include <optional>

class QSqlQuery;

namespace belfry::offline {
struct CacheLimits
{
    qint64 rows = 20'000;                         ///< above it rows go, see Keep
    int firstRows = 500;                          ///< what open() reads
    std::chrono::milliseconds retryAfter{30'000}; ///< a write that failed
};

/// The SQLite file of one account. Blocks; one thread, the one that made it. The file is the owner's alone
/// (0600, its folder 0700).
class CacheFile
{
public:
    /// Of schema and folding, in user_version; others are set aside.
    static constexpr int version = 2;

    CacheFile(QString folder, Account account, CacheLimits limits = {});
    ~CacheFile();
    CacheFile(const CacheFile &) = delete;
    CacheFile &operator=(const CacheFile &) = delete;

    /// Opens the file or makes it. A damaged one, one of a newer Belfry or of another account is set aside
    /// and begun anew, with the ops and the device id that could be read. Unavailable: the folder can't be
    /// written, or another process has the file; Internal: this Qt has no SQLite.
    [[nodiscard]] model::Result<Opened> open();
    void close();
    [[nodiscard]] bool isOpen() const { return m_db.isOpen(); }
    [[nodiscard]] const QString &path() const { return m_path; }

    /// All of it or nothing. Unavailable: nothing of it is written.
    [[nodiscard]] model::VoidResult write(const std::vector<Write> &batch);
    /// At most `limit` rows before this place, newest first.
    [[nodiscard]] model::Result<std::vector<Row>> older(model::Seq before, int limit);
    /// What holds all words of the query (search_words.h), newest first, at most 1,000.
    [[nodiscard]] model::Result<QList<model::NotificationId>> search(const model::Text &query);

private:
    struct Saved
    {
        QList<model::Op> ops;
        model::DeviceId device;
        bool mayLackOps = false;
    };

    [[nodiscard]] model::VoidResult connect();
    [[nodiscard]] model::VoidResult prepareFile() const;
    /// Nothing: of use as it is. Else why not.
    [[nodiscard]] std::optional<model::Text> fault();
    [[nodiscard]] model::VoidResult makeSchema(const Saved &saved);
    [[nodiscard]] model::Result<Opened> setAside(const model::Text &why);
    [[nodiscard]] Saved saveOps();
    [[nodiscard]] model::Result<Opened> read();

    [[nodiscard]] model::VoidResult run(const QString &sql);
    [[nodiscard]] QVariant value(const QString &sql);
    [[nodiscard]] QByteArray fact(const char *name);
    [[nodiscard]] model::VoidResult putFact(const char *name, const QByteArray &value);
    [[nodiscard]] model::VoidResult writeOne(const Write &write);
    [[nodiscard]] model::VoidResult put(const Row &row);
    [[nodiscard]] model::VoidResult drop(const model::NotificationId &id);
    [[nodiscard]] model::VoidResult index(qint64 rowid, const Row &row, bool isNew);
    [[nodiscard]] model::VoidResult trim();
    [[nodiscard]] QSqlQuery &prepared(const char *sql);
    [[nodiscard]] model::Error errorOf(const QSqlQuery &query) const;

    const QString m_folder;
    const QString m_path;
    const Account m_account;
    const CacheLimits m_limits;
    const QString m_name; ///< of the connection: Qt keeps them by name
    QSqlDatabase m_db;
    std::unordered_map<const char *, std::unique_ptr<QSqlQuery>> m_queries;
    qint64 m_rows = 0;
    bool m_isSound = false; ///< was read well
};
} // namespace belfry::offline
