#pragma once

#include "auth/authenticator.h"
#include "ports/store.h"
#include "service/audit.h"

#include <chrono>

namespace belfry::service {
using runtime::Loop;
using runtime::Reply;

/// API keys (semantics 19, decisions H03); each change stands in the audit log, `address` is where it came
/// from. Any loop; after each change the authenticator knows it before the
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
    /// Forbidden: a scope that the maker may not give (auth::Principal::mayGrant). Invalid: no name, no
    /// scope, an end in the past.
    void create(Loop &home, const auth::Principal &who, const model::Text &address, NewKey wish,
                Reply<model::Result<Made>> reply);
    void list(Loop &home, const auth::Principal &who, Reply<model::Result<std::vector<ports::ApiKey>>> reply);
    /// NotFound; Forbidden: it has a scope that `who` lacks, or is the bootstrap key, which an owner ends.
    void revoke(Loop &home, const auth::Principal &who, const model::Text &address, model::Text id,
                Reply<model::VoidResult> reply);
    /// A new key in the place of one that stays good for `overlap` (0 s to 7 d). NotFound; Forbidden: it has
    /// a scope that `who` may not give; Conflict: it is no longer good, or was rotated before, or is the
    /// bootstrap key.
    void rotate(Loop &home, const auth::Principal &who, const model::Text &address, const model::Text &id,
                std::chrono::seconds overlap, Reply<model::Result<Made>> reply);
    static constexpr std::chrono::hours usualOverlap{24};
    static constexpr std::chrono::hours longestOverlap{7 * 24};

    /// Reads all keys into the authenticator: at start.
    void load(Loop &home, Reply<model::VoidResult> reply);
    /// Goes on reading them where other processes change them too (several servers, `belfryd keys revoke`): a
    /// revoked key is good for that long at most. `home` runs no more once this is gone.
    void follow(Loop &home, std::chrono::milliseconds every = std::chrono::seconds(2));

    /// Writes down now and then when keys were used, off the way of their requests. `home` runs no more once
    /// this is gone.
    void followUses(Loop &home, std::chrono::milliseconds every = std::chrono::seconds(60));
    /// The same at once, at a stop.
    void noteUses(Loop &home);

private:
    /// Answers once the authenticator knows it.
    void tell(Loop &home, Made made, Reply<model::Result<Made>> reply);

    ports::Store &m_store;
    auth::Authenticator &m_authenticator;
    const runtime::Clock &m_clock;
};
} // namespace belfry::service
