#include "cache/local_fanout.h"

#include <algorithm>

namespace belfry::cache {
LocalFanout::LocalFanout()
    : m_places(std::make_shared<const Places>())
{
}

LocalFanout::~LocalFanout() = default;

std::shared_ptr<const LocalFanout::Places> LocalFanout::places() const
{
    const std::lock_guard lock(m_mutex);
    return m_places;
}

void LocalFanout::add(runtime::Loop &loop, ports::NewsListener &listener)
{
    const std::lock_guard lock(m_mutex);
    auto changed = std::make_shared<Places>(*m_places);
    changed->push_back(std::make_shared<Place>(loop, &listener));
    m_places = std::move(changed);
}

void LocalFanout::remove(ports::NewsListener &listener)
{
    const std::lock_guard lock(m_mutex);
    auto changed = std::make_shared<Places>(*m_places);
    std::erase_if(*changed, [&listener](const std::shared_ptr<Place> &place) {
        // Only its own loop may look at a place's listener; others are asked by identity.
        if (place->identity != &listener)
            return false;
        place->listener = nullptr;
        return true;
    });
    m_places = std::move(changed);
}

void LocalFanout::publish(std::shared_ptr<const ports::CommittedBatch> batch)
{
    for (const std::shared_ptr<Place> &place : *places()) {
        place->loop.post([place, batch] {
            if (place->listener)
                place->listener->news(batch);
        });
    }
}

void LocalFanout::publish(ports::LiveOnly message)
{
    const auto shared = std::make_shared<const ports::LiveOnly>(std::move(message));
    for (const std::shared_ptr<Place> &place : *places()) {
        const auto deliver = [place, shared] {
            if (place->listener)
                place->listener->liveOnly(*shared);
        };
        if (place->loop.isCurrent())
            deliver();
        else
            place->loop.post(deliver);
    }
}

LocalFanout::Shard &LocalFanout::shardOf(const model::UserId &user) const
{
    return m_shards[qHash(user, 0) % shardCount];
}

void LocalFanout::connected(const model::UserId &user, int change)
{
    m_sessions += change;
    Shard &shard = shardOf(user);
    const std::lock_guard lock(shard.mutex);
    const auto it = shard.sessions.try_emplace(user, 0).first;
    it->second += change;
    if (it->second <= 0)
        shard.sessions.erase(it);
}

bool LocalFanout::isConnected(const model::UserId &user) const
{
    const Shard &shard = shardOf(user);
    const std::lock_guard lock(shard.mutex);
    return shard.sessions.contains(user);
}

qint64 LocalFanout::connectedSessions() const
{
    return m_sessions;
}
} // namespace belfry::cache
