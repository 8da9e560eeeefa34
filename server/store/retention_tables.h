#pragma once

#include "store/rows.h"

namespace belfry::store {
using model::Result;
using model::VoidResult;

/// What decides about a notification that has been here for long.
struct AgedRow
{
    model::NotificationId id;
    model::Text type;
    model::State state = model::State::Accepted;
    model::Instant createdAt;
    model::Instant placedAt;
    bool wanted = false; ///< it has to stay all the same
};

/// The entries of a user's log.
struct LogRange
{
    UserKey key = 0;
    model::UserId user;
    model::Seq floor = 1;
    model::Seq head = 0;
};

/// The log of this user begins at `floor`; for rows: those below it go.
struct LogCut
{
    model::UserId user;
    model::Seq floor = 1;
    friend bool operator==(const LogCut &, const LogCut &) = default;
};

/// An entry of the log, or one of two rows of the same seq: then the later counts.
struct LogAge
{
    model::Seq seq = 0;
    model::Instant at;
};

/// The part of a ReadSession that finds what may go. Errors as there.
class RetentionReads
{
public:
    virtual ~RetentionReads() = default;

    /// id > after, ascending: in the order of their making.
    virtual VoidResult aged(const model::NotificationId &after, int limit, std::vector<AgedRow> &out) = 0;
    /// Those that their users deleted before; the longest first; not what has to stay all the same.
    virtual VoidResult deleted(model::Instant before, int limit, std::vector<model::NotificationId> &out) = 0;
    /// Of users with key > after, ascending.
    virtual VoidResult logs(UserKey after, int limit, std::vector<LogRange> &out) = 0;
    /// From `from` on, ascending by seq.
    virtual VoidResult ages(UserKey user, model::Seq from, int limit, std::vector<LogAge> &out) = 0;
};
} // namespace belfry::store
