#pragma once

#include "auth/scope.h"
#include "model/instant.h"
#include "model/strong_id.h"

namespace belfry::auth {
/// Who makes a request, and what that one may do.
struct Principal
{
    enum class Kind { Key, User, Anonymous };

    Kind kind = Kind::Anonymous;
    /// Key id; user id; "anonymous@<peer address>". Scope of idempotency keys, and name of the rate bucket.
    model::Text id;
    /// For people: the key's name; default `source` of what it sends.
    model::Text name;
    /// Kind::User: the only user that it reaches.
    model::UserId user;
    Scopes scopes;
    /// When it ends by itself: a token's `exp`, a key's expiry.
    model::MaybeInstant expiresAt;
    /// A person's, while the session lives in which that one has signed in here. A key's: the highest that it
    /// may give. Neither touches anybody with a higher one.
    model::Role role = model::Role::User;
    /// The API key that it comes from: itself, or the one that its ticket was made with. What it opens ends
    /// with that key (Authenticator::standingOf). Empty: none that can be revoked.
    model::Text key = {};

    [[nodiscard]] bool has(Scope scope) const { return scopes.testFlag(scope); }
    /// What it may give to an API key. A person's inbox and preferences are the own ones, a key's are
    /// everybody's: they are no person's to give (H98).
    [[nodiscard]] Scopes mayGrant() const { return kind == Kind::User ? scopes & ~personalScopes : scopes; }
    /// A user token reaches its own user only (semantics 19); keys and the anonymous reach everyone in their
    /// scopes.
    [[nodiscard]] bool reaches(const model::UserId &other) const
    {
        return kind != Kind::User || user == other;
    }
};
} // namespace belfry::auth
