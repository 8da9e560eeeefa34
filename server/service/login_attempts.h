#pragma once

#include "model/result.h"
#include "ports/cache.h"

namespace belfry::service {
/// Where a request to sign in comes from.
struct Origin
{
    model::Text address; ///< for the audit log
    model::Text network; ///< what counts as one place: the address, of IPv6 its /64
};

/// Holds up who guesses: 10 failures per account and per place, which come back one every 90 s, so 10 in any
/// 15 min on the long run (decisions H63). An attempt counts as a failure until it has succeeded, so that
/// many at a time are no way around. Any thread.
class LoginAttempts
{
public:
    explicit LoginAttempts(ports::Cache &cache)
        : m_cache(cache)
    {
    }

    /// `account`: what was typed, folded; also of whom nobody knows. RateLimited.
    [[nodiscard]] model::VoidResult begin(const model::Text &account, const Origin &origin);
    /// It was none: it succeeded, or nothing was looked at.
    void forgive(const model::Text &account, const Origin &origin);

    /// The same for what can't be guessed, whose failures only cost work: many of one place at a time are
    /// fine, such as after a restart.
    [[nodiscard]] model::VoidResult look(const Origin &origin);
    void failed(const Origin &origin);

private:
    ports::Cache &m_cache;
};
} // namespace belfry::service
