#pragma once

#include "auth/principal.h"
#include "ports/cache.h"
#include "service/settings.h"

namespace belfry::service {
/// The caller's token buckets (semantics 18, decisions H04). Any thread.
class Limits
{
public:
    Limits(ports::Cache &cache, const LimitSettings &settings);

    /// Where the bucket stands, for the RateLimit fields; `quota` 0: the bucket is off, no fields.
    struct Standing
    {
        bool allowed = true;
        qint64 quota = 0;  ///< burst: the most that can be left
        qint64 window = 0; ///< seconds in which an empty bucket fills up
        qint64 remaining = 0;
        std::chrono::seconds reset{0};      ///< until it is full again
        std::chrono::seconds retryAfter{0}; ///< not allowed: at least 1
        const char *of = "requests";        ///< what is counted, for people
    };
    /// One request of this principal (a bucket each: key, user, or anonymous peer address). /health and
    /// /metrics are not to be counted.
    [[nodiscard]] Standing request(const auth::Principal &who);
    /// Whom a batch or a list of users goes to, besides the request: each makes a notification of its own. An
    /// item that names nobody counts as one.
    [[nodiscard]] Standing recipients(const auth::Principal &who, std::size_t count);

    /// RateLimited with retryAfter.
    [[nodiscard]] static model::Error refusal(const Standing &standing);

private:
    Standing take(QByteArrayView kind, const auth::Principal &who, double tokens, double rate, double burst);

    ports::Cache &m_cache;
    const LimitSettings &m_settings;
};
} // namespace belfry::service
