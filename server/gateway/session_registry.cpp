#include "gateway/session_registry.h"

#include <algorithm>

namespace belfry::gateway {
SessionRegistry::Shard &SessionRegistry::shardOf(const model::UserId &user)
{
    return m_shards[qHash(user) % shards];
}

const SessionRegistry::Shard &SessionRegistry::shardOf(const model::UserId &user) const
{
    return m_shards[qHash(user) % shards];
}

SessionRegistry::Joined SessionRegistry::join(const model::UserId &user, const model::DeviceId &device,
                                              net::ConnectionId connection, RegistryHome &home, int limit)
{
    Shard &shard = shardOf(user);
    const std::lock_guard lock(shard.mutex);
    Sessions &sessions = shard.users[user];
    const auto twin =
        std::find_if(sessions.members.begin(), sessions.members.end(),
                     [&](const Member &member) { return !device.isEmpty() && member.device == device; });
    if (twin != sessions.members.end()) {
        // The half-dead connection must not count against the device that has just come back.
        twin->home->replaced(twin->connection);
        *twin = {connection, &home, device, {}, false};
    } else if (limit > 0 && sessions.members.size() >= static_cast<std::size_t>(limit)) {
        return {};
    } else {
        sessions.members.push_back({connection, &home, device, {}, false});
    }
    electAlertHolder(user, sessions);
    return {true, sessions.alertHolder};
}

void SessionRegistry::leave(const model::UserId &user, net::ConnectionId connection)
{
    Shard &shard = shardOf(user);
    const std::lock_guard lock(shard.mutex);
    const auto sessions = shard.users.find(user);
    if (sessions == shard.users.end())
        return;
    std::erase_if(sessions->members,
                  [connection](const Member &member) { return member.connection == connection; });
    if (sessions->members.empty())
        shard.users.erase(sessions);
    else
        electAlertHolder(user, *sessions);
}

net::ConnectionId SessionRegistry::setActive(const model::UserId &user, net::ConnectionId connection,
                                             bool active, model::Instant at)
{
    Shard &shard = shardOf(user);
    const std::lock_guard lock(shard.mutex);
    const auto sessions = shard.users.find(user);
    if (sessions == shard.users.end())
        return everyone;
    for (Member &member : sessions->members) {
        if (member.connection != connection)
            continue;
        member.active = active;
        member.activeAt = at;
    }
    electAlertHolder(user, *sessions);
    return sessions->alertHolder;
}

net::ConnectionId SessionRegistry::alertHolder(const model::UserId &user) const
{
    const Shard &shard = shardOf(user);
    const std::lock_guard lock(shard.mutex);
    const auto sessions = shard.users.constFind(user);
    return sessions == shard.users.cend() ? everyone : sessions->alertHolder;
}

int SessionRegistry::sessionsOf(const model::UserId &user) const
{
    const Shard &shard = shardOf(user);
    const std::lock_guard lock(shard.mutex);
    const auto sessions = shard.users.constFind(user);
    return sessions == shard.users.cend() ? 0 : static_cast<int>(sessions->members.size());
}

void SessionRegistry::electAlertHolder(const model::UserId &user, Sessions &sessions)
{
    const Member *best = nullptr;
    for (const Member &member : sessions.members) {
        if (member.active && (best == nullptr || member.activeAt > best->activeAt))
            best = &member;
    }
    const net::ConnectionId holder = best == nullptr ? everyone : best->connection;
    if (holder == sessions.alertHolder)
        return;
    sessions.alertHolder = holder;
    std::vector<RegistryHome *> told;
    for (const Member &member : sessions.members) {
        if (std::find(told.begin(), told.end(), member.home) != told.end())
            continue;
        told.push_back(member.home);
        member.home->alertHolderChanged(user);
    }
}

bool SessionRegistry::enterAddress(const QHostAddress &address, int limit)
{
    const std::lock_guard lock(m_addressMutex);
    int &count = m_addresses[address];
    if (limit > 0 && count >= limit)
        return false;
    ++count;
    return true;
}

void SessionRegistry::leaveAddress(const QHostAddress &address)
{
    const std::lock_guard lock(m_addressMutex);
    const auto found = m_addresses.find(address);
    if (found != m_addresses.end() && --*found <= 0)
        m_addresses.erase(found);
}
} // namespace belfry::gateway
