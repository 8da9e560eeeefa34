#pragma once

#include "auth/authenticator.h"
#include "ports/store.h"

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

private:
    ports::Store &m_store;
    auth::Authenticator &m_authenticator;
    const runtime::Clock &m_clock;
};
} // namespace belfry::service
