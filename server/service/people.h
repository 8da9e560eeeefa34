#pragma once

#include "service/audit.h"
#include "service/password_work.h"
#include "service/standings.h"

namespace belfry::service {
/// Users as administrators see and change them (decisions H48, H62). Each change stands in the audit log,
/// `address` is where it came from; what it changes of who may do what holds in this process when the reply
/// comes. Any loop. Reading: admin:read; writing: users:write and admin:write, and only of and up to one's
/// own role.
class People
{
public:
    People(ports::Store &store, PasswordWork &passwords, Standings &standings, const runtime::Clock &clock);

    /// What is absent stays as it is, or is nothing. An empty text takes away.
    struct Wish
    {
        std::optional<model::Text> name, email, phone, locale, password;
        std::optional<model::Role> role;
        std::optional<bool> disabled;
    };
    /// `id` empty: the next integer (H66). Invalid, naming the member; Conflict: id or mail are taken;
    /// Forbidden: a role above one's own; Overloaded: too many passwords wait.
    void create(Loop &home, const auth::Principal &who, const model::Text &address, model::UserId id,
                Wish wish, Reply<model::Result<ports::Person>> reply);
    /// A new password and being disabled end this one's sessions. Errors as of create; NotFound.
    void change(Loop &home, const auth::Principal &who, const model::Text &address, model::UserId id,
                Wish wish, Reply<model::Result<ports::Person>> reply);
    /// Accepted: profile and sessions are gone, the rest follows (H62). NotFound; Forbidden.
    void erase(Loop &home, const auth::Principal &who, const model::Text &address, model::UserId id,
               Reply<model::VoidResult> reply);
    /// Called on any loop when somebody is to be erased. Set before the loops start.
    void setErasureAlarm(std::function<void()> alarm) { m_erasureAsked = std::move(alarm); }
    /// NotFound.
    void get(Loop &home, const auth::Principal &who, model::UserId id,
             Reply<model::Result<ports::Person>> reply);
    /// `limit` is kept within 1–500.
    void list(Loop &home, const auth::Principal &who, ports::PeopleQuery query,
              Reply<model::Result<ports::PeoplePage>> reply);

private:
    using Hash = std::optional<QByteArray>;
    void hashed(Loop &home, std::optional<model::Text> password, Reply<model::Result<Hash>> reply);
    /// Answers once the authenticator knows it.
    void tell(Loop &home, model::Result<ports::Person> changed, Reply<model::Result<ports::Person>> reply);

    ports::Store &m_store;
    PasswordWork &m_passwords;
    Standings &m_standings;
    const runtime::Clock &m_clock;
    std::function<void()> m_erasureAsked;
};

/// Invalid, naming the member, for what no mail, telephone number, locale or password looks like. Pure.
[[nodiscard]] model::VoidResult checkPerson(const People::Wish &wish);
} // namespace belfry::service
