#include "offline/cache_file.h"
#include "offline/search_words.h"
#include "protocol/item.h"
#include "protocol/ops_request.h"

#include <QSqlError>
#include <QSqlQuery>

// What goes into the file.
namespace belfry::offline {
using model::VoidResult;

namespace {
qint64 textHash(const model::Notification &item)
{
    return static_cast<qint64>(qHashMulti(size_t{7}, item.content.title, item.content.message));
}

bool holdsOps(const std::vector<Write> &batch)
{
    return std::any_of(batch.begin(), batch.end(),
                       [](const Write &write) { return std::holds_alternative<PutOp>(write); });
}
} // namespace

VoidResult CacheFile::write(const std::vector<Write> &batch)
{
    // Rows come again from the server; what a person did has to survive a power cut.
    const QString sync = holdsOps(batch) ? QStringLiteral("FULL") : QStringLiteral("NORMAL");
    VoidResult written = run(QStringLiteral("PRAGMA synchronous = ") + sync);
    if (written && !m_db.transaction())
        written = model::fail(model::ErrorCode::Unavailable, m_db.lastError().databaseText().toUtf8());
    if (!written)
        return written;
    const qint64 rowsBefore = m_rows;
    for (const Write &one : batch) {
        if (written)
            written = writeOne(one);
    }
    if (written)
        written = trim();
    if (written && !m_db.commit())
        written = model::fail(model::ErrorCode::Unavailable, m_db.lastError().databaseText().toUtf8());
    if (!written) {
        m_rows = rowsBefore;
        m_db.rollback();
    }
    return written;
}

VoidResult CacheFile::writeOne(const Write &write)
{
    struct Writer
    {
        CacheFile &file;

        VoidResult operator()(const PutRow &put) const { return file.put(put.row); }
        VoidResult operator()(const DropRow &drop) const { return file.drop(drop.id); }
        VoidResult operator()(const PutCursor &put) const
        {
            const auto &since = put.cursor.since;
            auto written = file.putFact("epoch", put.cursor.epoch.text);
            return written ? file.putFact("since", since ? QByteArray::number(*since) : QByteArray())
                           : written;
        }
        VoidResult operator()(const PutCounts &put) const
        {
            auto written = file.putFact("counts_seq", QByteArray::number(put.counts.seq));
            if (written)
                written = file.putFact("unseen", QByteArray::number(put.counts.counts.unseen));
            return written ? file.putFact("unread", QByteArray::number(put.counts.counts.unread)) : written;
        }
        VoidResult operator()(const PutListsDue &put) const
        {
            return file.putFact("lists_due", QByteArray::number(static_cast<int>(put.due)));
        }
        VoidResult operator()(const PutOp &put) const
        {
            QSqlQuery &query = file.prepared("INSERT OR IGNORE INTO op (id, json) VALUES (?, ?)");
            query.addBindValue(QString::fromUtf8(put.op.id.text));
            query.addBindValue(protocol::encodeOps({put.op}));
            return query.exec() ? VoidResult() : tl::unexpected(file.errorOf(query));
        }
        VoidResult operator()(const DropOp &drop) const
        {
            QSqlQuery &query = file.prepared("DELETE FROM op WHERE id = ?");
            query.addBindValue(QString::fromUtf8(drop.id.text));
            return query.exec() ? VoidResult() : tl::unexpected(file.errorOf(query));
        }
    };
    return std::visit(Writer{*this}, write);
}

VoidResult CacheFile::put(const Row &row)
{
    QSqlQuery &known = prepared("SELECT rowid, text_hash FROM item WHERE id = ?");
    known.addBindValue(row.item.id.toBytes());
    if (!known.exec())
        return tl::unexpected(errorOf(known));
    const bool isNew = !known.next();
    const qint64 rowid = isNew ? 0 : known.value(0).toLongLong();
    const bool sameText = !isNew && known.value(1).toLongLong() == textHash(row.item);
    known.finish();

    QByteArray json;
    protocol::appendItem(json, row.item);
    QSqlQuery &query =
        isNew ? prepared("INSERT INTO item (place, keep, placed_at, woke_at, text_hash, json, id) "
                         "VALUES (?, ?, ?, ?, ?, ?, ?)")
              : prepared("UPDATE item SET place = ?, keep = ?, placed_at = ?, woke_at = ?, text_hash = ?, "
                         "json = ? WHERE id = ?");
    query.addBindValue(row.item.createdSeq);
    query.addBindValue(static_cast<int>(keepOf(row.item)));
    query.addBindValue(row.placedAt.us);
    query.addBindValue(row.wokeAt ? QVariant(row.wokeAt->us) : QVariant());
    query.addBindValue(textHash(row.item));
    query.addBindValue(json);
    query.addBindValue(row.item.id.toBytes());
    if (!query.exec())
        return tl::unexpected(errorOf(query));
    m_rows += isNew ? 1 : 0;
    if (sameText)
        return {};
    return index(isNew ? query.lastInsertId().toLongLong() : rowid, row, isNew);
}

VoidResult CacheFile::index(qint64 rowid, const Row &row, bool isNew)
{
    QSqlQuery &query = isNew ? prepared("INSERT INTO words (title, message, rowid) VALUES (?, ?, ?)")
                             : prepared("UPDATE words SET title = ?, message = ? WHERE rowid = ?");
    query.addBindValue(foldedText(row.item.content.title));
    query.addBindValue(foldedText(row.item.content.message));
    query.addBindValue(rowid);
    return query.exec() ? VoidResult() : tl::unexpected(errorOf(query));
}

VoidResult CacheFile::drop(const model::NotificationId &id)
{
    QSqlQuery &words = prepared("DELETE FROM words WHERE rowid = (SELECT rowid FROM item WHERE id = ?)");
    words.addBindValue(id.toBytes());
    if (!words.exec())
        return tl::unexpected(errorOf(words));
    QSqlQuery &item = prepared("DELETE FROM item WHERE id = ?");
    item.addBindValue(id.toBytes());
    if (!item.exec())
        return tl::unexpected(errorOf(item));
    m_rows -= item.numRowsAffected();
    return {};
}

VoidResult CacheFile::trim()
{
    const qint64 tooMany = m_rows - m_limits.rows;
    if (tooMany <= 0)
        return {};
    for (const char *sql :
         {"DELETE FROM words WHERE rowid IN (SELECT rowid FROM item ORDER BY keep DESC, place LIMIT ?)",
          "DELETE FROM item WHERE rowid IN (SELECT rowid FROM item ORDER BY keep DESC, place LIMIT ?)"}) {
        QSqlQuery &query = prepared(sql);
        query.addBindValue(tooMany);
        if (!query.exec())
            return tl::unexpected(errorOf(query));
    }
    m_rows -= tooMany;
    return {};
}
} // namespace belfry::offline
