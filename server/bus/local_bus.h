#pragma once

#include "ports/bus.h"

namespace belfry::bus {
/// The stream inside the process: consumers are called on the writer lane, one after the other, within the
/// commit that made the batch. No queue and no thread of its own: consumers hand over and return. What a
/// crash swallows between commit and consumer, resume repairs from the log.
class LocalBus final : public ports::Bus
{
public:
    void addConsumer(Consumer consumer) override;
    void addDoubter(Doubter doubter) override;
    void committed(std::shared_ptr<const ports::CommittedBatch> batch) override;
    void doubted(const std::vector<model::UserId> &users) override;
    Health health() const override { return {}; }

private:
    std::vector<Consumer> m_consumers;
    std::vector<Doubter> m_doubters;
};
} // namespace belfry::bus
