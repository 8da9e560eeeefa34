#pragma once

#include "auth/principal.h"
#include "ports/store.h"
#include "runtime/clock.h"
#include "runtime/loop_thread.h"

#include <atomic>

namespace belfry::service {
using runtime::Loop;
using runtime::Reply;

struct NewUser
{
    model::Text name;
    model::Text email;
    model::Text password;
};

/// People and their names. Any loop; passwords are hashed (Argon2id) on a thread of its own, which runs from
/// construction to destruction.
class Users
{
public:
    /// At most `maxWaiting` passwords wait to be hashed; more are refused.
    Users(ports::Store &store, const runtime::Clock &clock, int maxWaiting = 32);
    ~Users();

    /// S2's /createUser: the id is the next integer (H66). Scope users:write. Malformed, naming the member:
    /// one is empty or over its limit (S2 answers 400, H13). Conflict: the email is taken (compared without
    /// case). Overloaded: too many passwords wait.
    void create(Loop &home, const auth::Principal &who, NewUser user,
                Reply<model::Result<ports::UserRecord>> reply);

    /// In order; those nobody knows have the id and no name. No scope: for answers that name people.
    void names(Loop &home, std::vector<model::UserId> ids,
               Reply<model::Result<std::vector<ports::UserRecord>>> reply);

private:
    void store(Loop &home, NewUser user, QByteArray hash, Reply<model::Result<ports::UserRecord>> reply);

    ports::Store &m_store;
    const runtime::Clock &m_clock;
    const int m_maxWaiting;
    std::atomic<int> m_waiting{0};
    runtime::LoopThread m_hashing;
};
} // namespace belfry::service
