#include "store/memory/memory_registry.h"

namespace belfry::store {
namespace {
void readCategories(const MemoryState &state, std::vector<ports::Category> &out)
{
    for (const auto &[name, category] : state.categories)
        out.push_back(category);
}

void readDevices(const MemoryState &state, UserKey user, std::vector<ports::Device> &out)
{
    for (auto it = state.devices.lower_bound({user, {}});
         it != state.devices.end() && it->first.first == user; ++it) {
        out.push_back(it->second);
        const auto cursor = state.cursors.find(it->first);
        if (cursor != state.cursors.end())
            out.back().seenAt = cursor->second.at;
    }
}
} // namespace

VoidResult MemoryRegistryReads::categories(std::vector<ports::Category> &out)
{
    readCategories(*m_state, out);
    return {};
}

VoidResult MemoryRegistryReads::devices(UserKey user, std::vector<ports::Device> &out)
{
    readDevices(*m_state, user, out);
    return {};
}

VoidResult MemoryRegistryWrites::categories(std::vector<ports::Category> &out)
{
    readCategories(*m_state, out);
    return {};
}

VoidResult MemoryRegistryWrites::devices(UserKey user, std::vector<ports::Device> &out)
{
    readDevices(*m_state, user, out);
    return {};
}

VoidResult MemoryRegistryWrites::save(const ports::Category &category)
{
    const auto [it, fresh] = m_state->categories.try_emplace(category.name, category);
    const model::Instant createdAt = it->second.createdAt;
    it->second = category;
    it->second.createdAt = createdAt;
    return {};
}

VoidResult MemoryRegistryWrites::removeCategory(const model::Text &name)
{
    m_state->categories.erase(name);
    return {};
}

VoidResult MemoryRegistryWrites::save(UserKey user, const ports::Device &device)
{
    const auto [it, fresh] = m_state->devices.try_emplace({user, device.id}, device);
    const model::Instant createdAt = it->second.createdAt;
    it->second = device;
    it->second.createdAt = createdAt;
    it->second.user = {};
    it->second.seenAt.reset();
    return {};
}

VoidResult MemoryRegistryWrites::removeDevice(UserKey user, const model::DeviceId &id)
{
    m_state->devices.erase({user, id});
    m_state->cursors.erase({user, id});
    return {};
}
} // namespace belfry::store
