#pragma once

#include "ports/registry.h"
#include "store/rows.h"

namespace belfry::store {
using model::Result;
using model::VoidResult;

/// The part of a ReadSession that is about categories and devices. Errors as there.
class RegistryReads
{
public:
    virtual ~RegistryReads() = default;

    /// By name.
    virtual VoidResult categories(std::vector<ports::Category> &out) = 0;
    /// By id; without `user`.
    virtual VoidResult devices(UserKey user, std::vector<ports::Device> &out) = 0;
};

/// The part of a WriteTx that is about them: rare, one at a time. Errors as there.
class RegistryWrites : public RegistryReads
{
public:
    /// `createdAt` of one that is there stays.
    virtual VoidResult save(const ports::Category &category) = 0;
    virtual VoidResult removeCategory(const model::Text &name) = 0;
    virtual VoidResult save(UserKey user, const ports::Device &device) = 0;
    /// With its cursor.
    virtual VoidResult removeDevice(UserKey user, const model::DeviceId &id) = 0;
};
} // namespace belfry::store
