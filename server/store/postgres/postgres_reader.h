#pragma once

#include "store/operations_sql.h"
#include "store/people_sql.h"
#include "store/postgres/pg_connection.h"
#include "store/postgres/pg_row_io.h"
#include "store/read_session.h"
#include "store/registry_sql.h"
#include "store/retention_sql.h"
#include "store/session_sql.h"
#include "store/webhook_sql.h"

namespace belfry::store {
class PostgresReader final : public ReadSession
{
public:
    explicit PostgresReader(PgTarget target);
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
    [[nodiscard]] VoidResult listScheduled(const ListQuery &query, std::vector<NotificationRow> &out);
    [[nodiscard]] VoidResult searchScheduled(const ListQuery &query, std::vector<NotificationRow> &out);

    PgConnection m_db;
    PgStatement m_usersById{m_db, "users_by_id"};
    PgStatement m_notificationsById{m_db, "notifications_by_id"};
    PgStatement m_moreNotifications = pageStatement(m_db, "notifications_by_id", "pos");
    PgStatement m_notificationByLegacyId{m_db, "notification_by_legacy_id"};
    PgPage m_list{m_db, "list", "created_seq DESC"};
    PgPage m_listScheduled{m_db, "list_scheduled", "scheduled_for, id"};
    PgPage m_search{m_db, "search", "created_seq DESC"};
    PgStatement m_searchScheduled = pageStatement(m_db, "list_scheduled", "scheduled_for, id");
    PgStatement m_logRows{m_db, "log_rows"};
    PgPage m_createdRows{m_db, "created_rows", "created_seq"};
    PgStatement m_due = pageStatement(m_db, "due", "due_at");
    PgStatement m_nextDue{m_db, "next_due"};
    PgStatement m_logOf{m_db, "log_of"};
    PgStatement m_cursors{m_db, "cursors"};
    PgStatement m_records{m_db, "records"};
    PgStatement m_allUsers{m_db, "all_users"};
    PgStatement m_preferencesById{m_db, "preferences_by_id"};
    PgStatement m_topics{m_db, "topics"};
    PgStatement m_topic{m_db, "topic"};
    PgStatement m_topicUsers{m_db, "topic_users"};
    PgStatement m_keys{m_db, "keys"};
    PgStatement m_findAnswer{m_db, "find_answer"};
    SqlWebhookReads<PgConnection, PgStatement, PgQuery> m_webhooks{m_db};
    SqlSessionReads<PgConnection, PgStatement, PgQuery> m_sessions{m_db};
    SqlPeopleReads<PgConnection, PgStatement, PgQuery> m_people{m_db};
    SqlRegistryReads<RegistryReads, PgConnection, PgStatement, PgQuery> m_registry{m_db};
    SqlOperationsReads<PgConnection, PgStatement, PgQuery, PgPage> m_operations{m_db};
    SqlRetentionReads<PgConnection, PgStatement, PgQuery> m_retention{m_db};
};
} // namespace belfry::store
