#include "store/postgres/postgres_writer.h"

#include "model/user_id.h"
#include "store/answer_rules.h"
#include "store/log_codec.h"
#include "store/postgres/pg_row_io.h"
#include "store/postgres/pg_rows.h"

#include <QHash>

namespace belfry::store {
using model::NotificationId;

namespace {
/// Ids that are kept in memory, at some 100 bytes each.
constexpr qsizetype maxKnown = 100'000;

/// For a statement that has nothing to say.
VoidResult keepRows(PgStatement &statement, PgRows &rows)
{
    PgQuery query(statement);
    return rows.bindTo(query).keepBack();
}
} // namespace

PostgresWriter::PostgresWriter(PgTarget target)
    : m_db(std::move(target))
{
}

VoidResult PostgresWriter::connect()
{
    return m_db.open();
}

VoidResult PostgresWriter::begin()
{
    return m_db.begin();
}

VoidResult PostgresWriter::commit()
{
    return m_db.commit();
}

void PostgresWriter::rollback()
{
    m_known.clear();
    m_db.rollback();
}

// ---- what a batch reads

VoidResult PostgresWriter::owners(const std::vector<NotificationId> &ids, std::vector<UserKey> &out)
{
    if (ids.empty())
        return {};
    PgQuery query(m_owners);
    query.bind(arrayOf(ids));
    return readPlaces(query, ids.size(), out, [&query](std::size_t, UserKey &key) { key = query.number(); });
}

VoidResult PostgresWriter::makeUsers(const std::vector<UserWish> &wishes, model::Instant now)
{
    if (m_known.size() > maxKnown)
        m_known.clear();
    PgRows rows;
    for (const UserWish &wish : wishes) {
        if (!wish.make || wish.id.isEmpty() || m_known.contains(wish.id))
            continue;
        rows.row().add(wish.id.text);
        const auto number = model::asInteger(wish.id);
        number ? rows.add(qint64(*number)) : rows.addNull();
        m_known.insert(wish.id);
    }
    if (rows.isEmpty())
        return {};
    PgQuery query(m_insertUsers);
    return rows.bindTo(query).bind(now).keepBack();
}

VoidResult PostgresWriter::lockUsers(const std::vector<UserWish> &wishes, model::Instant now,
                                     std::vector<UserRow> &out)
{
    if (wishes.empty())
        return {};
    if (auto done = makeUsers(wishes, now); !done)
        return done;
    std::vector<model::UserId> ids;
    std::vector<UserKey> keys;
    for (const UserWish &wish : wishes) {
        if (wish.id.isEmpty())
            keys.push_back(wish.key);
        else
            ids.push_back(wish.id);
    }
    QHash<model::UserId, UserRow> byId;
    QHash<UserKey, model::UserId> idOf;
    PgQuery query(m_lockUsers);
    query.bind(arrayOf(ids)).bind(arrayOf(keys));
    while (query.next()) {
        const UserRow row = readUser(query);
        idOf.insert(row.key, row.id);
        byId.insert(row.id, row);
    }
    for (const UserWish &wish : wishes)
        out.push_back(byId.value(wish.id.isEmpty() ? idOf.value(wish.key) : wish.id));
    return query.outcome();
}

VoidResult PostgresWriter::notifications(const std::vector<NotificationId> &ids,
                                         std::vector<std::optional<NotificationRow>> &out)
{
    if (ids.empty())
        return {};
    PgQuery query(m_notificationsById);
    query.bind(arrayOf(ids));
    return readPlaces(query, ids.size(), out,
                      [&query](std::size_t, auto &row) { row = readNotification(query); });
}

VoidResult PostgresWriter::collapsing(const std::vector<TextProbe> &probes,
                                      std::vector<std::optional<NotificationRow>> &out)
{
    if (probes.empty())
        return {};
    PgRows rows;
    for (const TextProbe &probe : probes)
        rows.row().add(probe.user).add(probe.text);
    PgQuery query(m_collapsing);
    rows.bindTo(query);
    return readPlaces(query, probes.size(), out,
                      [&query](std::size_t, auto &row) { row = readNotification(query); });
}

VoidResult PostgresWriter::deduplicating(const std::vector<TextProbe> &probes,
                                         std::vector<std::optional<DedupedRow>> &out)
{
    if (probes.empty())
        return {};
    PgRows rows;
    for (const TextProbe &probe : probes)
        rows.row().add(probe.user).add(probe.text).add(probe.since);
    PgQuery query(m_deduplicating);
    rows.bindTo(query);
    return readPlaces(query, probes.size(), out, [&query](std::size_t, auto &found) {
        const model::Instant at = query.instant();
        found = DedupedRow{at, readNotification(query)};
    });
}

VoidResult PostgresWriter::ranges(const std::vector<RangeProbe> &probes,
                                  std::vector<std::vector<NotificationRow>> &out)
{
    if (probes.empty())
        return {};
    PgRows rows;
    for (const RangeProbe &probe : probes)
        rows.row().add(probe.user).add(probe.upTo).add(qint64(probe.flags));
    PgQuery query(m_ranges);
    rows.bindTo(query);
    return readPlaces(query, probes.size(), out, [&](std::size_t i, auto &found) {
        found.push_back(readForMerge(query, probes[i].user));
    });
}

VoidResult PostgresWriter::answers(const std::vector<ports::IdempotencyKey> &keys,
                                   std::vector<std::optional<AnswerRow>> &out)
{
    if (keys.empty())
        return {};
    PgRows rows;
    for (const ports::IdempotencyKey &key : keys)
        rows.row().add(key.scope).add(key.key);
    PgQuery query(m_answers);
    rows.bindTo(query);
    return readPlaces(query, keys.size(), out,
                      [&](std::size_t i, auto &row) { row = readAnswer(query, keys[i]); });
}

VoidResult PostgresWriter::ops(const std::vector<OpProbe> &probes, std::vector<std::optional<OpRow>> &out)
{
    if (probes.empty())
        return {};
    PgRows rows;
    for (const OpProbe &probe : probes)
        rows.row().add(probe.user).add(probe.id.text);
    PgQuery query(m_ops);
    rows.bindTo(query);
    return readPlaces(query, probes.size(), out, [&](std::size_t i, std::optional<OpRow> &row) {
        row = OpRow{probes[i].user, {probes[i].id, 0, false, {}}, query.instant()};
        row->applied.seq = query.number();
        row->applied.superseded = query.number() != 0;
        row->applied.supersededIds = decodeIds(query.blob());
    });
}

Result<qint32> PostgresWriter::takeLegacyIds(int count)
{
    PgQuery query(m_takeLegacyIds);
    query.bind(qint64(count));
    const qint64 last = query.next() ? query.number() : 0;
    if (auto done = query.outcome(); !done)
        return tl::unexpected(done.error());
    return static_cast<qint32>(last - count + 1);
}

// ---- what a batch writes

VoidResult PostgresWriter::insertNotifications(const std::vector<const NotificationRow *> &rows)
{
    if (rows.empty())
        return {};
    PgRows out;
    for (const NotificationRow *row : rows)
        addNotification(out, *row);
    return keepRows(m_insertNotifications, out);
}

VoidResult PostgresWriter::updateNotifications(const std::vector<RowUpdate> &updates)
{
    const UpdatePlan plan = planUpdates(updates);
    PgRows engagements;
    for (const NotificationRow *row : plan.engagements)
        addEngagement(engagements, *row);
    PgRows whole;
    for (const NotificationRow *row : plan.whole)
        addNotification(whole, *row);
    VoidResult done;
    for (const UpdatePlan::Alike &alike : plan.alike) {
        PgQuery query(m_updateAlike);
        bindAlike(query, alike.change, arrayOf(alike.places));
        if (done = query.keepBack(); !done)
            return done;
    }
    if (!engagements.isEmpty())
        done = keepRows(m_updateEngagements, engagements);
    if (done && !whole.isEmpty())
        done = keepRows(m_updateNotifications, whole);
    return done;
}

VoidResult PostgresWriter::insertLog(const std::vector<LogRow> &rows)
{
    PgRows entries;
    PgRows leftPlaces;
    for (const LogRow &row : rows) {
        PgRows &out = row.kind == model::ChangeKind::Created ? leftPlaces : entries;
        out.row().add(row.user).add(row.seq).add(qint64(row.kind)).add(qint64(row.alert)).add(row.at);
        row.item ? out.add(*row.item) : out.addNull();
        out.addOptional(row.payload);
    }
    VoidResult done;
    if (!entries.isEmpty())
        done = keepRows(m_insertLog, entries);
    if (done && !leftPlaces.isEmpty())
        done = keepRows(m_insertLeftPlaces, leftPlaces);
    return done;
}

VoidResult PostgresWriter::saveUsers(const std::vector<const UserRow *> &users)
{
    if (users.empty())
        return {};
    PgRows rows;
    for (const UserRow *user : users) {
        rows.row().add(user->key).add(user->head).add(user->floor);
        rows.add(user->counts.unseen).add(user->counts.unread);
        rows.add(user->allRead.seq).add(user->allRead.at);
    }
    return keepRows(m_saveUsers, rows);
}

VoidResult PostgresWriter::insertAnswers(const std::vector<AnswerRow> &rows)
{
    if (rows.empty())
        return {};
    PgRows out;
    QSet<QByteArray> keys;
    for (const AnswerRow &row : rows) {
        keys.insert(row.key.scope + '\0' + row.key.key);
        out.row().add(row.key.scope).add(row.key.key).addBlob(row.key.bodyHash).add(row.at);
        out.add(qint64(row.answer.status)).add(row.answer.contentType).addBlob(row.answer.body);
    }
    PgQuery query(m_saveAnswers);
    if (auto done = out.bindTo(query).bind(qint64(answerWindow.count())).run(); !done)
        return done;
    if (query.changes() < keys.size()) // repeated alone, the request finds that answer
        return model::fail(model::ErrorCode::Internal,
                           "another server has just answered this Idempotency-Key: "
                           "send the request again");
    return {};
}

VoidResult PostgresWriter::insertOps(const std::vector<OpRow> &rows)
{
    if (rows.empty())
        return {};
    PgRows out;
    for (const OpRow &row : rows) {
        out.row().add(row.user).add(row.applied.id.text).add(row.at).add(row.applied.seq);
        out.add(qint64(row.applied.superseded)).addBlob(encodeIds(row.applied.supersededIds));
    }
    return keepRows(m_saveOps, out);
}

VoidResult PostgresWriter::saveDedupes(const std::vector<DedupeRow> &rows)
{
    if (rows.empty())
        return {};
    PgRows out;
    for (const DedupeRow &row : rows)
        out.row().add(row.user).add(row.key).add(row.at).add(row.item);
    return keepRows(m_saveDedupes, out);
}

VoidResult PostgresWriter::saveCursors(const std::vector<CursorRow> &rows)
{
    if (rows.empty())
        return {};
    PgRows out;
    for (const CursorRow &row : rows)
        out.row().add(row.user).add(row.device.text).add(row.seq).add(row.at);
    return keepRows(m_saveCursors, out);
}

VoidResult PostgresWriter::insertOutbox(const std::vector<OutboxRow> &rows)
{
    PgRows out;
    for (const OutboxRow &row : rows) {
        const ports::OutboxMessage &message = row.message;
        out.row().add(message.id).add(OutboxRow::stream).add(row.user.text).add(message.type);
        out.add(message.payload).addOptional(message.traceparent).add(row.at);
    }
    return keepRows(m_insertOutbox, out);
}
} // namespace belfry::store
