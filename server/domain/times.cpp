#include "domain/times.h"

namespace belfry::domain {
using model::ErrorCode;
using model::failField;
using model::Instant;
using model::MaybeInstant;
using model::VoidResult;

namespace {
VoidResult checkTtl(const WishedTimes &wish, bool scheduled)
{
    if (!wish.ttl)
        return {};
    if (wish.ttl->count() < 0 || *wish.ttl > ttlLimit)
        return failField(ErrorCode::Invalid, "/ttl", "must be 0 to 316224000 seconds");
    if (wish.ttl->count() == 0 && scheduled)
        return failField(ErrorCode::Invalid, "/ttl", "0 (live only) can't be combined with scheduled_for");
    return {};
}

VoidResult checkEnd(const WishedTimes &wish, Instant now)
{
    if (!wish.expiresAt)
        return {};
    if (wish.scheduledFor && *wish.expiresAt <= *wish.scheduledFor)
        return failField(ErrorCode::Invalid, "/expires_at", "must be after scheduled_for");
    if (*wish.expiresAt <= now)
        return failField(ErrorCode::Invalid, "/expires_at", "must be in the future");
    return {};
}

MaybeInstant endOf(const WishedTimes &wish, Instant start)
{
    if (!wish.ttl)
        return wish.expiresAt ? wish.expiresAt : MaybeInstant(start + defaultTtl);
    const Instant byTtl = start + *wish.ttl;
    return wish.expiresAt ? std::min(byTtl, *wish.expiresAt) : byTtl;
}
} // namespace

model::Result<Times> resolveTimes(const WishedTimes &wish, Instant now)
{
    if (VoidResult ok = checkTtl(wish, wish.scheduledFor.has_value()); !ok)
        return tl::unexpected(std::move(ok.error()));
    if (wish.scheduledFor && *wish.scheduledFor > now + scheduleLimit)
        return failField(ErrorCode::Invalid, "/scheduled_for", "must be at most one year ahead");
    if (VoidResult ok = checkEnd(wish, now); !ok)
        return tl::unexpected(std::move(ok.error()));

    Times times;
    if (wish.scheduledFor && *wish.scheduledFor > now)
        times.scheduledFor = wish.scheduledFor;
    times.liveOnly = wish.ttl && wish.ttl->count() == 0;
    times.expiresAt = endOf(wish, times.scheduledFor.value_or(now));
    return times;
}
} // namespace belfry::domain
