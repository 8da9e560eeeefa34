#pragma once

#include "ports/sessions.h"
#include "store/rows.h"

namespace belfry::store {
using model::Result;
using model::VoidResult;

struct SessionRow
{
    ports::Session session;
    QByteArray token;    ///< hash of the secret that is good
    QByteArray previous; ///< of the one before it; of itself at first
    model::Instant rotatedAt;
};

/// The part of a ReadSession that is about people who sign in. Errors as there.
class SessionReads
{
public:
    virtual ~SessionReads() = default;

    /// The account of this mail.
    virtual Result<std::optional<ports::Account>> account(const model::Text &email) = 0;
    /// As ports::Sessions::live; `filter.before` is not empty.
    virtual VoidResult live(const ports::SessionFilter &filter, model::Instant now,
                            std::vector<ports::Session> &out) = 0;
    /// place < before, descending.
    virtual VoidResult audit(qint64 before, int limit, std::vector<ports::AuditEntry> &out) = 0;
};

/// The part of a WriteTx that is about people who sign in, and the audit log. Errors as there.
class SessionWrites
{
public:
    virtual ~SessionWrites() = default;

    virtual VoidResult insert(const SessionRow &row, UserKey user, const QByteArray &family) = 0;
    /// Nobody else changes it before this transaction ends.
    virtual Result<std::optional<SessionRow>> lock(const QByteArray &family) = 0;
    /// All but what it began with.
    virtual VoidResult save(const SessionRow &row) = 0;
    /// Revokes the one that lives, if any.
    virtual VoidResult endOfDevice(UserKey user, const model::DeviceId &device, model::Instant now) = 0;
    struct Owner
    {
        UserKey user = 0;
        bool hasEnded = false;
    };
    virtual Result<std::optional<Owner>> ownerOf(const model::Text &id) = 0;
    virtual VoidResult end(const model::Text &id, model::Instant now) = 0;
    virtual VoidResult note(const ports::AuditEntry &entry) = 0;
    /// Removes sessions that ended, and entries of the log that are older; at most `limit` of each. Answers
    /// how many went.
    virtual Result<int> purge(model::Instant endedBefore, model::Instant notedBefore, int limit) = 0;
};
} // namespace belfry::store
