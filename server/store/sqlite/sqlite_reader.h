#pragma once

#include "store/operations_sql.h"
#include "store/people_sql.h"
#include "store/read_session.h"
#include "store/registry_sql.h"
#include "store/retention_sql.h"
#include "store/session_sql.h"
#include "store/sqlite/row_io.h"
#include "store/sqlite/search_index.h"
#include "store/webhook_sql.h"

namespace belfry::store {
class SqliteReader final : public ReadSession
{
public:
    explicit SqliteReader(model::Text path, const char *vfs = nullptr);
    [[nodiscard]] VoidResult connect();

    VoidResult begin(Reading reading) override;
    void end() override;

    VoidResult users(const std::vector<model::UserId> &ids, std::vector<UserRow> &out) override;
    VoidResult notifications(const std::vector<model::NotificationId> &ids,
                             std::vector<std::optional<NotificationRow>> &out) override;
    VoidResult pageOfNotifications(const std::vector<model::NotificationId> &ids,
                                   std::vector<std::optional<NotificationRow>> &out) override;
    Result<std::optional<NotificationRow>> byLegacyId(const UserRow &user, qint32 legacyId) override;
    VoidResult list(const ListQuery &query, std::vector<NotificationRow> &out) override;
    VoidResult logRows(const UserRow &user, model::Seq since, int limit, std::vector<LogRow> &out) override;
    VoidResult createdRows(const UserRow &user, model::Seq since, int limit,
                           std::vector<NotificationRow> &out) override;
    VoidResult due(model::Instant now, int limit, std::vector<DueRow> &out,
                   model::MaybeInstant &next) override;
    VoidResult logOf(UserKey user, model::NotificationId id, std::vector<LogRow> &out) override;
    VoidResult cursors(UserKey user, std::vector<CursorRow> &out) override;

    VoidResult records(const std::vector<model::UserId> &ids, std::vector<ports::UserRecord> &out) override;
    VoidResult allUsers(UserKey after, int limit, std::vector<JobTarget> &out) override;
    VoidResult preferences(const std::vector<model::UserId> &users,
                           std::vector<PreferencesRow> &out) override;
    VoidResult topics(std::vector<ports::Topic> &out) override;
    Result<std::optional<ports::Topic>> topic(const model::TopicName &name) override;
    VoidResult subscribers(const model::TopicName &topic, qint64 after, int limit,
                           std::vector<JobTarget> &out) override;
    VoidResult keys(std::vector<ports::ApiKey> &out) override;
    Result<std::optional<AnswerRow>> answer(const ports::IdempotencyKey &key) override;
    WebhookReads &webhooks() override { return m_webhooks; }
    SessionReads &sessions() override { return m_sessions; }
    PeopleReads &people() override { return m_people; }
    RegistryReads &registry() override { return m_registry; }
    OperationsReads &operations() override { return m_operations; }
    RetentionReads &retention() override { return m_retention; }

private:
    [[nodiscard]] VoidResult notification(const model::NotificationId &id,
                                          std::vector<std::optional<NotificationRow>> &out);
    [[nodiscard]] VoidResult listPlain(const ListQuery &query, std::vector<NotificationRow> &out);
    [[nodiscard]] VoidResult listScheduled(const ListQuery &query, std::vector<NotificationRow> &out);
    [[nodiscard]] VoidResult search(const ListQuery &query, std::vector<NotificationRow> &out);
    [[nodiscard]] VoidResult searchIndexed(const ListQuery &query, std::vector<model::Seq> &places);
    [[nodiscard]] VoidResult searchTail(const ListQuery &query, const SearchIndex::Mark &mark,
                                        std::vector<model::Seq> &places);
    [[nodiscard]] VoidResult rowsAt(const UserRow &user, const std::vector<model::Seq> &places,
                                    std::vector<NotificationRow> &out);

    Database m_db;
    SearchReader m_search;
    Statement m_begin{m_db, "begin", "BEGIN"};
    Statement m_end{m_db, "end", "COMMIT"};
    Statement m_userById{m_db, "user_by_id"};
    Statement m_notificationById{m_db, "notification_by_id"};
    Statement m_notificationByPlace{m_db, "notification_by_place"};
    Statement m_searchedPlace{m_db, "searched_place"};
    Statement m_notificationByLegacyId{m_db, "notification_by_legacy_id"};
    Statement m_list{m_db, "list"};
    Statement m_listScheduled{m_db, "list_scheduled"};
    Statement m_lastNotification{m_db, "last_notification"};
    Statement m_unindexedRows{m_db, "unindexed_rows"};
    Statement m_unindexedChanges{m_db, "unindexed_changes"};
    Statement m_logRows{m_db, "log_rows"};
    Statement m_createdRows{m_db, "created_rows"};
    Statement m_due{m_db, "due"};
    Statement m_nextDue{m_db, "next_due"};
    Statement m_logOf{m_db, "log_of"};
    Statement m_cursors{m_db, "cursors"};
    Statement m_record{m_db, "record"};
    Statement m_allUsers{m_db, "all_users"};
    Statement m_preferencesById{m_db, "preferences_by_id"};
    Statement m_topics{m_db, "topics"};
    Statement m_topic{m_db, "topic"};
    Statement m_topicUsers{m_db, "topic_users"};
    Statement m_keys{m_db, "keys"};
    Statement m_findAnswer{m_db, "find_answer"};
    SqlWebhookReads<Database, Statement, Query> m_webhooks{m_db};
    SqlSessionReads<Database, Statement, Query> m_sessions{m_db};
    SqlPeopleReads<Database, Statement, Query> m_people{m_db};
    SqlRegistryReads<RegistryReads, Database, Statement, Query> m_registry{m_db};
    SqlOperationsReads<Database, Statement, Query, SqlitePage> m_operations{m_db};
    SqlRetentionReads<Database, Statement, Query> m_retention{m_db};
};
} // namespace belfry::store
