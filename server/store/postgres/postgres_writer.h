#pragma once

#include "store/erasure_sql.h"
#include "store/people_sql.h"
#include "store/postgres/pg_connection.h"
#include "store/registry_sql.h"
#include "store/session_sql.h"
#include "store/webhook_sql.h"
#include "store/write_tx.h"

#include <QSet>

namespace belfry::store {
/// WriteTx on PostgreSQL: one statement over one array a column for each batch. Other processes may write to
/// the same database: each user's row is locked before anything about it is read.
class PostgresWriter final : public WriteTx
{
public:
    explicit PostgresWriter(PgTarget target);

    /// Connects; begin() does it again after a failure.
    [[nodiscard]] VoidResult connect();

    VoidResult begin() override;
    VoidResult commit() override;
    void rollback() override;
    [[nodiscard]] bool lostRace() const override { return m_db.lostRace(); }
    [[nodiscard]] bool isInDoubt() const override { return m_db.isInDoubt(); }

    VoidResult owners(const std::vector<model::NotificationId> &ids, std::vector<UserKey> &out) override;
    VoidResult lockUsers(const std::vector<UserWish> &wishes, model::Instant now,
                         std::vector<UserRow> &out) override;
    VoidResult notifications(const std::vector<model::NotificationId> &ids,
                             std::vector<std::optional<NotificationRow>> &out) override;
    VoidResult collapsing(const std::vector<TextProbe> &probes,
                          std::vector<std::optional<NotificationRow>> &out) override;
    VoidResult deduplicating(const std::vector<TextProbe> &probes,
                             std::vector<std::optional<DedupedRow>> &out) override;
    VoidResult ranges(const std::vector<RangeProbe> &probes,
                      std::vector<std::vector<NotificationRow>> &out) override;
    VoidResult answers(const std::vector<ports::IdempotencyKey> &keys,
                       std::vector<std::optional<AnswerRow>> &out) override;
    VoidResult ops(const std::vector<OpProbe> &probes, std::vector<std::optional<OpRow>> &out) override;
    Result<qint32> takeLegacyIds(int count) override;

    VoidResult insertNotifications(const std::vector<const NotificationRow *> &rows) override;
    VoidResult updateNotifications(const std::vector<RowUpdate> &updates) override;
    VoidResult insertLog(const std::vector<LogRow> &rows) override;
    VoidResult saveUsers(const std::vector<const UserRow *> &users) override;
    VoidResult insertAnswers(const std::vector<AnswerRow> &rows) override;
    VoidResult insertOps(const std::vector<OpRow> &rows) override;
    VoidResult saveDedupes(const std::vector<DedupeRow> &rows) override;
    VoidResult saveCursors(const std::vector<CursorRow> &rows) override;
    VoidResult insertOutbox(const std::vector<OutboxRow> &rows) override;

    Result<ports::UserRecord> createUser(const ports::UserRecord &user) override;
    VoidResult preferences(const std::vector<UserKey> &users, std::vector<PreferencesRow> &out) override;
    VoidResult savePreferences(UserKey user, const PreferencesRow &row) override;
    Result<bool> saveTopic(const ports::Topic &topic) override;
    VoidResult removeTopic(const model::TopicName &name) override;
    VoidResult checkTopic(const model::TopicName &name) override;
    VoidResult subscribe(const model::TopicName &topic, UserKey user, bool on, model::Instant now) override;
    VoidResult insertJob(JobRow &job) override;
    Result<std::optional<JobRow>> oldestJob() override;
    Result<std::vector<JobTarget>> jobTargets(const JobRow &job, int limit) override;
    VoidResult saveJob(qint64 key, qint64 last) override;
    VoidResult removeJob(qint64 key) override;
    VoidResult insertKey(const ports::ApiKey &key) override;
    Result<std::optional<KeyRow>> lockKey(const model::Text &id) override;
    VoidResult revokeKey(const model::Text &id, model::Instant now) override;
    VoidResult saveKeyUse(const ports::KeyUse &use) override;
    VoidResult replaceKey(const KeyRow &row) override;
    WebhookWrites &webhooks() override { return m_webhooks; }
    SessionWrites &sessions() override { return m_sessions; }
    PeopleWrites &people() override { return m_people; }
    ErasureWrites &erasures() override { return m_erasures; }
    RegistryWrites &registry() override { return m_registry; }

    VoidResult probe() override;
    Result<int> purge(const Purge &purge, int limit) override;
    Result<int> purgeOutbox(model::Instant before, int limit) override;
    VoidResult removeNotifications(const std::vector<model::NotificationId> &ids) override;
    VoidResult cutLogs(const std::vector<LogCutRow> &cuts) override;
    VoidResult forgetSearchChanges(qint64 upTo) override;

private:
    [[nodiscard]] VoidResult makeUsers(const std::vector<UserWish> &wishes, model::Instant now);
    [[nodiscard]] Result<UserKey> insertNumbered(ports::UserRecord &record);
    [[nodiscard]] Result<qint64> topicKey(const model::TopicName &name);
    [[nodiscard]] Result<qint64> oneNumber(PgStatement &statement);

