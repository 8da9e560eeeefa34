#include "store/sqlite/sqlite_writer.h"

#include "model/user_id.h"
#include "store/content_codec.h"
#include "store/log_codec.h"
#include "store/sqlite/row_io.h"
#include "store/sqlite/wal_gatherer.h"

namespace belfry::store {
using model::NotificationId;

namespace {
/// Counters that are kept in memory, at some 200 bytes each.
constexpr qsizetype maxKnown = 100'000;

/// synchronous=FULL: what is committed survives a power cut (and walGatherer asks for it). Checkpoints come
/// every 32 MiB: a page that many commits change, as those of the counters are, is then copied back once for
/// all.
constexpr char pragmas[] =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32768;"
    "PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = OFF; PRAGMA wal_autocheckpoint = 8000";
} // namespace

SqliteWriter::SqliteWriter(model::Text path, const char *vfs)
    : m_db(std::move(path), walGatherer(vfs))
{
}

/// The readers close after this one and may not checkpoint: without it a server that stopped well would leave
/// its last 32 MiB beside the database.
SqliteWriter::~SqliteWriter()
{
    if (m_db.isOpen())
        static_cast<void>(m_db.exec("PRAGMA wal_checkpoint(TRUNCATE)")); // fails: the next start does it
}

VoidResult SqliteWriter::connect()
{
    m_known.clear();
    if (auto opened = m_db.open(false); !opened)
        return opened;
    return m_db.exec(pragmas);
}

VoidResult SqliteWriter::begin()
{
    if (m_db.needsReopen()) {
        if (auto connected = connect(); !connected)
            return connected;
    }
    return Query(m_begin).run();
}

VoidResult SqliteWriter::commit()
{
    return Query(m_commit).run();
}

void SqliteWriter::rollback()
{
    m_known.clear();
    if (m_db.isInTransaction())
        static_cast<void>(m_db.exec("ROLLBACK")); // fails only when SQLite has done it by itself
}

// ---- what a batch reads

VoidResult SqliteWriter::owners(const std::vector<NotificationId> &ids, std::vector<UserKey> &out)
{
    for (const NotificationId &id : ids) {
        Query query(m_ownerOf);
        query.bind(id);
        out.push_back(query.next() ? query.number() : 0);
        if (auto done = query.outcome(); !done)
            return done;
    }
    return {};
}

VoidResult SqliteWriter::lockUsers(const std::vector<UserWish> &wishes, model::Instant now,
                                   std::vector<UserRow> &out)
{
    out.reserve(wishes.size());
    for (const UserWish &wish : wishes) {
        auto row = findUser(wish, now);
        if (!row)
            return tl::unexpected(row.error());
        out.push_back(std::move(*row));
    }
    return {};
}

Result<UserRow> SqliteWriter::findUser(const UserWish &wish, model::Instant now)
{
    if (const auto known = m_known.constFind(wish.id); !wish.id.isEmpty() && known != m_known.constEnd())
        return *known;
    UserRow row;
    {
        Query query(wish.id.isEmpty() ? m_userByKey : m_userById);
        if (wish.id.isEmpty())
            query.bind(wish.key);
        else
            query.bind(wish.id.text);
        if (query.next()) {
            row.key = query.number();
            row.id.text = query.text();
            row.head = query.number();
            row.floor = query.number();
            row.counts.unseen = query.number();
            row.counts.unread = query.number();
            row.allRead.seq = query.number();
            row.allRead.at = query.instant();
        }
        if (auto done = query.outcome(); !done)
            return tl::unexpected(done.error());
    }
    if (row.key == 0)
        return wish.make ? makeUser(wish.id, now) : row;
    if (m_known.size() >= maxKnown)
        m_known.clear();
    m_known.insert(row.id, row);
    return row;
}

Result<UserRow> SqliteWriter::makeUser(const model::UserId &id, model::Instant now)
{
    Query query(m_insertUser);
    query.bind(id.text);
    if (const auto number = model::asInteger(id))
        query.bind(*number);
    else
        query.bindNull();
    query.bind(now);
    if (auto done = query.run(); !done)
        return tl::unexpected(done.error());
    UserRow row;
    row.key = m_db.lastRowid();
    row.id = id;
    m_known.insert(id, row);
    return row;
}

VoidResult SqliteWriter::notifications(const std::vector<NotificationId> &ids,
                                       std::vector<std::optional<NotificationRow>> &out)
{
    for (const NotificationId &id : ids) {
        Query query(m_notificationById);
        query.bind(id);
        out.push_back(query.next() ? std::optional(readNotification(query)) : std::nullopt);
        if (auto done = query.outcome(); !done)
            return done;
    }
    return {};
}

VoidResult SqliteWriter::collapsing(const std::vector<TextProbe> &probes,
                                    std::vector<std::optional<NotificationRow>> &out)
{
    for (const TextProbe &probe : probes) {
        Query query(m_collapsing);
        query.bind(probe.user).bind(probe.text);
        out.push_back(query.next() ? std::optional(readNotification(query)) : std::nullopt);
        if (auto done = query.outcome(); !done)
            return done;
    }
    return {};
}

VoidResult SqliteWriter::deduplicating(const std::vector<TextProbe> &probes,
                                       std::vector<std::optional<DedupedRow>> &out)
{
    for (const TextProbe &probe : probes) {
        Query query(m_deduplicating);
        query.bind(probe.user).bind(probe.text).bind(probe.since);
        std::optional<DedupedRow> &found = out.emplace_back();
        if (query.next()) {
            const model::Instant at = query.instant();
            found = DedupedRow{at, readNotification(query)};
        }
        if (auto done = query.outcome(); !done)
            return done;
    }
    return {};
}

VoidResult SqliteWriter::ranges(const std::vector<RangeProbe> &probes,
                                std::vector<std::vector<NotificationRow>> &out)
{
    for (const RangeProbe &probe : probes) {
        Query query(m_range);
        query.bind(probe.user).bind(probe.upTo).bind(qint64(probe.flags));
        std::vector<NotificationRow> &rows = out.emplace_back();
        while (query.next())
            rows.push_back(readForMerge(query, probe.user));
        if (auto done = query.outcome(); !done)
            return done;
    }
    return {};
}

VoidResult SqliteWriter::answers(const std::vector<ports::IdempotencyKey> &keys,
                                 std::vector<std::optional<AnswerRow>> &out)
{
    for (const ports::IdempotencyKey &key : keys) {
        Query query(m_findAnswer);
        query.bind(key.scope).bind(key.key);
        out.push_back(query.next() ? std::optional(readAnswer(query, key)) : std::nullopt);
        if (auto done = query.outcome(); !done)
            return done;
    }
    return {};
}

VoidResult SqliteWriter::ops(const std::vector<OpProbe> &probes, std::vector<std::optional<OpRow>> &out)
{
    for (const OpProbe &probe : probes) {
        Query query(m_findOp);
        query.bind(probe.user).bind(probe.id.text);
        std::optional<OpRow> &row = out.emplace_back();
        if (query.next()) {
            row = OpRow{probe.user, {probe.id, 0, false, {}}, query.instant()};
            row->applied.seq = query.number();
            row->applied.superseded = query.number() != 0;
            row->applied.supersededIds = decodeIds(query.text());
        }
        if (auto done = query.outcome(); !done)
            return done;
    }
    return {};
}

Result<qint32> SqliteWriter::takeLegacyIds(int count)
{
    Query query(m_takeLegacyIds);
    query.bind(qint64(count));
    const qint64 last = query.next() ? query.number() : 0;
    if (auto done = query.run(); !done) // to its end: an unfinished RETURNING holds up the commit
        return tl::unexpected(done.error());
    return static_cast<qint32>(last - count + 1);
}

// ---- what a batch writes

VoidResult SqliteWriter::insertNotifications(const std::vector<const NotificationRow *> &rows)
{
    for (const NotificationRow *row : rows) {
        const model::Text extra = encodeExtra(row->item.content);
        Query query(m_insertNotification);
        bindInsert(query, *row, extra);
        if (auto done = query.run(); !done)
            return done;
    }
    return {};
}

VoidResult SqliteWriter::updateNotifications(const std::vector<RowUpdate> &updates)
{
    const UpdatePlan plan = planUpdates(updates);
    for (const UpdatePlan::Alike &alike : plan.alike) {
        if (auto done = updateAlike(alike); !done)
            return done;
    }
    for (const NotificationRow *row : plan.engagements) {
        if (auto done = updateEngagement(*row); !done)
            return done;
    }
    for (const NotificationRow *row : plan.whole) {
        if (auto done = updateWholly(*row); !done)
            return done;
    }
    return {};
}

VoidResult SqliteWriter::updateAlike(const UpdatePlan::Alike &alike)
{
    model::Text places;
    for (const qint64 place : alike.places)
        places.append(places.isEmpty() ? "[" : ",").append(QByteArray::number(place));
    places.append(']');
    Query query(m_updateAlike);
    bindAlike(query, alike.change, places);
    return query.run();
}

VoidResult SqliteWriter::updateEngagement(const NotificationRow &row)
{
    Query query(m_updateEngagement);
    bindEngagement(query, row);
    return query.run();
}

VoidResult SqliteWriter::updateWholly(const NotificationRow &row)
{
    if (auto done = Query(m_copySearchChange).bind(row.item.id).run(); !done) // where it was
        return done;
    const model::Text extra = encodeExtra(row.item.content);
    Query query(m_updateNotification);
    bindUpdate(query, row, extra);
    if (auto done = query.run(); !done)
        return done;
    return noteSearchChange(row);
}

VoidResult SqliteWriter::noteSearchChange(const NotificationRow &row)
{
    if (row.item.createdSeq == 0 || row.item.createdSeq != row.item.seq)
        return {}; // nowhere, or where it was
    return Query(m_insertSearchChange).bind(row.user).bind(row.item.createdSeq).run();
}

VoidResult SqliteWriter::insertLog(const std::vector<LogRow> &rows)
{
    for (const LogRow &row : rows) {
        Query query(row.kind == model::ChangeKind::Created ? m_insertLeftPlace : m_insertLog);
        query.bind(row.user).bind(row.seq).bind(qint64(row.kind)).bind(qint64(row.alert)).bind(row.at);
        if (row.item)
            query.bind(*row.item);
        else
            query.bindNull();
        if (auto done = query.bindOptional(row.payload).run(); !done)
            return done;
    }
    return {};
}

VoidResult SqliteWriter::saveUsers(const std::vector<const UserRow *> &users)
{
    for (const UserRow *user : users) {
        Query query(m_saveUser);
        query.bind(user->key)
            .bind(user->head)
            .bind(user->floor)
            .bind(user->counts.unseen)
            .bind(user->counts.unread)
            .bind(user->allRead.seq)
            .bind(user->allRead.at);
        if (auto done = query.run(); !done)
            return done;
        m_known.insert(user->id, *user);
    }
    return {};
}

VoidResult SqliteWriter::insertAnswers(const std::vector<AnswerRow> &rows)
{
    for (const AnswerRow &row : rows) {
        Query query(m_saveAnswer);
        query.bind(row.key.scope).bind(row.key.key).bindBlob(row.key.bodyHash).bind(row.at);
        query.bind(qint64(row.answer.status)).bind(row.answer.contentType).bindBlob(row.answer.body);
        if (auto done = query.run(); !done)
            return done;
    }
    return {};
}

VoidResult SqliteWriter::insertOps(const std::vector<OpRow> &rows)
{
    for (const OpRow &row : rows) {
        const QByteArray ids = encodeIds(row.applied.supersededIds);
        Query query(m_saveOp);
        query.bind(row.user).bind(row.applied.id.text).bind(row.at).bind(row.applied.seq);
        if (auto done = query.bind(qint64(row.applied.superseded)).bindBlob(ids).run(); !done)
            return done;
    }
    return {};
}

VoidResult SqliteWriter::saveDedupes(const std::vector<DedupeRow> &rows)
{
    for (const DedupeRow &row : rows) {
        Query query(m_saveDedupe);
        if (auto done = query.bind(row.user).bind(row.key).bind(row.at).bind(row.item).run(); !done)
            return done;
    }
    return {};
}

VoidResult SqliteWriter::saveCursors(const std::vector<CursorRow> &rows)
{
    for (const CursorRow &row : rows) {
        Query query(m_saveCursor);
        if (auto done = query.bind(row.user).bind(row.device.text).bind(row.seq).bind(row.at).run(); !done)
            return done;
    }
    return {};
}

VoidResult SqliteWriter::insertOutbox(const std::vector<OutboxRow> &rows)
{
    const model::Text stream = OutboxRow::stream;
    for (const OutboxRow &row : rows) {
        const ports::OutboxMessage &message = row.message;
        const model::Text id = message.id.toText();
        Query query(m_insertOutbox);
        query.bind(id).bind(stream).bind(row.user.text).bind(message.type);
        query.bind(message.payload).bindOptional(message.traceparent);
        if (auto done = query.bind(row.at).run(); !done)
            return done;
    }
    return {};
}
} // namespace belfry::store
