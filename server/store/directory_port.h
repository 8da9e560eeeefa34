#pragma once

#include "runtime/clock.h"
#include "store/readers.h"
#include "store/writer_lane.h"

namespace belfry::store {
class DirectoryPort final : public ports::Directory
{
public:
    /// Ids, and the place after which the next page begins.
    using Page = std::pair<std::vector<model::UserId>, qint64>;

    DirectoryPort(WriterLane &lane, Readers &readers, const runtime::Clock &clock);

    /// Before anyone asks.
    void setEpoch(model::Epoch epoch) { m_epoch = std::move(epoch); }
    model::Epoch epoch() const override { return m_epoch; }

    void createUser(ports::Loop &home, ports::UserRecord user,
                    ports::Reply<Result<ports::UserRecord>> reply) override;
    void users(ports::Loop &home, std::vector<model::UserId> ids,
               ports::Reply<Result<std::vector<ports::UserRecord>>> reply) override;
    void allUsers(ports::Loop &home, qint64 after, int limit, ports::Reply<Result<Page>> reply) override;

    void preferences(ports::Loop &home, std::vector<model::UserId> users,
                     ports::Reply<Result<std::vector<ports::StoredPreferences>>> reply) override;
    void putPreferences(ports::Loop &home, ports::PreferencesWrite wish, model::Instant now,
                        ports::Reply<Result<ports::StoredPreferences>> reply) override;

    void putTopic(ports::Loop &home, ports::Topic topic, ports::Reply<Result<bool>> reply) override;
    void topics(ports::Loop &home, ports::Reply<Result<std::vector<ports::Topic>>> reply) override;
    void topic(ports::Loop &home, model::TopicName name, ports::Reply<Result<ports::Topic>> reply) override;
    void removeTopic(ports::Loop &home, model::TopicName name, ports::Reply<VoidResult> reply) override;
    void subscribe(ports::Loop &home, ports::Subscription wish, model::Instant now,
                   ports::Reply<VoidResult> reply) override;
    void subscribers(ports::Loop &home, model::TopicName topic, qint64 after, int limit,
                     ports::Reply<Result<Page>> reply) override;

    void addJob(ports::Loop &home, ports::FanoutJob job,
                ports::Reply<Result<ports::SubmitResult>> reply) override;
    void stepJob(ports::Loop &home, int limit, Decide decide, model::Instant now,
                 ports::Reply<Result<int>> reply) override;

    void keys(ports::Loop &home, ports::Reply<Result<std::vector<ports::ApiKey>>> reply) override;
    void addKey(ports::Loop &home, ports::ApiKey key, ports::AuditEntry entry,
                ports::Reply<VoidResult> reply) override;
    void revokeKey(ports::Loop &home, ports::KeyRevocation what, ports::AuditEntry entry,
                   ports::Reply<VoidResult> reply) override;
    void noteKeyUses(ports::Loop &home, std::vector<ports::KeyUse> uses, model::Instant now,
                     ports::Reply<VoidResult> reply) override;
    void rotateKey(ports::Loop &home, ports::KeyRotation rotation, ports::AuditEntry entry,
                   ports::Reply<Result<ports::ApiKey>> reply) override;

    void findAnswer(ports::Loop &home, ports::IdempotencyKey key, model::Instant now,
                    ports::Reply<Result<std::optional<ports::StoredAnswer>>> reply) override;
    void keepAnswer(ports::Loop &home, ports::IdempotencyKey key, ports::StoredAnswer answer,
                    model::Instant now, ports::Reply<VoidResult> reply) override;

private:
    template<typename T>
    void write(ports::Loop &home, model::Instant now, ports::Reply<Result<T>> reply,
               std::function<void(Needs &)> want, std::function<Result<T>(Workspace &)> plan);

    WriterLane &m_lane;
    Readers &m_readers;
    const runtime::Clock &m_clock;
    model::Epoch m_epoch;
};
} // namespace belfry::store
