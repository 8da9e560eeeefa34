#include "cache/memory_cache.h"

#include "cache/lru_map.h"

#include <algorithm>
#include <mutex>

namespace belfry::cache {
namespace {
struct KeptDocument
{
    std::shared_ptr<const model::Preferences> document;
    runtime::SteadyTime at;
};

struct KeptTicket
{
    ports::TicketHolder holder;
    model::Instant until;
};

struct Level
{
    double tokens = 0;
    runtime::SteadyTime at;
};

double filled(const Level &level, double rate, double burst, runtime::SteadyTime now)
{
    const double passed = std::chrono::duration<double>(now - level.at).count();
    return std::min(burst, level.tokens + std::max(0.0, passed) * rate);
}
} // namespace

struct MemoryCache::Shard
{
    Shard(std::size_t users, std::size_t ticketCount, std::size_t bucketCount)
        : documents(users)
        , logStates(users)
        , tickets(ticketCount)
        , buckets(bucketCount)
    {
    }

    std::mutex mutex;
    LruMap<model::UserId, KeptDocument> documents;
    LruMap<model::UserId, ports::LogState> logStates;
    LruMap<QByteArray, KeptTicket> tickets;
    LruMap<QByteArray, Level> buckets;
};

MemoryCache::MemoryCache(Options options, const runtime::Clock &clock)
    : m_options(options)
    , m_clock(clock)
{
    const auto part = [](std::size_t all) {
        return std::max<std::size_t>(1, (all + shardCount - 1) / shardCount);
    };
    for (std::unique_ptr<Shard> &shard : m_shards)
        shard = std::make_unique<Shard>(part(options.users), part(options.tickets), part(options.buckets));
}

MemoryCache::~MemoryCache() = default;

template<typename Key>
MemoryCache::Shard &MemoryCache::shardOf(const Key &key) const
{
    return *m_shards[qHash(key, 0) % shardCount];
}

std::shared_ptr<const model::Preferences> MemoryCache::preferences(const model::UserId &user) const
{
    Shard &shard = shardOf(user);
    const std::lock_guard lock(shard.mutex);
    const KeptDocument *kept = shard.documents.find(user);
    if (!kept)
        return nullptr;
    const bool limited = m_options.preferencesLife > model::Duration(0);
    if (limited && m_clock.steady() - kept->at >= m_options.preferencesLife)
        return nullptr;
    return kept->document;
}

void MemoryCache::keepPreferences(const model::UserId &user,
                                  std::shared_ptr<const model::Preferences> document)
{
    const runtime::SteadyTime now = m_clock.steady();
    Shard &shard = shardOf(user);
    const std::lock_guard lock(shard.mutex);
    shard.documents.put(user, {std::move(document), now});
}

void MemoryCache::dropPreferences(const model::UserId &user)
{
    Shard &shard = shardOf(user);
    const std::lock_guard lock(shard.mutex);
    shard.documents.remove(user);
}

std::optional<ports::LogState> MemoryCache::logState(const model::UserId &user) const
{
    Shard &shard = shardOf(user);
    const std::lock_guard lock(shard.mutex);
    const ports::LogState *state = shard.logStates.find(user);
    return state ? std::optional(*state) : std::nullopt;
}

void MemoryCache::keepLogState(const model::UserId &user, const ports::LogState &state)
{
    Shard &shard = shardOf(user);
    const std::lock_guard lock(shard.mutex);
    const ports::LogState *there = shard.logStates.find(user);
    if (!there || there->head <= state.head)
        shard.logStates.put(user, state);
}

void MemoryCache::keepTicket(const QByteArray &hash, const ports::TicketHolder &holder, model::Instant until)
{
    Shard &shard = shardOf(hash);
    const std::lock_guard lock(shard.mutex);
    shard.tickets.put(hash, {holder, until});
}

std::optional<ports::TicketHolder> MemoryCache::takeTicket(const QByteArray &hash, model::Instant now)
{
    Shard &shard = shardOf(hash);
    const std::lock_guard lock(shard.mutex);
    const KeptTicket *kept = shard.tickets.find(hash);
    if (!kept)
        return std::nullopt;
    const KeptTicket ticket = *kept;
    shard.tickets.remove(hash);
    return now < ticket.until ? std::optional(ticket.holder) : std::nullopt;
}

ports::Cache::Bucket MemoryCache::take(const QByteArray &name, double tokens, double rate, double burst)
{
    const runtime::SteadyTime now = m_clock.steady();
    // More than fits is let through when the bucket is full: else it would never be.
    const double wanted = std::min(tokens, burst);
    Shard &shard = shardOf(name);
    const std::lock_guard lock(shard.mutex);
    Level *level = shard.buckets.find(name);
    if (!level)
        level = &shard.buckets.put(name, {burst, now});
    level->tokens = filled(*level, rate, burst, now);
    level->at = std::max(level->at, now);
    if (level->tokens >= wanted) {
        level->tokens -= wanted;
        return {true, level->tokens, std::chrono::milliseconds(0)};
    }
    const auto wait = std::chrono::duration<double>((wanted - level->tokens) / rate);
    return {false, level->tokens, std::chrono::ceil<std::chrono::milliseconds>(wait)};
}
} // namespace belfry::cache
