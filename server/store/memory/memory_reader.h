#pragma once

#include "store/memory/memory_dialect.h"
#include "store/memory/memory_operations.h"
#include "store/memory/memory_people.h"
#include "store/memory/memory_registry.h"
#include "store/memory/memory_retention.h"
#include "store/memory/memory_sessions.h"
#include "store/memory/memory_webhooks.h"

namespace belfry::store {
class MemoryReader final : public ReadSession
{
public:
    explicit MemoryReader(std::shared_ptr<MemoryShared> shared)
        : m_shared(std::move(shared))
    {
    }

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
    std::shared_ptr<MemoryShared> m_shared;
    std::shared_ptr<const MemoryState> m_state; ///< between begin() and end()
    MemoryWebhookReads m_webhooks{m_state};
    MemorySessionReads m_sessions{m_state};
    MemoryPeopleReads m_people{m_state};
    MemoryRegistryReads m_registry{m_state};
    MemoryOperationsReads m_operations{m_state};
    MemoryRetentionReads m_retention{m_state};
};
} // namespace belfry::store
