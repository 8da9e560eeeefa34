#pragma once

#include "store/read_session.h"
#include "store/webhook_tables.h"

#include <map>
#include <set>

namespace belfry::store {
/// Everything the in-memory database holds, as one value: a transaction works on a copy and puts it in the
/// place of the old one, so that it is atomic and readers keep theirs.
struct MemoryState
{
    using Place = std::pair<UserKey, model::Seq>;
    struct User
    {
        UserRow row;
        ports::UserRecord record;
        ports::Person person; ///< what the record does not say
    };
    struct Subscription
    {
        qint64 key = 0;
        UserKey user = 0;
    };
    struct TopicRow
    {
        ports::Topic topic;
        std::vector<Subscription> subscriptions; ///< ascending by key
    };

    std::map<UserKey, User> users;
    std::map<model::UserId, UserKey> userIds;
    std::map<model::NotificationId, NotificationRow> notifications;
    std::vector<OutboxRow> outbox;
    std::map<Place, model::NotificationId> places;
    std::map<Place, LogRow> log;
    std::map<std::pair<model::Text, model::Text>, AnswerRow> answers;
    std::map<std::pair<UserKey, model::OpId>, OpRow> ops;
    std::map<std::pair<UserKey, model::Text>, DedupeRow> dedupes;
    std::map<std::pair<UserKey, model::DeviceId>, CursorRow> cursors;
    std::map<UserKey, PreferencesRow> preferences;
    std::map<model::TopicName, TopicRow> topics;
    std::map<qint64, JobRow> jobs;
    std::map<model::Text, KeyRow> keys;
    std::map<ports::WebhookId, ports::Webhook> webhooks;
    std::map<qint64, DeliveryRow> deliveries;
    qint64 lastDelivery = 0;
    std::map<QByteArray, SessionRow> sessions; ///< by family
    struct Erasure
    {
        ErasureRow row;
        model::MaybeInstant doneAt;
    };
    std::map<UserKey, Erasure> erasures;
    std::map<model::Text, ports::Category> categories;
    std::map<std::pair<UserKey, model::DeviceId>, ports::Device> devices; ///< without user
    std::vector<ports::AuditEntry> audit;
    qint64 lastAudit = 0;
    qint32 legacyIds = 0;
    qint64 lastSubscription = 0;
    qint64 lastJob = 0;

    /// key 0: unknown.
    [[nodiscard]] UserRow user(const model::UserId &id) const;
    [[nodiscard]] std::optional<NotificationRow> notification(const model::NotificationId &id) const;
    [[nodiscard]] std::vector<JobTarget> usersAfter(UserKey after, UserKey upTo, int limit) const;
    [[nodiscard]] std::vector<JobTarget> subscribersAfter(const TopicRow &topic, qint64 after, qint64 upTo,
                                                          int limit) const;
    UserRow &makeUser(const model::UserId &id, model::Instant now);
    void put(const NotificationRow &row);
};
} // namespace belfry::store
