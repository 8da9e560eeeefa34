#pragma once

#include "model/result.h"
#include "model/role.h"
#include "model/strong_id.h"
#include "ports/audit.h"
#include "runtime/loop.h"

#include <optional>
#include <vector>

namespace belfry::ports {
using runtime::Loop;
using runtime::Reply;

/// A user as an administrator knows one (decisions H48, H62). Empty texts: not told.
struct Person
{
    model::UserId id;
    model::Text name;
    model::Text email; ///< folded; nobody else has it
    model::Text phone;
    model::Text locale;
    model::Role role = model::Role::User;
    bool hasPassword = false;
    model::Instant createdAt;
    model::MaybeInstant disabledAt; ///< since then nobody signs in as this one
    bool erasing = false;           ///< is being forgotten
    model::MaybeInstant erasedAt;   ///< was forgotten then; what is known of this one came later
    friend bool operator==(const Person &, const Person &) = default;
};

struct NewPerson
{
    Person person; ///< id empty: the next integer above all numeric ones (H66)
    QByteArray passwordHash;
    model::Role upTo = model::Role::User; ///< the highest role that may be given
};

/// What is absent stays.
struct PersonChange
{
    model::UserId id;
    std::optional<model::Text> name, email, phone, locale; ///< empty: taken away
    std::optional<QByteArray> passwordHash;                ///< empty: there is none any more
    std::optional<model::Role> role;
    std::optional<bool> disabled;
    model::Role upTo = model::Role::User; ///< the highest role that may be given, or be touched at all
};

struct PeopleQuery
{
    qint64 after = 0; ///< of the page before
    int limit = 50;
    model::Text search; ///< words, or beginnings of words, of id, name and mail; empty: everybody
};

struct PeoplePage
{
    std::vector<Person> people;
    qint64 next = 0; ///< 0: this was the last page. A page of a search may be short, or empty, and go on.
};

/// What a step of the erasures did.
struct ErasureStep
{
    bool worked = false; ///< false: there is none to go on with
    bool webhooksChanged = false;
};

/// Who of the people that are signed in is more than a user, and whose session is over.
struct Standings
{
    struct Privileged
    {
        model::Text id; ///< of the session
        model::UserId user;
        model::Role role = model::Role::User;
    };
    std::vector<Privileged> privileged;
    std::vector<model::Text> ended; ///< sessions
};

/// People as administrators see and change them; each change stands in the audit log by the same transaction,
/// at the time of its entry. Threads, replies and common errors as Inbox.
class People
{
public:
    virtual ~People() = default;

    /// Conflict, naming the member: the id or the mail is taken. Forbidden: the role is above `upTo`.
    virtual void add(Loop &home, NewPerson wish, AuditEntry entry, Reply<model::Result<Person>> reply) = 0;
    /// A new password, and being disabled, ends all sessions of this one. NotFound; Conflict: the mail is
    /// taken; Forbidden: this one has, or would get, a role above `upTo`.
    virtual void change(Loop &home, PersonChange wish, AuditEntry entry,
                        Reply<model::Result<Person>> reply) = 0;
    /// Forgets what tells of the person and ends the sessions now, the rest by stepErasure(). A repeat begins
    /// anew only when the one before is over. NotFound; Forbidden: the role is above `upTo`.
    virtual void erase(Loop &home, model::UserId id, model::Role upTo, AuditEntry entry,
                       Reply<model::VoidResult> reply) = 0;
    /// The next step of the oldest erasure, about `limit` rows in one transaction; no two servers work on the
    /// same. Notifications go as recalled ones do, their entries of the log say no more than that something
    /// was there; then deliveries, webhooks, subscriptions, cursors, ops, keys and answers. What came after
    /// the erasure was asked for stays (H62).
    virtual void stepErasure(Loop &home, int limit, model::Instant now,
                             Reply<model::Result<ErasureStep>> reply) = 0;
    /// NotFound.
    virtual void find(Loop &home, model::UserId id, Reply<model::Result<Person>> reply) = 0;
    /// In the order in which they came. A search looks at so many people at most, before the page ends.
    virtual void page(Loop &home, PeopleQuery query, Reply<model::Result<PeoplePage>> reply) = 0;
    static constexpr int searchedPerPage = 20'000;

    /// Sessions that live at `now`, and those that were ended after `endedSince`.
    virtual void standings(Loop &home, model::Instant now, model::Instant endedSince,
                           Reply<model::Result<Standings>> reply) = 0;
};
} // namespace belfry::ports
