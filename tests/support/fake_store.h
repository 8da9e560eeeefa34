#pragma once

#include "ports/store.h"

#include <functional>
#include <map>
#include <set>

namespace belfry::test {
using model::Result;
using model::VoidResult;
using runtime::Loop;
using runtime::Reply;

/// A store for tests of what stands above it: records what it is asked and answers by a few plain members, on
/// the caller's loop in a later turn, as a real one does. Single-threaded. It knows no rules: for those there
/// is the in-memory database of server/store.
class FakeStore : public ports::Store,
                  private ports::Inbox,
                  private ports::Directory,
                  private ports::Webhooks,
                  private ports::Registry,
                  private ports::Retention
{
public:
    // What was asked.
    std::vector<ports::Submit> submits;
    std::vector<ports::FanoutJob> jobs;
    std::vector<ports::Patch> patches;
    std::vector<model::NotificationId> recalls, cancels;
    struct OpsCall
    {
        model::UserId user;
        std::vector<model::Op> ops;
    };
    std::vector<OpsCall> opsCalls;
    std::function<bool()> supersedes; ///< asked at each call of applyOps: do its ops lose? None: they do not
    struct CursorMove
    {
        model::UserId user;
        model::DeviceId device;
        model::Seq seq = 0;
    };
    std::vector<CursorMove> cursorMoves;
    std::vector<ports::InboxQuery> queries;
    std::vector<std::size_t> preferenceReads, logStateReads; ///< users of each call
    std::vector<ports::Settle> settled;
    std::vector<int> jobSteps; ///< limits
    ports::Directory::Decide lastDecide;
    int dueReads = 0;
    int keyReads = 0;

    // What it answers.
    std::optional<model::Error> failWith; ///< every call fails with this
    /// Fails the submit to this user only.
    std::optional<model::UserId> failSubmitTo;
    std::map<model::UserId, model::Preferences> documents;
    std::map<model::UserId, ports::LogState> logs;
    std::map<model::UserId, ports::UserRecord> knownPeople;
    std::map<model::TopicName, std::vector<model::UserId>> topicUsers;
    std::map<model::NotificationId, model::Notification> items;
    std::map<model::UserId, std::vector<model::Notification>> lists; ///< newest first
    std::map<QByteArray, std::pair<QByteArray, ports::StoredAnswer>>
        answers;                  ///< by scope + key: body hash, answer
    std::set<QByteArray> dedupes; ///< "user key": stored already
    std::vector<ports::ApiKey> apiKeys;
    std::vector<ports::KeyUse> keyUses;
    std::vector<ports::AuditEntry> audit;   ///< of key changes
    std::vector<ports::Webhook> registered; ///< webhooks
    std::vector<ports::DeliveryClaim> claims;
    std::vector<ports::DeliveryOutcome> outcomes;
    std::vector<ports::DeliveryFilter> deliveryReads;
    std::vector<ports::DueItem> dueItems; ///< ascending
    int mostDue = 1'000'000;              ///< as if no more had room in a batch
    bool settleNothing = false;
    std::map<model::Text, ports::Category> kinds; ///< categories
    bool holdReads = false; ///< of categories and webhooks: each is answered by calling its heldReads
    std::vector<std::function<void()>> heldReads;
    std::map<std::pair<model::UserId, model::DeviceId>, ports::Device> installations;
    std::vector<ports::SweepStep> sweeps;
    std::map<ports::Shelf, int> overdue; ///< rows that a sweep of this shelf still removes
    int jobRecipientsLeft = 0;
    bool exclusive = true;

    [[nodiscard]] VoidResult start() override { return {}; }
    void stop() override {}
    [[nodiscard]] ports::Inbox &inbox() override { return *this; }
    [[nodiscard]] ports::Directory &directory() override { return *this; }
    [[nodiscard]] ports::Webhooks &webhooks() override { return *this; }
    [[nodiscard]] ports::Sessions &sessions() override { qFatal("nobody signs in at the fake store"); }
    [[nodiscard]] ports::People &people() override { qFatal("nobody administers the fake store"); }
    [[nodiscard]] ports::Operations &operations() override { qFatal("no operator looks at the fake store"); }
    [[nodiscard]] ports::Registry &registry() override { return *this; }
    [[nodiscard]] ports::Retention &retention() override { return *this; }
    void setCommitListener(ports::CommitListener *) override {}
    void setOutboxEncoder(const ports::OutboxEncoder *) override {}
    [[nodiscard]] bool isExclusive() const override { return exclusive; }
    [[nodiscard]] Health health() const override { return {true, {}}; }
    [[nodiscard]] ports::StoreProbe &probe() override { return m_probe; }

private:
    template<typename T>
    void answer(Loop &home, Reply<Result<T>> reply, Result<T> result);
    template<typename T>
    void answerOrHold(Loop &home, Reply<Result<T>> reply, T all);

    // Inbox
    void submit(Loop &home, ports::Submit submit, Reply<Result<ports::SubmitResult>> reply) override;
    void patch(Loop &home, ports::Patch patch, Reply<Result<model::Notification>> reply) override;
    void recall(Loop &home, model::NotificationId id, model::Instant now,
                Reply<Result<model::Notification>> reply) override;
    void cancel(Loop &home, model::NotificationId id, model::Instant now,
                Reply<Result<model::Notification>> reply) override;
    void applyOps(Loop &home, model::UserId user, std::vector<model::Op> ops, model::Instant now,
                  Reply<Result<ports::OpsResult>> reply) override;
    void moveCursor(model::UserId user, model::DeviceId device, model::Seq seq, model::Instant now) override;
    void settle(Loop &home, std::vector<ports::Settle> items, model::Instant now,
                Reply<Result<int>> reply) override;
    void list(Loop &home, ports::InboxQuery query, Reply<Result<ports::InboxPage>> reply) override;
    void item(Loop &home, model::NotificationId id, Reply<Result<model::Notification>> reply) override;
    void itemByLegacyId(Loop &home, model::UserId user, qint32 legacyId,
                        Reply<Result<model::Notification>> reply) override;
    void assignLegacyIds(Loop &home, std::vector<model::NotificationId> ids,
                         Reply<Result<std::vector<qint32>>> reply) override;
    void logStates(Loop &home, std::vector<model::UserId> users,
                   Reply<Result<std::vector<ports::LogState>>> reply) override;
    void log(Loop &home, model::UserId user, model::Seq since, int limit,
             Reply<Result<ports::LogPage>> reply) override;
    void due(Loop &home, model::Instant now, int limit, Reply<Result<ports::DueBatch>> reply) override;
    void timeline(Loop &home, model::NotificationId id, Reply<Result<ports::Timeline>> reply) override;

    // Directory
    [[nodiscard]] model::Epoch epoch() const override { return {"fake-epoch"}; }
    void createUser(Loop &home, ports::UserRecord user, Reply<Result<ports::UserRecord>> reply) override;
    void users(Loop &home, std::vector<model::UserId> ids,
               Reply<Result<std::vector<ports::UserRecord>>> reply) override;
    using UserPage = std::pair<std::vector<model::UserId>, qint64>;
    void allUsers(Loop &home, qint64 after, int limit, Reply<Result<UserPage>> reply) override;
    void preferences(Loop &home, std::vector<model::UserId> users,
                     Reply<Result<std::vector<ports::StoredPreferences>>> reply) override;
    void putPreferences(Loop &home, ports::PreferencesWrite wish, model::Instant now,
                        Reply<Result<ports::StoredPreferences>> reply) override;
    void putTopic(Loop &home, ports::Topic topic, Reply<Result<bool>> reply) override;
    void topics(Loop &home, Reply<Result<std::vector<ports::Topic>>> reply) override;
    void topic(Loop &home, model::TopicName name, Reply<Result<ports::Topic>> reply) override;
    void removeTopic(Loop &home, model::TopicName name, Reply<VoidResult> reply) override;
    void subscribe(Loop &home, ports::Subscription wish, model::Instant now,
                   Reply<VoidResult> reply) override;
    void subscribers(Loop &home, model::TopicName topic, qint64 after, int limit,
                     Reply<Result<UserPage>> reply) override;
    void addJob(Loop &home, ports::FanoutJob job, Reply<Result<ports::SubmitResult>> reply) override;
    void stepJob(Loop &home, int limit, Decide decide, model::Instant now, Reply<Result<int>> reply) override;
    void keys(Loop &home, Reply<Result<std::vector<ports::ApiKey>>> reply) override;
    void addKey(Loop &home, ports::ApiKey key, ports::AuditEntry entry, Reply<VoidResult> reply) override;
    void revokeKey(Loop &home, ports::KeyRevocation what, ports::AuditEntry entry,
                   Reply<VoidResult> reply) override;
    void rotateKey(Loop &home, ports::KeyRotation rotation, ports::AuditEntry entry,
                   Reply<Result<ports::ApiKey>> reply) override;
    void noteKeyUses(Loop &home, std::vector<ports::KeyUse> uses, model::Instant now,
                     Reply<VoidResult> reply) override;
    void findAnswer(Loop &home, ports::IdempotencyKey key, model::Instant now,
                    Reply<Result<std::optional<ports::StoredAnswer>>> reply) override;
    void keepAnswer(Loop &home, ports::IdempotencyKey key, ports::StoredAnswer answer, model::Instant now,
                    Reply<VoidResult> reply) override;

    // Webhooks
    void webhooks(Loop &home, Reply<Result<std::vector<ports::Webhook>>> reply) override;
    void addWebhook(Loop &home, ports::Webhook webhook, Reply<VoidResult> reply) override;
    void changeWebhook(Loop &home, ports::WebhookChange change, model::Instant now,
                       Reply<Result<ports::Webhook>> reply) override;
    void removeWebhook(Loop &home, ports::WebhookId id, model::Instant now, Reply<VoidResult> reply) override;

    void claimDeliveries(Loop &home, ports::DeliveryClaim claim, model::Instant now,
                         Reply<Result<ports::DueDeliveries>> reply) override;
    void settleDeliveries(Loop &home, std::vector<ports::DeliveryOutcome> outcomes, model::Instant now,
                          Reply<VoidResult> reply) override;
    void releaseDeliveries(Loop &home, model::Instant now, Reply<VoidResult> reply) override;
    void setDeliveryListener(std::function<void()>) override {}
    void deliveries(Loop &home, ports::DeliveryFilter filter, qint64 before, int limit,
                    Reply<Result<ports::DeliveryPage>> reply) override;
    void redrive(Loop &home, std::vector<ports::DeliveryId> ids, ports::DeliveryFilter filter, int limit,
                 model::Instant now, Reply<Result<int>> reply) override;

    // Registry
    void categories(Loop &home, Reply<Result<std::vector<ports::Category>>> reply) override;
    void putCategory(Loop &home, ports::Category category, Reply<Result<ports::Category>> reply) override;
    void removeCategory(Loop &home, model::Text name, model::Instant now, Reply<VoidResult> reply) override;
    void devices(Loop &home, model::UserId user, Reply<Result<std::vector<ports::Device>>> reply) override;
    void putDevice(Loop &home, ports::Device device, bool makeUser,
                   Reply<Result<ports::Device>> reply) override;
    void removeDevice(Loop &home, ports::DeviceRemoval what, model::Instant now,
                      Reply<VoidResult> reply) override;

    // Retention
    void sweep(Loop &home, ports::SweepStep step, Reply<Result<ports::Swept>> reply) override;

    ports::SubmittedItem made(const ports::Submit &submit, const ports::Recipient &recipient);
    ports::StoreProbe m_probe;
};
} // namespace belfry::test
