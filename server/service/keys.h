#pragma once

#include "auth/authenticator.h"
#include "ports/store.h"

#include <chrono>

namespace belfry::service {
using runtime::Loop;
using runtime::Reply;

/// API keys (semantics 19, decisions H03). Any loop; after each change the authenticator knows it before the
/// reply comes. Scopes admin:read, admin:write.
class Keys
{
public:
    Keys(ports::Store &store, auth::Authenticator &authenticator, const runtime::Clock &clock);

    struct NewKey
    {
        model::Text name;
        auth::Scopes scopes;
        model::MaybeInstant expiresAt;
        bool bootstrap = false;
    };
    struct Made
    {
        ports::ApiKey record;
        QByteArray key; ///< the secret itself: only here
    };
    /// Forbidden: a scope that the maker lacks. Invalid: no name, no scope, an end in the past.
    void create(Loop &home, const auth::Principal &who, NewKey wish, Reply<model::Result<Made>> reply);
    void list(Loop &home, const auth::Principal &who, Reply<model::Result<std::vector<ports::ApiKey>>> reply);
    /// NotFound.
    void revoke(Loop &home, const auth::Principal &who, model::Text id, Reply<model::VoidResult> reply);
    /// Reads all keys into the authenticator: at start.
    void load(Loop &home, Reply<model::VoidResult> reply);
    /// Goes on reading them where other processes change them too (several servers, `belfryd keys revoke`): a
    /// revoked key is good for that long at most. `home` runs no more once this is gone.
    void follow(Loop &home, std::chrono::milliseconds every = std::chrono::seconds(2));

private:
    ports::Store &m_store;
    auth::Authenticator &m_authenticator;
    const runtime::Clock &m_clock;
};
} // namespace belfry::service
