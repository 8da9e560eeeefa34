#pragma once

#include "store/memory/memory_dialect.h"
#include "store/memory/memory_erasures.h"
#include "store/memory/memory_people.h"
#include "store/memory/memory_registry.h"
#include "store/memory/memory_sessions.h"
#include "store/memory/memory_webhooks.h"

namespace belfry::store {
class MemoryWriter final : public WriteTx
{
public:
    explicit MemoryWriter(std::shared_ptr<MemoryShared> shared)
        : m_shared(std::move(shared))
    {
    }

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
    [[nodiscard]] Result<MemoryState::TopicRow *> topic(const model::TopicName &name);

    std::shared_ptr<MemoryShared> m_shared;
    std::shared_ptr<MemoryState> m_state; ///< the transaction's copy
    MemoryWebhookWrites m_webhooks{m_state};
    MemorySessionWrites m_sessions{m_state};
    MemoryPeopleWrites m_people{m_state};
    MemoryErasureWrites m_erasures{m_state};
    MemoryRegistryWrites m_registry{m_state};
};
} // namespace belfry::store
