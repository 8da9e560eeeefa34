#include "bus/local_bus.h"

namespace belfry::bus {
void LocalBus::addConsumer(Consumer consumer)
{
    m_consumers.push_back(std::move(consumer));
}

void LocalBus::addDoubter(Doubter doubter)
{
    m_doubters.push_back(std::move(doubter));
}

void LocalBus::committed(std::shared_ptr<const ports::CommittedBatch> batch)
{
    if (!batch || batch->empty())
        return;
    for (const Consumer &consumer : m_consumers)
        consumer(batch);
}

void LocalBus::doubted(const std::vector<model::UserId> &users)
{
    for (const Doubter &doubter : m_doubters)
        doubter(users);
}
} // namespace belfry::bus