    PgConnection m_db;
    PgStatement m_insertUsers{m_db, "insert_users"};
    PgStatement m_lockUsers{m_db, "lock_users"};
    PgStatement m_saveUsers{m_db, "save_users"};
    PgStatement m_owners{m_db, "owners"};
    PgStatement m_notificationsById{m_db, "notifications_by_id"};
    PgStatement m_collapsing{m_db, "collapsing"};
    PgStatement m_deduplicating{m_db, "deduplicating"};
    PgStatement m_ranges{m_db, "ranges"};
    PgStatement m_answers{m_db, "answers"};
    PgStatement m_ops{m_db, "ops"};
    PgStatement m_takeLegacyIds{m_db, "take_legacy_ids"};
    PgStatement m_insertNotifications{m_db, "insert_notifications"};
    PgStatement m_updateNotifications{m_db, "update_notifications"};
    PgStatement m_updateEngagements{m_db, "update_engagements"};
    PgStatement m_updateAlike{m_db, "update_alike"};
    PgStatement m_insertLog{m_db, "insert_log"};
    PgStatement m_insertLeftPlaces{m_db, "insert_left_places"};
    PgStatement m_saveAnswers{m_db, "save_answers"};
    PgStatement m_saveOps{m_db, "save_ops"};
    PgStatement m_saveDedupes{m_db, "save_dedupes"};
    PgStatement m_saveCursors{m_db, "save_cursors"};
    PgStatement m_insertOutbox{m_db, "insert_outbox"};
    PgStatement m_nextUserNumber{m_db, "next_user_number"};
    PgStatement m_insertNumberedUser{m_db, "insert_numbered_user"};
    PgStatement m_emailTaken{m_db, "email_taken"};
    PgStatement m_insertProfile{m_db, "insert_profile"};
    PgStatement m_preferencesByKey{m_db, "preferences_by_key"};
    PgStatement m_savePreferences{m_db, "save_preferences"};
    PgStatement m_insertTopic{m_db, "insert_topic"};
    PgStatement m_updateTopic{m_db, "update_topic"};
    PgStatement m_topicKey{m_db, "topic_key"};
    PgStatement m_deleteTopic{m_db, "delete_topic"};
    PgStatement m_deleteSubscriptions{m_db, "delete_subscriptions"};
    PgStatement m_subscribe{m_db, "subscribe"};
    PgStatement m_unsubscribe{m_db, "unsubscribe"};
    PgStatement m_countSubscribers{m_db, "count_subscribers"};
    PgStatement m_lastUser{m_db, "last_user"};
    PgStatement m_lastSubscription{m_db, "last_subscription"};
    PgStatement m_insertJob{m_db, "insert_job"};
    PgStatement m_oldestJob{m_db, "oldest_job"};
    PgStatement m_allUsers{m_db, "all_users"};
    PgStatement m_topicUsers{m_db, "topic_users"};
    PgStatement m_saveJob{m_db, "save_job"};
    PgStatement m_deleteJob{m_db, "delete_job"};
    PgStatement m_insertKey{m_db, "insert_key"};
    PgStatement m_lockKey{m_db, "lock_key"};
    PgStatement m_replaceKey{m_db, "replace_key"};
    PgStatement m_revokeKey{m_db, "revoke_key"};
    PgStatement m_saveKeyUse{m_db, "save_key_use"};
    SqlWebhookWrites<PgConnection, PgStatement, PgQuery> m_webhooks{m_db};
    SqlSessionWrites<PgConnection, PgStatement, PgQuery> m_sessions{m_db};
    SqlPeopleWrites<PgConnection, PgStatement, PgQuery> m_people{m_db};
    SqlErasureWrites<PgConnection, PgStatement, PgQuery> m_erasures{m_db};
    SqlRegistryWrites<PgConnection, PgStatement, PgQuery> m_registry{m_db};
    PgStatement m_purgeAnswers{m_db, "purge_answers"};
    PgStatement m_purgeOps{m_db, "purge_ops"};
    PgStatement m_purgeDedupes{m_db, "purge_dedupes"};
    PgStatement m_purgeOutbox{m_db, "purge_outbox"};
    PgStatement m_lockWords{m_db, "lock_words"};
    PgStatement m_removeNotifications{m_db, "delete_notifications"};
    PgStatement m_cutLogs{m_db, "cut_logs"};
    PgStatement m_probeWrite{m_db, "probe_write"};
    PgStatement m_probeRemove{m_db, "probe_remove"};

    QSet<model::UserId> m_known; ///< users that are there for sure: they need not be made
};
} // namespace belfry::store
