#include "store/postgres/postgres_writer.h"

#include "model/user_id.h"
#include "store/postgres/pg_row_io.h"
#include "store/postgres/pg_rows.h"
#include "store/row_columns.h"

namespace belfry::store {
using model::ErrorCode;
using model::Text;

Result<qint64> PostgresWriter::oneNumber(PgStatement &statement)
{
    PgQuery query(statement);
    const qint64 number = query.next() ? query.number() : 0;
    if (auto done = query.outcome(); !done)
        return tl::unexpected(done.error());
    return number;
}

// ---- users

Result<ports::UserRecord> PostgresWriter::createUser(const ports::UserRecord &user)
{
    {
        PgQuery taken(m_emailTaken);
        taken.bind(user.email);
        if (!user.email.isEmpty() && taken.next())
            return model::fail(ErrorCode::Conflict, "a user with this email exists");
    }
    ports::UserRecord record = user;
    const auto key = insertNumbered(record);
    if (!key)
        return tl::unexpected(key.error());
    PgQuery profile(m_insertProfile);
    profile.bind(*key).bind(record.name).bindOptional(record.email).bindBlob(record.passwordHash);
    if (auto done = profile.run(); !done)
        return tl::unexpected(done.error());
    return record;
}

Result<UserKey> PostgresWriter::insertNumbered(ports::UserRecord &record)
{
    for (int attempt = 0; attempt < 20; ++attempt) { // again while another writer took it: it has grown then
        const auto number = oneNumber(m_nextUserNumber);
        if (!number)
            return tl::unexpected(number.error());
        record.id.text = QByteArray::number(*number);
        PgQuery query(m_insertNumberedUser);
        query.bind(record.id.text).bind(*number).bind(record.createdAt);
        if (query.next())
            return query.number();
        if (auto done = query.outcome(); !done)
            return tl::unexpected(done.error());
    }
    return model::fail(ErrorCode::Internal,
                       "others take the numbers of users faster than this one: try again");
}

VoidResult PostgresWriter::preferences(const std::vector<UserKey> &users, std::vector<PreferencesRow> &out)
{
    if (users.empty())
        return {};
    PgQuery query(m_preferencesByKey);
    query.bind(arrayOf(users));
    return readPlaces(query, users.size(), out, [&query](std::size_t, PreferencesRow &row) {
        row.etag = query.text();
        row.document = query.text();
    });
}

VoidResult PostgresWriter::savePreferences(UserKey user, const PreferencesRow &row)
{
    return PgQuery(m_savePreferences).bind(user).bind(row.etag).bind(row.document).run();
}

// ---- topics

Result<qint64> PostgresWriter::topicKey(const model::TopicName &name)
{
    PgQuery query(m_topicKey);
    query.bind(name.text);
    if (query.next())
        return query.number();
    if (auto done = query.outcome(); !done)
        return tl::unexpected(done.error());
    return model::fail(ErrorCode::NotFound, "there is no such topic");
}

Result<bool> PostgresWriter::saveTopic(const ports::Topic &topic)
{
    {
        PgQuery query(m_updateTopic);
        if (auto done = query.bind(topic.name.text).bind(topic.title).run(); !done)
            return tl::unexpected(done.error());
        if (query.changes() > 0)
            return false;
    }
    PgQuery query(m_insertTopic);
    if (auto done = query.bind(topic.name.text).bind(topic.title).bind(topic.createdAt).run(); !done)
        return tl::unexpected(done.error());
    return true;
}

VoidResult PostgresWriter::removeTopic(const model::TopicName &name)
{
    const auto key = topicKey(name);
    if (!key)
        return tl::unexpected(key.error());
    if (auto done = PgQuery(m_deleteSubscriptions).bind(*key).run(); !done)
        return done;
    return PgQuery(m_deleteTopic).bind(*key).run();
}

VoidResult PostgresWriter::checkTopic(const model::TopicName &name)
{
    const auto key = topicKey(name);
    return key ? VoidResult{} : tl::unexpected(key.error());
}

VoidResult PostgresWriter::subscribe(const model::TopicName &topic, UserKey user, bool on, model::Instant now)
{
    const auto key = topicKey(topic);
    if (!key)
        return tl::unexpected(key.error());
    PgQuery query(on ? m_subscribe : m_unsubscribe);
    query.bind(*key).bind(user);
    if (on)
        query.bind(now);
    if (auto done = query.run(); !done || query.changes() == 0)
        return done;
    return PgQuery(m_countSubscribers).bind(*key).bind(qint64(on ? 1 : -1)).run();
}

// ---- jobs

VoidResult PostgresWriter::insertJob(JobRow &job)
{
    Result<qint64> bound = 0;
    if (job.topic.isEmpty()) {
        bound = oneNumber(m_lastUser);
    } else {
        const auto key = topicKey(job.topic);
        if (!key)
            return tl::unexpected(key.error());
        PgQuery query(m_lastSubscription);
        query.bind(*key);
        bound = query.next() ? query.number() : 0;
        if (auto done = query.outcome(); !done)
            return done;
    }
    if (!bound)
        return tl::unexpected(bound.error());
    job.bound = *bound;
    PgQuery query(m_insertJob);
    query.bind(job.topic.text).bind(job.payload).bind(job.last).bind(job.bound).bind(job.at);
    if (query.next())
        job.key = query.number();
    return query.outcome();
}

Result<std::optional<JobRow>> PostgresWriter::oldestJob()
{
    PgQuery query(m_oldestJob);
    if (query.next()) {
        JobRow job;
        job.key = query.number();
        job.topic.text = query.text();
        job.payload = query.text();
        job.last = query.number();
        job.bound = query.number();
        job.at = query.instant();
        return job;
    }
    if (auto done = query.outcome(); !done)
        return tl::unexpected(done.error());
    return std::nullopt;
}

Result<std::vector<JobTarget>> PostgresWriter::jobTargets(const JobRow &job, int limit)
{
    PgQuery query(job.topic.isEmpty() ? m_allUsers : m_topicUsers);
    if (!job.topic.isEmpty())
        query.bind(job.topic.text);
    query.bind(job.last).bind(job.bound).bind(qint64(limit));
    std::vector<JobTarget> targets;
    while (query.next())
        targets.push_back(readTarget(query));
    if (auto done = query.outcome(); !done)
        return tl::unexpected(done.error());
    return targets;
}

VoidResult PostgresWriter::saveJob(qint64 key, qint64 last)
{
    return PgQuery(m_saveJob).bind(key).bind(last).run();
}

VoidResult PostgresWriter::removeJob(qint64 key)
{
    return PgQuery(m_deleteJob).bind(key).run();
}

// ---- keys

VoidResult PostgresWriter::insertKey(const ports::ApiKey &key)
{
    PgQuery query(m_insertKey);
    query.bind(key.id).bind(key.name).bindBlob(key.hash).bind(qint64(key.scopes)).bind(key.createdAt);
    return query.bind(key.expiresAt).bind(key.revokedAt).bind(qint64(key.bootstrap)).run();
}

Result<std::optional<KeyRow>> PostgresWriter::lockKey(const Text &id)
{
    PgQuery query(m_lockKey);
    query.bind(id);
    std::optional<KeyRow> found;
    if (query.next()) {
        found.emplace();
        found->key = readKey(query);
        found->replacedBy = query.text();
    }
    if (auto done = query.outcome(); !done)
        return tl::unexpected(done.error());
    return found;
}

VoidResult PostgresWriter::revokeKey(const Text &id, model::Instant now)
{
    return PgQuery(m_revokeKey).bind(id).bind(now).run();
}

VoidResult PostgresWriter::saveKeyUse(const ports::KeyUse &use)
{
    return PgQuery(m_saveKeyUse).bind(use.id).bind(use.at).run();
}

VoidResult PostgresWriter::replaceKey(const KeyRow &row)
{
    PgQuery query(m_replaceKey);
    return query.bind(row.key.id).bind(row.key.expiresAt).bindOptional(row.replacedBy).run();
}

// ---- upkeep

VoidResult PostgresWriter::probe()
{
    if (auto done = begin(); !done)
        return done;
    VoidResult written = PgQuery(m_probeWrite).run();
    if (written)
        written = commit();
    if (!written) {
        rollback();
        return written;
    }
    return PgQuery(m_probeRemove).run();
}

Result<int> PostgresWriter::purge(const Purge &purge, int limit)
{
    int gone = 0;
    const std::pair<PgStatement *, model::Instant> tables[] = {{&m_purgeAnswers, purge.answersBefore},
                                                               {&m_purgeOps, purge.opsBefore},
                                                               {&m_purgeDedupes, purge.dedupesBefore}};
    for (const auto &[statement, before] : tables) {
        PgQuery query(*statement);
        if (auto done = query.bind(before).bind(qint64(limit)).run(); !done)
            return tl::unexpected(done.error());
        gone += query.changes();
    }
    return gone;
}

Result<int> PostgresWriter::purgeOutbox(model::Instant before, int limit)
{
    PgQuery query(m_purgeOutbox);
    if (auto done = query.bind(before).bind(qint64(limit)).run(); !done)
        return tl::unexpected(done.error());
    return query.changes();
}

VoidResult PostgresWriter::removeNotifications(const std::vector<model::NotificationId> &ids)
{
    if (auto done = PgQuery(m_lockWords).keepBack(); !done)
        return done;
    return PgQuery(m_removeNotifications).bind(arrayOf(ids)).keepBack();
}

VoidResult PostgresWriter::cutLogs(const std::vector<LogCutRow> &cuts)
{
    PgRows rows;
    for (const LogCutRow &cut : cuts)
        rows.row().add(cut.user).add(cut.floor);
    PgQuery query(m_cutLogs);
    return rows.bindTo(query).keepBack();
}

VoidResult PostgresWriter::forgetSearchChanges(qint64)
{
    return {}; // the indexer takes them out itself
}
} // namespace belfry::store
