#include "store/memory/memory_retention.h"

#include "store/row_flags.h"

#include <algorithm>

namespace belfry::store {
bool MemoryRetentionReads::isWanted(const NotificationRow &row) const
{
    const auto delivers = [&](const auto &e) { return e.second.notification == row.item.id; };
    const auto repeats = [&](const auto &e) { return e.second.item == row.item.id; };
    return std::any_of(m_state->deliveries.begin(), m_state->deliveries.end(), delivers) ||
           std::any_of(m_state->dedupes.begin(), m_state->dedupes.end(), repeats);
}

VoidResult MemoryRetentionReads::aged(const model::NotificationId &after, int limit,
                                      std::vector<AgedRow> &out)
{
    auto it = m_state->notifications.upper_bound(after);
    for (; it != m_state->notifications.end() && std::ssize(out) < limit; ++it) {
        const model::Notification &item = it->second.item;
        out.push_back(
            {item.id, item.content.type, item.state, item.createdAt, placedAt(item), isWanted(it->second)});
    }
    return {};
}

VoidResult MemoryRetentionReads::deleted(model::Instant before, int limit,
                                         std::vector<model::NotificationId> &out)
{
    for (const auto &[id, row] : m_state->notifications) {
        const model::MaybeInstant &at = row.item.engagement.deleted;
        if (at && *at < before && std::ssize(out) < limit && !isWanted(row))
            out.push_back(id);
    }
    return {};
}

VoidResult MemoryRetentionReads::logs(UserKey after, int limit, std::vector<LogRange> &out)
{
    auto it = m_state->users.upper_bound(after);
    for (; it != m_state->users.end() && std::ssize(out) < limit; ++it) {
        const UserRow &row = it->second.row;
        out.push_back({row.key, row.id, row.floor, row.head});
    }
    return {};
}

VoidResult MemoryRetentionReads::ages(UserKey user, model::Seq from, int limit, std::vector<LogAge> &out)
{
    for (auto it = m_state->log.lower_bound({user, from});
         it != m_state->log.end() && it->first.first == user; ++it)
        out.push_back({it->second.seq, it->second.at});
    for (auto it = m_state->places.lower_bound({user, from});
         it != m_state->places.end() && it->first.first == user; ++it)
        out.push_back({it->first.second, placedAt(m_state->notifications.at(it->second).item)});
    std::sort(out.begin(), out.end(), [](const LogAge &a, const LogAge &b) { return a.seq < b.seq; });
    if (std::ssize(out) > limit)
        out.resize(static_cast<std::size_t>(limit));
    return {};
}
} // namespace belfry::store
