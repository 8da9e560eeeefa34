#pragma once

#include "ports/directory.h"

namespace belfry::ports {
/// Whom a ticket lets in.
struct TicketHolder
{
    model::UserId user;
    model::MaybeInstant endsAt; ///< of the credential that it was made with (decisions H72)
    model::Text key = {};       ///< the API key among them; empty: it was none
};

/// Derived things that are wanted often: preferences, log heads, one-use tickets, rate buckets. Losing them
/// costs time, never data (semantics 20). Any thread; the in-memory one never blocks for long.
class Cache
{
public:
    virtual ~Cache() = default;

    [[nodiscard]] virtual std::shared_ptr<const model::Preferences>
    preferences(const model::UserId &user) const = 0;
    virtual void keepPreferences(const model::UserId &user,
                                 std::shared_ptr<const model::Preferences> document) = 0;
    virtual void dropPreferences(const model::UserId &user) = 0;

    [[nodiscard]] virtual std::optional<LogState> logState(const model::UserId &user) const = 0;
    /// Kept only when its head is not below the one that is there.
    virtual void keepLogState(const model::UserId &user, const LogState &state) = 0;

    /// A ticket is good for one use within its life (decisions H27).
    virtual void keepTicket(const QByteArray &hash, const TicketHolder &holder, model::Instant until) = 0;
    [[nodiscard]] virtual std::optional<TicketHolder> takeTicket(const QByteArray &hash,
                                                                 model::Instant now) = 0;

    /// Token bucket (semantics 18). `rate` tokens a second, at most `burst`. Answers what is left, or how
    /// long to wait. Fewer than 0 `tokens` give back what was taken. The cache has the time: it outlives a
    /// wall clock that is set.
    struct Bucket
    {
        bool allowed = true;
        double remaining = 0;
        std::chrono::milliseconds retryAfter{0};
    };
    [[nodiscard]] virtual Bucket take(const QByteArray &name, double tokens, double rate, double burst) = 0;
};
} // namespace belfry::ports
