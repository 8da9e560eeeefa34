#include "store/postgres/postgres_writer.h"

#include "model/user_id.h"
#include "store/answer_rules.h"
#include "store/log_codec.h"
#include "store/postgres/json_rows.h"
#include "store/postgres/pg_row_io.h"

#include <QHash>

namespace belfry::store {
using model::NotificationId;

namespace {
/// Ids that are kept in memory, at some 100 bytes each.
constexpr qsizetype maxKnown = 100'000;

/// For a statement whose one parameter are rows.
VoidResult runRows(PgStatement &statement, const JsonRows &rows)
{
    return PgQuery(statement).bind(rows.done()).run();
}

model::Text rowsOf(const std::vector<TextProbe> &probes)
{
    JsonRows rows;
    qint64 place = 0;
    for (const TextProbe &probe : probes) {
        rows.row().add("pos", ++place).add("user_key", probe.user).add("text", probe.text);
        rows.add("since", probe.since);
    }
    return rows.done();
}
} // namespace

PostgresWriter::PostgresWriter(PgTarget target)
    : m_db(std::move(target))
{
}

PostgresWriter::~PostgresWriter()
{
    m_db.close(); // before the statements
}

VoidResult PostgresWriter::connect()
{
    return m_db.open();
}

VoidResult PostgresWriter::begin()
{
    return m_db.begin("BEGIN");
}

VoidResult PostgresWriter::commit()
{
    return m_db.exec("COMMIT");
}

void PostgresWriter::rollback()
{
    m_known.clear();
    if (m_db.isOpen())
        static_cast<void>(m_db.exec("ROLLBACK")); // fails only with its connection, which takes it along
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
    JsonRows rows;
    bool any = false;
    for (const UserWish &wish : wishes) {
        if (!wish.make || wish.id.isEmpty() || m_known.contains(wish.id))
            continue;
        any = true;
        rows.row().add("id", wish.id.text);
        if (const auto number = model::asInteger(wish.id))
            rows.add("number", qint64(*number));
        m_known.insert(wish.id);
    }
    return any ? PgQuery(m_insertUsers).bind(rows.done()).bind(now).run() : VoidResult{};
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
    query.bind(jsonTexts(ids)).bind(arrayOf(keys));
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
    PgQuery query(m_collapsing);
    query.bind(rowsOf(probes));
    return readPlaces(query, probes.size(), out,
                      [&query](std::size_t, auto &row) { row = readNotification(query); });
}

VoidResult PostgresWriter::deduplicating(const std::vector<TextProbe> &probes,
                                         std::vector<std::optional<DedupedRow>> &out)
{
    if (probes.empty())
        return {};
    PgQuery query(m_deduplicating);
    query.bind(rowsOf(probes));
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
    JsonRows rows;
    qint64 place = 0;
    for (const RangeProbe &probe : probes) {
        rows.row().add("pos", ++place).add("user_key", probe.user).add("up_to", probe.upTo);
        rows.add("flags", qint64(probe.flags));
    }
    PgQuery query(m_ranges);
    query.bind(rows.done());
    return readPlaces(query, probes.size(), out, [&](std::size_t i, auto &found) {
        found.push_back(readForMerge(query, probes[i].user));
    });
}

VoidResult PostgresWriter::answers(const std::vector<ports::IdempotencyKey> &keys,
                                   std::vector<std::optional<AnswerRow>> &out)
{
    if (keys.empty())
        return {};
    JsonRows rows;
    qint64 place = 0;
    for (const ports::IdempotencyKey &key : keys)
        rows.row().add("pos", ++place).add("scope", key.scope).add("key", key.key);
    PgQuery query(m_answers);
    query.bind(rows.done());
    return readPlaces(query, keys.size(), out,
                      [&](std::size_t i, auto &row) { row = readAnswer(query, keys[i]); });
}

VoidResult PostgresWriter::ops(const std::vector<OpProbe> &probes, std::vector<std::optional<OpRow>> &out)
{
    if (probes.empty())
        return {};
    JsonRows rows;
    qint64 place = 0;
    for (const OpProbe &probe : probes)
        rows.row().add("pos", ++place).add("user_key", probe.user).add("id", probe.id.text);
    PgQuery query(m_ops);
    query.bind(rows.done());
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
    JsonRows json;
    for (const NotificationRow *row : rows)
        addNotification(json, *row);
    return runRows(m_insertNotifications, json);
}

VoidResult PostgresWriter::updateNotifications(const std::vector<RowUpdate> &updates)
{
    const UpdatePlan plan = planUpdates(updates);
    JsonRows engagements;
    for (const NotificationRow *row : plan.engagements)
        addEngagement(engagements, *row);
    JsonRows whole;
    for (const NotificationRow *row : plan.whole)
        addNotification(whole, *row);
    VoidResult done;
    for (const UpdatePlan::Alike &alike : plan.alike) {
        PgQuery query(m_updateAlike);
        bindAlike(query, alike.change, arrayOf(alike.places));
        if (done = query.run(); !done)
            return done;
    }
    if (!engagements.isEmpty())
        done = runRows(m_updateEngagements, engagements);
    if (done && !whole.isEmpty())
        done = runRows(m_updateNotifications, whole);
    return done;
}

VoidResult PostgresWriter::insertLog(const std::vector<LogRow> &rows)
{
    JsonRows entries;
    JsonRows leftPlaces;
    for (const LogRow &row : rows) {
        JsonRows &json = row.kind == model::ChangeKind::Created ? leftPlaces : entries;
        json.row().add("user_key", row.user).add("seq", row.seq).add("kind", qint64(row.kind));
        json.add("alert", qint64(row.alert)).add("at", row.at).addOptional("payload", row.payload);
        if (row.item)
            json.add("item", *row.item);
    }
    VoidResult done;
    if (!entries.isEmpty())
        done = runRows(m_insertLog, entries);
    if (done && !leftPlaces.isEmpty())
        done = runRows(m_insertLeftPlaces, leftPlaces);
    return done;
}

VoidResult PostgresWriter::saveUsers(const std::vector<const UserRow *> &users)
{
    if (users.empty())
        return {};
    JsonRows rows;
    for (const UserRow *user : users) {
        rows.row().add("key", user->key).add("head", user->head).add("floor", user->floor);
        rows.add("unseen", user->counts.unseen).add("unread", user->counts.unread);
        rows.add("read_up_to", user->allRead.seq).add("read_up_to_at", user->allRead.at.us);
    }
    return runRows(m_saveUsers, rows);
}

VoidResult PostgresWriter::insertAnswers(const std::vector<AnswerRow> &rows)
{
    if (rows.empty())
        return {};
    JsonRows json;
    QSet<QByteArray> keys;
    qint64 place = 0;
    for (const AnswerRow &row : rows) {
        keys.insert(row.key.scope + '\0' + row.key.key);
        json.row().add("pos", ++place).add("scope", row.key.scope).add("key", row.key.key);
        json.addHex("body_hash", row.key.bodyHash).add("at", row.at).add("status", qint64(row.answer.status));
        json.add("content_type", row.answer.contentType).addHex("body", row.answer.body);
    }
    PgQuery query(m_saveAnswers);
    if (auto done = query.bind(json.done()).bind(qint64(answerWindow.count())).run(); !done)
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
    JsonRows json;
    qint64 place = 0;
    for (const OpRow &row : rows) {
        json.row().add("pos", ++place).add("user_key", row.user).add("id", row.applied.id.text);
        json.add("at", row.at).add("seq", row.applied.seq).add("superseded", qint64(row.applied.superseded));
        json.addHex("items", encodeIds(row.applied.supersededIds));
    }
    return runRows(m_saveOps, json);
}

VoidResult PostgresWriter::saveDedupes(const std::vector<DedupeRow> &rows)
{
    if (rows.empty())
        return {};
    JsonRows json;
    qint64 place = 0;
    for (const DedupeRow &row : rows) {
        json.row().add("pos", ++place).add("user_key", row.user).add("key", row.key);
        json.add("at", row.at).add("item", row.item);
    }
    return runRows(m_saveDedupes, json);
}

VoidResult PostgresWriter::saveCursors(const std::vector<CursorRow> &rows)
{
    if (rows.empty())
        return {};
    JsonRows json;
    for (const CursorRow &row : rows) {
        json.row().add("user_key", row.user).add("device", row.device.text);
        json.add("seq", row.seq).add("at", row.at);
    }
    return runRows(m_saveCursors, json);
}
} // namespace belfry::store
