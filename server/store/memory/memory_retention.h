#pragma once

#include "store/memory/memory_state.h"
#include "store/retention_tables.h"

#include <memory>

namespace belfry::store {
/// On the state of the session that owns it.
class MemoryRetentionReads final : public RetentionReads
{
public:
    explicit MemoryRetentionReads(const std::shared_ptr<const MemoryState> &state)
        : m_state(state)
    {
    }
    VoidResult aged(const model::NotificationId &after, int limit, std::vector<AgedRow> &out) override;
    VoidResult deleted(model::Instant before, int limit, std::vector<model::NotificationId> &out) override;
    VoidResult logs(UserKey after, int limit, std::vector<LogRange> &out) override;
    VoidResult ages(UserKey user, model::Seq from, int limit, std::vector<LogAge> &out) override;

private:
    [[nodiscard]] bool isWanted(const NotificationRow &row) const;
    const std::shared_ptr<const MemoryState> &m_state;
};
} // namespace belfry::store
