#include "bus/local_bus.h"

namespace belfry::bus {
void LocalBus::addConsumer(Consumer consumer)
{
    m_consumers.push_back(std::move(consumer));
}

void LocalBus::committed(std::shared_ptr<const ports::CommittedBatch> batch)
{
    if (!batch || batch->empty())
        return;
    for (const Consumer &consumer : m_consumers)
        consumer(batch);
}
} // namespace belfry::bus
