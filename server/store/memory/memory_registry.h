#pragma once

#include "store/memory/memory_state.h"
#include "store/registry_tables.h"

#include <memory>

namespace belfry::store {
/// On the state of the session that owns it.
class MemoryRegistryReads final : public RegistryReads
{
public:
    explicit MemoryRegistryReads(const std::shared_ptr<const MemoryState> &state)
        : m_state(state)
    {
    }
    VoidResult categories(std::vector<ports::Category> &out) override;
    VoidResult devices(UserKey user, std::vector<ports::Device> &out) override;

private:
    const std::shared_ptr<const MemoryState> &m_state;
};

/// On the copy of the transaction that owns it.
class MemoryRegistryWrites final : public RegistryWrites
{
public:
    explicit MemoryRegistryWrites(const std::shared_ptr<MemoryState> &state)
        : m_state(state)
    {
    }
    VoidResult categories(std::vector<ports::Category> &out) override;
    VoidResult devices(UserKey user, std::vector<ports::Device> &out) override;
    VoidResult save(const ports::Category &category) override;
    VoidResult removeCategory(const model::Text &name) override;
    VoidResult save(UserKey user, const ports::Device &device) override;
    VoidResult removeDevice(UserKey user, const model::DeviceId &id) override;

private:
    const std::shared_ptr<MemoryState> &m_state;
};
} // namespace belfry::store
