#pragma once

#include "store/memory/memory_state.h"
#include "store/operations_tables.h"

#include <memory>

namespace belfry::store {
/// On the state of the session that owns it.
class MemoryOperationsReads final : public OperationsReads
{
public:
    explicit MemoryOperationsReads(const std::shared_ptr<const MemoryState> &state)
        : m_state(state)
    {
    }
    VoidResult events(const model::NotificationId &from, const model::NotificationId &before,
                      const model::UserId &user, int limit, std::vector<NotificationRow> &out) override;
    VoidResult backlogs(ports::Backlogs &out) override;

private:
    const std::shared_ptr<const MemoryState> &m_state;
};
} // namespace belfry::store
