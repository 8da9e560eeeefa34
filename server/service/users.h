#pragma once

#include "auth/principal.h"
#include "ports/store.h"
#include "runtime/clock.h"
#include "service/password_work.h"

namespace belfry::service {
using runtime::Loop;
using runtime::Reply;

struct NewUser
{
    model::Text name;
    model::Text email;
    model::Text password;
};

/// One mailbox, however it is typed: the form that is stored and looked for.
[[nodiscard]] model::Text foldedEmail(const model::Text &email);

/// People and their names. Any loop.
class Users
{
public:
    Users(ports::Store &store, PasswordWork &passwords, const runtime::Clock &clock);

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
    PasswordWork &m_passwords;
    const runtime::Clock &m_clock;
};
} // namespace belfry::service
