#include "store/memory/memory_state.h"

namespace belfry::store {
UserRow MemoryState::user(const model::UserId &id) const
{
    const auto it = userIds.find(id);
    if (it != userIds.end())
        return users.at(it->second).row;
    UserRow unknown;
    unknown.id = id;
    return unknown;
}

std::optional<NotificationRow> MemoryState::notification(const model::NotificationId &id) const
{
    const auto it = notifications.find(id);
    return it == notifications.end() ? std::nullopt : std::optional(it->second);
}

std::vector<JobTarget> MemoryState::usersAfter(UserKey after, UserKey upTo, int limit) const
{
    std::vector<JobTarget> targets;
    for (auto it = users.upper_bound(after);
         it != users.end() && it->first <= upTo && std::ssize(targets) < limit; ++it)
        targets.push_back({it->first, it->first, it->second.row.id});
    return targets;
}

std::vector<JobTarget> MemoryState::subscribersAfter(const TopicRow &topic, qint64 after, qint64 upTo,
                                                     int limit) const
{
    std::vector<JobTarget> targets;
    for (const Subscription &subscription : topic.subscriptions) {
        if (subscription.key > after && subscription.key <= upTo && std::ssize(targets) < limit)
            targets.push_back({subscription.key, subscription.user, users.at(subscription.user).row.id});
    }
    return targets;
}

UserRow &MemoryState::makeUser(const model::UserId &id, model::Instant now)
{
    const UserKey key = users.empty() ? 1 : users.rbegin()->first + 1;
    User &user = users[key];
    user.row.key = key;
    user.row.id = id;
    user.record.id = id;
    user.record.createdAt = now;
    userIds[id] = key;
    return user.row;
}

void MemoryState::put(const NotificationRow &row)
{
    if (const auto old = notification(row.item.id); old && old->item.createdSeq > 0)
        places.erase({old->user, old->item.createdSeq});
    if (row.item.createdSeq > 0)
        places[{row.user, row.item.createdSeq}] = row.item.id;
    notifications[row.item.id] = row;
}
} // namespace belfry::store
