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
    for (const ports::Committed &committed : *batch) {
        if (committed.change.kind == model::ChangeKind::Preferences)
            unsort(committed.user);
    }
    const auto all = places();
    for (const std::shared_ptr<Place> &place : *all) {
        place->loop.post([place, batch] {
            if (place->listener)
                place->listener->news(batch);
        });
    }
}

void LocalFanout::publish(ports::LiveOnly message)
{
    const auto shared = std::make_shared<const ports::LiveOnly>(std::move(message));
    const auto all = places();
    for (const std::shared_ptr<Place> &place : *all) {
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

void LocalFanout::reread(std::vector<model::UserId> users)
{
    for (const model::UserId &user : users)
        unsort(user);
    const auto shared = std::make_shared<const std::vector<model::UserId>>(std::move(users));
    const auto all = places();
    for (const std::shared_ptr<Place> &place : *all) {
        place->loop.post([place, shared] {
            if (place->listener)
                place->listener->reread(*shared);
        });
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
    const auto [it, isNew] = shard.sessions.try_emplace(user, 0);
    it->second += change;
    if (it->second <= 0) {
        shard.unsorted.erase(user);
        shard.sessions.erase(it);
    } else if (isNew) {
        shard.unsorted.insert(user);
        m_anyUnsorted = true;
    }
}

void LocalFanout::unsort(const model::UserId &user)
{
    Shard &shard = shardOf(user);
    const std::lock_guard lock(shard.mutex);
    if (!shard.sessions.contains(user))
        return;
    shard.unsorted.insert(user);
    m_anyUnsorted = true;
}

std::vector<model::UserId> LocalFanout::takeUnsorted(bool everyone)
{
    std::vector<model::UserId> users;
    if (!m_anyUnsorted.exchange(false) && !everyone)
        return users;
    for (Shard &shard : m_shards) {
        const std::lock_guard lock(shard.mutex);
        if (everyone) {
            for (const auto &[user, sessions] : shard.sessions)
                users.push_back(user);
        } else {
            users.insert(users.end(), shard.unsorted.begin(), shard.unsorted.end());
        }
        shard.unsorted.clear();
    }
    return users;
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
