#pragma once

#include "cache/local_fanout.h"
#include "cache/memory_cache.h"
#include "service/services.h"
#include "support/answer.h"
#include "support/fake_store.h"

namespace belfry::test {
/// The use cases on a fake store, with the principals that come to them.
struct World
{
    explicit World(service::Settings settings = {})
        : services(store, cache, fanout, authenticator, clock, std::move(settings))
    {
    }

    runtime::FakeClock clock;
    FakeStore store;
    cache::MemoryCache cache{{}, clock};
    cache::LocalFanout fanout;
    auth::Authenticator authenticator{{"admin-key", "0123456789abcdef0123456789abcdef", true}, cache, clock};
    service::Services services;
    runtime::Loop home;

    [[nodiscard]] static auth::Principal key(auth::Scopes scopes = auth::allScopes)
    {
        return {auth::Principal::Kind::Key, "key-1", "Cron", {}, scopes, {}};
    }
    [[nodiscard]] static auth::Principal person(const model::UserId &user)
    {
        using auth::Scope;
        return {auth::Principal::Kind::User,
                user.text,
                {},
                user,
                Scope::InboxRead | Scope::InboxWrite | Scope::PrefsRead | Scope::PrefsWrite,
                {}};
    }
    [[nodiscard]] static auth::Principal anonymous()
    {
        using auth::Scope;
        return {auth::Principal::Kind::Anonymous,
                "anonymous@127.0.0.1",
                {},
                {},
                Scope::NotifyWrite | Scope::InboxRead | Scope::InboxWrite,
                {}};
    }
};

/// A committed log entry.
[[nodiscard]] inline std::shared_ptr<const ports::CommittedBatch>
commitOf(const model::UserId &user, model::Seq seq, model::ChangeKind kind, model::Counts counts = {})
{
    ports::Committed entry;
    entry.user = user;
    entry.change.seq = seq;
    entry.change.kind = kind;
    entry.counts = counts;
    return std::make_shared<const ports::CommittedBatch>(1, entry);
}

inline const model::UserId ada{"ada"};
inline const model::UserId bob{"bob"};

[[nodiscard]] inline model::Preferences withInboxOff()
{
    model::Preferences preferences;
    preferences.matrix["*"].byChannel[std::size_t(model::Channel::InApp)] = false;
    return preferences;
}

[[nodiscard]] inline model::Preferences withToastOff()
{
    model::Preferences preferences;
    preferences.matrix["*"].byChannel[std::size_t(model::Channel::Toast)] = false;
    return preferences;
}
} // namespace belfry::test
