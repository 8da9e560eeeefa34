#pragma once

#include "ports/store.h"

namespace belfry::ports {
/// Ordered, keyed, at-least-once stream of committed batches (architecture.md): the writer lane hands over,
/// consumers (the live fan-out first) take. The in-process one has no queue of its own: what a crash
/// swallows, resume repairs.
class Bus : public CommitListener
{
public:
    using Consumer = std::function<void(const std::shared_ptr<const CommittedBatch> &)>;
    /// Before the store starts; consumers are called in the order of their addition, on the bus's thread.
    virtual void addConsumer(Consumer consumer) = 0;

    using Doubter = std::function<void(const std::vector<model::UserId> &users)>;
    /// The same for doubted().
    virtual void addDoubter(Doubter doubter) = 0;

    struct Health
    {
        bool ok = true;
        model::Text detail;
    };
    [[nodiscard]] virtual Health health() const = 0;
};
} // namespace belfry::ports
