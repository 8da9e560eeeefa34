#include "store/memory/memory_operations.h"

#include <algorithm>

namespace belfry::store {
namespace {
void countOne(ports::Backlog &backlog, model::Instant at)
{
    backlog.depth = std::min(backlog.depth + 1, ports::countedBacklog + 1);
    backlog.oldest = std::min(backlog.oldest.value_or(at), at);
}
} // namespace

VoidResult MemoryOperationsReads::events(const model::NotificationId &from,
                                         const model::NotificationId &before, const model::UserId &user,
                                         int limit, std::vector<NotificationRow> &out)
{
    auto it = m_state->notifications.lower_bound(before);
    while (it != m_state->notifications.begin() && std::ssize(out) < limit) {
        --it;
        if (it->first < from)
            break;
        if (user.isEmpty() || it->second.item.user == user)
            out.push_back(it->second);
    }
    return {};
}

VoidResult MemoryOperationsReads::backlogs(ports::Backlogs &out)
{
    for (const auto &[key, row] : m_state->deliveries) {
        if (row.dueAt)
            countOne(out.deliveries, *row.dueAt);
        else if (row.state == ports::DeliveryState::Dead)
            countOne(out.deadLetters, row.updatedAt);
    }
    for (const auto &[key, job] : m_state->jobs)
        countOne(out.broadcasts, job.at);
    for (const OutboxRow &row : m_state->outbox)
        countOne(out.outbox, row.at);
    return {};
}
} // namespace belfry::store
