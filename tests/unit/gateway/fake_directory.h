#pragma once

#include "ports/directory.h"

namespace belfry::test {
/// An epoch; everything else nobody may ask for here.
class FakeDirectory final : public ports::Directory
{
    template<typename T>
    using Answer = runtime::Reply<model::Result<T>>;
    using Done = runtime::Reply<model::VoidResult>;
    using Loop = runtime::Loop;
    using Users = std::vector<model::UserId>;

public:
    model::Epoch epoch() const override { return {"epoch-1"}; }

    void createUser(Loop &, ports::UserRecord, Answer<ports::UserRecord>) override { no(); }
    void users(Loop &, Users, Answer<std::vector<ports::UserRecord>>) override { no(); }
    void allUsers(Loop &, qint64, int, Answer<std::pair<Users, qint64>>) override { no(); }
    void preferences(Loop &, Users, Answer<std::vector<ports::StoredPreferences>>) override { no(); }
    void putPreferences(Loop &, ports::PreferencesWrite, model::Instant,
                        Answer<ports::StoredPreferences>) override
    {
        no();
    }
    void putTopic(Loop &, ports::Topic, Answer<bool>) override { no(); }
    void topics(Loop &, Answer<std::vector<ports::Topic>>) override { no(); }
    void topic(Loop &, model::TopicName, Answer<ports::Topic>) override { no(); }
    void removeTopic(Loop &, model::TopicName, Done) override { no(); }
    void subscribe(Loop &, ports::Subscription, model::Instant, Done) override { no(); }
    void subscribers(Loop &, model::TopicName, qint64, int, Answer<std::pair<Users, qint64>>) override
    {
        no();
    }
    void addJob(Loop &, ports::FanoutJob, Answer<ports::SubmitResult>) override { no(); }
    void stepJob(Loop &, int, Decide, model::Instant, Answer<int>) override { no(); }
    void keys(Loop &, Answer<std::vector<ports::ApiKey>>) override { no(); }
    void addKey(Loop &, ports::ApiKey, ports::AuditEntry, Done) override { no(); }
    void revokeKey(Loop &, ports::KeyRevocation, ports::AuditEntry, Done) override { no(); }
    void noteKeyUses(Loop &, std::vector<ports::KeyUse>, model::Instant, Done) override { no(); }
    void rotateKey(Loop &, ports::KeyRotation, ports::AuditEntry, Answer<ports::ApiKey>) override { no(); }
    void findAnswer(Loop &, ports::IdempotencyKey, model::Instant,
                    Answer<std::optional<ports::StoredAnswer>>) override
    {
        no();
    }
    void keepAnswer(Loop &, ports::IdempotencyKey, ports::StoredAnswer, model::Instant, Done) override
    {
        no();
    }

private:
    static void no() { qFatal("the gateway asked the directory for something"); }
};
} // namespace belfry::test
