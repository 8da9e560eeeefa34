#include "service/changes.h"

namespace belfry::service {
Changes::Changes(ports::Store &store, ports::Cache &cache)
    : m_store(store)
    , m_cache(cache)
{
}

Changes::Shard &Changes::shardOf(const model::UserId &user) const
{
    return m_shards[qHash(user, 0) % shardCount];
}

void Changes::committed(std::shared_ptr<const ports::CommittedBatch> batch)
{
    for (const ports::Committed &entry : *batch)
        apply(entry);
}

void Changes::doubted(const std::vector<model::UserId> &users)
{
    for (const model::UserId &user : users) {
        Shard &shard = shardOf(user);
        const std::lock_guard lock(shard.mutex);
        ++shard.stamp;
        m_cache.dropPreferences(user);
    }
}

void Changes::apply(const ports::Committed &entry)
{
    Shard &shard = shardOf(entry.user);
    const std::lock_guard lock(shard.mutex);
    ++shard.stamp;
    if (entry.change.kind == model::ChangeKind::Preferences)
        m_cache.dropPreferences(entry.user);
    if (!m_store.isExclusive())
        return;
    // Without an entry the floor is not known, and a read will tell; the first change of all needs none.
    if (std::optional<ports::LogState> known = m_cache.logState(entry.user))
        m_cache.keepLogState(entry.user, {entry.change.seq, known->floor, entry.counts});
    else if (entry.change.seq == 1)
        m_cache.keepLogState(entry.user, {1, 1, entry.counts});
}

Changes::Stamp Changes::stamp(const model::UserId &user) const
{
    const Shard &shard = shardOf(user);
    const std::lock_guard lock(shard.mutex);
    return {shard.stamp};
}

void Changes::keepPreferences(const model::UserId &user, Stamp taken,
                              std::shared_ptr<const model::Preferences> document)
{
    const Shard &shard = shardOf(user);
    const std::lock_guard lock(shard.mutex);
    if (shard.stamp == taken.value)
        m_cache.keepPreferences(user, std::move(document));
}

void Changes::keepLogState(const model::UserId &user, Stamp taken, const ports::LogState &state)
{
    if (!m_store.isExclusive())
        return;
    const Shard &shard = shardOf(user);
    const std::lock_guard lock(shard.mutex);
    if (shard.stamp == taken.value)
        m_cache.keepLogState(user, state);
}

std::optional<ports::LogState> Changes::logState(const model::UserId &user) const
{
    if (!m_store.isExclusive())
        return std::nullopt;
    return m_cache.logState(user);
}
} // namespace belfry::service
