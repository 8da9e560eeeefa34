#pragma once

#include "store/erasure_sql.h"
#include "store/people_sql.h"
#include "store/registry_sql.h"
#include "store/session_sql.h"
#include "store/sqlite/database.h"
#include "store/update_plan.h"
#include "store/webhook_sql.h"

#include <QHash>

namespace belfry::store {
/// WriteTx on SQLite: one statement a row, since there is no round trip to save. The only writer of its file,
/// so that what it knows of the counters stays true and need not be read again.
class SqliteWriter final : public WriteTx
{
public:
    explicit SqliteWriter(model::Text path, const char *vfs = nullptr);
    ~SqliteWriter() override;

    /// Connects; begin() does it again after a failure.
    [[nodiscard]] VoidResult connect();

    VoidResult begin() override;
    VoidResult commit() override;
    void rollback() override;

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
    [[nodiscard]] Result<UserRow> findUser(const UserWish &wish, model::Instant now);
    [[nodiscard]] Result<UserRow> makeUser(const model::UserId &id, model::Instant now);
    [[nodiscard]] VoidResult noteSearchChange(const NotificationRow &row);
    [[nodiscard]] VoidResult updateWholly(const NotificationRow &row);
    [[nodiscard]] VoidResult updateEngagement(const NotificationRow &row);
    [[nodiscard]] VoidResult updateAlike(const UpdatePlan::Alike &alike);
    [[nodiscard]] Result<qint64> topicKey(const model::TopicName &name);
    [[nodiscard]] Result<qint64> oneNumber(Statement &statement);

    Database m_db;
    Statement m_begin{m_db, "begin", "BEGIN IMMEDIATE"};
    Statement m_commit{m_db, "commit", "COMMIT"};
    Statement m_userById{m_db, "user_by_id"};
    Statement m_userByKey{m_db, "user_by_key"};
    Statement m_insertUser{m_db, "insert_user"};
    Statement m_saveUser{m_db, "save_user"};
    Statement m_ownerOf{m_db, "owner_of"};
    Statement m_notificationById{m_db, "notification_by_id"};
    Statement m_collapsing{m_db, "collapsing"};
    Statement m_deduplicating{m_db, "deduplicating"};
    Statement m_range{m_db, "range"};
    Statement m_findAnswer{m_db, "find_answer"};
    Statement m_findOp{m_db, "find_op"};
    Statement m_takeLegacyIds{m_db, "take_legacy_ids"};
    Statement m_insertNotification{m_db, "insert_notification"};
    Statement m_updateNotification{m_db, "update_notification"};
    Statement m_updateEngagement{m_db, "update_engagement"};
    Statement m_updateAlike{m_db, "update_alike"};
    Statement m_copySearchChange{m_db, "copy_search_change"};
    Statement m_insertSearchChange{m_db, "insert_search_change"};
    Statement m_insertLog{m_db, "insert_log"};
    Statement m_insertLeftPlace{m_db, "insert_left_place"};
    Statement m_saveAnswer{m_db, "save_answer"};
    Statement m_saveOp{m_db, "save_op"};
    Statement m_saveDedupe{m_db, "save_dedupe"};
    Statement m_saveCursor{m_db, "save_cursor"};
    Statement m_insertOutbox{m_db, "insert_outbox"};
    Statement m_nextUserNumber{m_db, "next_user_number"};
    Statement m_emailTaken{m_db, "email_taken"};
    Statement m_insertProfile{m_db, "insert_profile"};
    Statement m_preferencesByKey{m_db, "preferences_by_key"};
    Statement m_savePreferences{m_db, "save_preferences"};
    Statement m_insertTopic{m_db, "insert_topic"};
    Statement m_updateTopic{m_db, "update_topic"};
    Statement m_topicKey{m_db, "topic_key"};
    Statement m_deleteTopic{m_db, "delete_topic"};
    Statement m_deleteSubscriptions{m_db, "delete_subscriptions"};
    Statement m_subscribe{m_db, "subscribe"};
    Statement m_unsubscribe{m_db, "unsubscribe"};
    Statement m_countSubscribers{m_db, "count_subscribers"};
    Statement m_lastUser{m_db, "last_user"};
    Statement m_lastSubscription{m_db, "last_subscription"};
    Statement m_insertJob{m_db, "insert_job"};
    Statement m_oldestJob{m_db, "oldest_job"};
    Statement m_allUsers{m_db, "all_users"};
    Statement m_topicUsers{m_db, "topic_users"};
    Statement m_saveJob{m_db, "save_job"};
    Statement m_deleteJob{m_db, "delete_job"};
    Statement m_insertKey{m_db, "insert_key"};
    Statement m_lockKey{m_db, "lock_key"};
    Statement m_replaceKey{m_db, "replace_key"};
    Statement m_revokeKey{m_db, "revoke_key"};
    Statement m_saveKeyUse{m_db, "save_key_use"};
    SqlWebhookWrites<Database, Statement, Query> m_webhooks{m_db};
    SqlSessionWrites<Database, Statement, Query> m_sessions{m_db};
    SqlPeopleWrites<Database, Statement, Query> m_people{m_db};
    SqlErasureWrites<Database, Statement, Query> m_erasures{m_db};
    SqlRegistryWrites<Database, Statement, Query> m_registry{m_db};
    Statement m_purgeAnswers{m_db, "purge_answers"};
    Statement m_purgeOps{m_db, "purge_ops"};
    Statement m_purgeDedupes{m_db, "purge_dedupes"};
    Statement m_purgeOutbox{m_db, "purge_outbox"};
    Statement m_removeNotification{m_db, "delete_notification"};
    Statement m_cutLog{m_db, "cut_log"};
    Statement m_forgetSearchChanges{m_db, "forget_search_changes"};
    Statement m_probeWrite{m_db, "probe_write"};
    Statement m_probeRemove{m_db, "probe_remove"};

    QHash<model::UserId, UserRow> m_known; ///< counters as committed, or as this transaction left them
};
} // namespace belfry::store
