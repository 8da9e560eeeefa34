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

/// What a password is checked against.
struct Account
{
    model::UserId user;
    QByteArray passwordHash; ///< Argon2id; empty: this user has no password
    model::Role role = model::Role::User;
    bool disabled = false; ///< may not sign in
};

/// A person signed in on one device (semantics 19). It lives on by its refresh token.
struct Session
{
    model::Text id;
    model::UserId user;
    model::DeviceId device;
    model::Text address; ///< where its token was last used from
    model::Instant createdAt;
    model::Instant usedAt; ///< its token, not what the tokens of access do
    model::Instant expiresAt;
    model::MaybeInstant revokedAt;
    friend bool operator==(const Session &, const Session &) = default;
};

/// What is stored of a refresh token: hashes alone. `family` is the same for all tokens of a session, so that
/// an old one still tells whose it was.
struct TokenHashes
{
    QByteArray family;
    QByteArray secret;
};

/// A refresh token is used up for the next one.
struct Rotation
{
    TokenHashes shown;
    QByteArray next; ///< hash of the secret that takes its place
    model::Instant now;
    model::Instant expiresAt;
    model::Duration grace{0}; ///< for so long the token before is taken once more (decisions H63)
    model::Text address;
};

/// Which of the sessions that live.
struct SessionFilter
{
    model::UserId user; ///< empty: everybody's
    model::Text before; ///< id of the last one of the page before; empty: from the newest
    int limit = 50;
};

/// One session, by its id, or all of a user.
struct SessionEnd
{
    model::Text id;
    model::UserId user;                   ///< where there is no id
    model::Role upTo = model::Role::User; ///< the highest role whose sessions may be ended
};

/// Sessions of people, and what is written to the audit log beside them. Threads, replies and common errors
/// as Inbox.
class Sessions
{
public:
    virtual ~Sessions() = default;

    /// The account of this mail as it is stored (folded); nothing when there is none.
    virtual void account(Loop &home, model::Text email,
                         Reply<model::Result<std::optional<Account>>> reply) = 0;
    /// Takes the place of the one that this user has on this device. NotFound: the user is gone, or may
    /// not sign in any more.
    virtual void open(Loop &home, Session session, TokenHashes token, AuditEntry entry,
                      Reply<model::VoidResult> reply) = 0;
    /// Unauthenticated: unknown, ended or expired; or one that was used before: then the session is revoked
    /// with that, and the log says so.
    virtual void rotate(Loop &home, Rotation rotation, Reply<model::Result<Session>> reply) = 0;
    /// Ends the session of this token; nothing happens when there is none, or it has ended.
    virtual void close(Loop &home, TokenHashes token, AuditEntry entry, Reply<model::VoidResult> reply) = 0;

    /// Neither ended nor expired at `now`, the newest first.
    virtual void live(Loop &home, SessionFilter filter, model::Instant now,
                      Reply<model::Result<std::vector<Session>>> reply) = 0;
    /// At the time of the entry; answers how many lived. The log hears of it unless it was none. NotFound: no
    /// such session, or user; Forbidden: the role is above `upTo`.
    virtual void end(Loop &home, SessionEnd what, AuditEntry entry, Reply<model::Result<int>> reply) = 0;

    /// An entry of the audit log that goes with no other change.
    virtual void note(Loop &home, AuditEntry entry, Reply<model::VoidResult> reply) = 0;
    /// Newest first, only those with place < before; 0: from the newest. At most `limit`.
    virtual void audit(Loop &home, qint64 before, int limit,
                       Reply<model::Result<std::vector<AuditEntry>>> reply) = 0;
};
} // namespace belfry::ports
