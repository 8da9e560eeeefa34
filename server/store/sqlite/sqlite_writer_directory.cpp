#include "store/sqlite/sqlite_writer.h"

#include "model/user_id.h"
#include "store/row_columns.h"

namespace belfry::store {
using model::ErrorCode;
using model::Text;

Result<qint64> SqliteWriter::oneNumber(Statement &statement)
{
    Query query(statement);
    const qint64 number = query.next() ? query.number() : 0;
    if (auto done = query.outcome(); !done)
        return tl::unexpected(done.error());
    return number;
}

// ---- users

Result<ports::UserRecord> SqliteWriter::createUser(const ports::UserRecord &user)
{
    {
        Query taken(m_emailTaken);
        taken.bind(user.email);
        if (!user.email.isEmpty() && taken.next())
            return model::fail(ErrorCode::Conflict, "a user with this email exists");
    }
    const auto number = oneNumber(m_nextUserNumber);
    if (!number)
        return tl::unexpected(number.error());
    ports::UserRecord record = user;
    record.id.text = QByteArray::number(*number);
    const auto row = makeUser(record.id, user.createdAt);
    if (!row)
        return tl::unexpected(row.error());
    Query profile(m_insertProfile);
    profile.bind(row->key).bind(record.name).bindOptional(record.email).bindBlob(record.passwordHash);
    if (auto done = profile.run(); !done)
        return tl::unexpected(done.error());
    return record;
}

VoidResult SqliteWriter::preferences(const std::vector<UserKey> &users, std::vector<PreferencesRow> &out)
{
    for (const UserKey user : users) {
        Query query(m_preferencesByKey);
        query.bind(user);
        PreferencesRow &row = out.emplace_back();
        if (query.next()) {
            row.etag = query.text();
            row.document = query.text();
        }
        if (auto done = query.outcome(); !done)
            return done;
    }
    return {};
}

VoidResult SqliteWriter::savePreferences(UserKey user, const PreferencesRow &row)
{
    return Query(m_savePreferences).bind(user).bind(row.etag).bind(row.document).run();
}

// ---- topics

Result<qint64> SqliteWriter::topicKey(const model::TopicName &name)
{
    Query query(m_topicKey);
    query.bind(name.text);
    if (query.next())
        return query.number();
    if (auto done = query.outcome(); !done)
        return tl::unexpected(done.error());
    return model::fail(ErrorCode::NotFound, "there is no such topic");
}

Result<bool> SqliteWriter::saveTopic(const ports::Topic &topic)
{
    if (auto done = Query(m_updateTopic).bind(topic.name.text).bind(topic.title).run(); !done)
        return tl::unexpected(done.error());
    if (m_db.changes() > 0)
        return false;
    if (auto done = Query(m_insertTopic).bind(topic.name.text).bind(topic.title).bind(topic.createdAt).run();
        !done)
        return tl::unexpected(done.error());
    return true;
}

VoidResult SqliteWriter::removeTopic(const model::TopicName &name)
{
    const auto key = topicKey(name);
    if (!key)
        return tl::unexpected(key.error());
    if (auto done = Query(m_deleteSubscriptions).bind(*key).run(); !done)
        return done;
    return Query(m_deleteTopic).bind(*key).run();
}

VoidResult SqliteWriter::checkTopic(const model::TopicName &name)
{
    const auto key = topicKey(name);
    return key ? VoidResult{} : tl::unexpected(key.error());
}

VoidResult SqliteWriter::subscribe(const model::TopicName &topic, UserKey user, bool on, model::Instant now)
{
    const auto key = topicKey(topic);
    if (!key)
        return tl::unexpected(key.error());
    VoidResult done = on ? Query(m_subscribe).bind(*key).bind(user).bind(now).run()
                         : Query(m_unsubscribe).bind(*key).bind(user).run();
    if (!done || m_db.changes() == 0)
        return done;
    return Query(m_countSubscribers).bind(*key).bind(qint64(on ? 1 : -1)).run();
}

// ---- jobs

VoidResult SqliteWriter::insertJob(JobRow &job)
{
    Result<qint64> bound = 0;
    if (job.topic.isEmpty()) {
        bound = oneNumber(m_lastUser);
    } else {
        const auto key = topicKey(job.topic);
        if (!key)
            return tl::unexpected(key.error());
        Query query(m_lastSubscription);
        query.bind(*key);
        bound = query.next() ? query.number() : 0;
        if (auto done = query.outcome(); !done)
            return done;
    }
    if (!bound)
        return tl::unexpected(bound.error());
    job.bound = *bound;
    Query query(m_insertJob);
    query.bind(job.topic.text).bind(job.payload).bind(job.last).bind(job.bound).bind(job.at);
    if (auto done = query.run(); !done)
        return done;
    job.key = m_db.lastRowid();
    return {};
}

Result<std::optional<JobRow>> SqliteWriter::oldestJob()
{
    Query query(m_oldestJob);
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

Result<std::vector<JobTarget>> SqliteWriter::jobTargets(const JobRow &job, int limit)
{
    Query query(job.topic.isEmpty() ? m_allUsers : m_topicUsers);
    if (!job.topic.isEmpty())
        query.bind(job.topic.text);
    query.bind(job.last).bind(job.bound).bind(qint64(limit));
    std::vector<JobTarget> targets;
    while (query.next()) {
        JobTarget &target = targets.emplace_back();
        target.place = query.number();
        target.key = query.number();
        target.user.text = query.text();
    }
    if (auto done = query.outcome(); !done)
        return tl::unexpected(done.error());
    return targets;
}

VoidResult SqliteWriter::saveJob(qint64 key, qint64 last)
{
    return Query(m_saveJob).bind(key).bind(last).run();
}

VoidResult SqliteWriter::removeJob(qint64 key)
{
    return Query(m_deleteJob).bind(key).run();
}

// ---- keys

VoidResult SqliteWriter::insertKey(const ports::ApiKey &key)
{
    Query query(m_insertKey);
    query.bind(key.id).bind(key.name).bindBlob(key.hash).bind(qint64(key.scopes)).bind(key.createdAt);
    return query.bind(key.expiresAt).bind(key.revokedAt).bind(qint64(key.bootstrap)).run();
}

Result<std::optional<KeyRow>> SqliteWriter::lockKey(const Text &id)
{
    Query query(m_lockKey);
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

VoidResult SqliteWriter::revokeKey(const Text &id, model::Instant now)
{
    return Query(m_revokeKey).bind(id).bind(now).run();
}

VoidResult SqliteWriter::saveKeyUse(const ports::KeyUse &use)
{
    return Query(m_saveKeyUse).bind(use.id).bind(use.at).run();
}

VoidResult SqliteWriter::replaceKey(const KeyRow &row)
{
    Query query(m_replaceKey);
    return query.bind(row.key.id).bind(row.key.expiresAt).bindOptional(row.replacedBy).run();
}

// ---- upkeep

VoidResult SqliteWriter::probe()
{
    if (auto done = begin(); !done)
        return done;
    VoidResult written = Query(m_probeWrite).run();
    if (written)
        written = commit();
    if (!written) {
        rollback();
        return written;
    }
    return Query(m_probeRemove).run();
}

Result<int> SqliteWriter::purge(const Purge &purge, int limit)
{
    int gone = 0;
    const std::pair<Statement *, model::Instant> tables[] = {{&m_purgeAnswers, purge.answersBefore},
                                                             {&m_purgeOps, purge.opsBefore},
                                                             {&m_purgeDedupes, purge.dedupesBefore}};
    for (const auto &[statement, before] : tables) {
        if (auto done = Query(*statement).bind(before).bind(qint64(limit)).run(); !done)
            return tl::unexpected(done.error());
        gone += m_db.changes();
    }
    return gone;
}

Result<int> SqliteWriter::purgeOutbox(model::Instant before, int limit)
{
    Query query(m_purgeOutbox);
    if (auto done = query.bind(before).bind(qint64(limit)).run(); !done)
        return tl::unexpected(done.error());
    return query.changes();
}

VoidResult SqliteWriter::removeNotifications(const std::vector<model::NotificationId> &ids)
{
    for (const model::NotificationId &id : ids) {
        if (auto done = Query(m_copySearchChange).bind(id).run(); !done)
            return done;
        if (auto done = Query(m_removeNotification).bind(id).run(); !done)
            return done;
    }
    return {};
}

VoidResult SqliteWriter::cutLogs(const std::vector<LogCutRow> &cuts)
{
    for (const LogCutRow &cut : cuts) {
        if (auto done = Query(m_cutLog).bind(cut.user).bind(cut.floor).run(); !done)
            return done;
    }
    return {};
}

VoidResult SqliteWriter::forgetSearchChanges(qint64 upTo)
{
    return Query(m_forgetSearchChanges).bind(upTo).run();
}
} // namespace belfry::store
