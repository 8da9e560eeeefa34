#include "service/devices.h"

#include "service/access.h"

#include <algorithm>

namespace belfry::service {
using auth::Scope;
using ports::Device;

namespace {
using AllDevices = std::vector<Device>;
}

Devices::Devices(ports::Store &store, const runtime::Clock &clock, const Settings &settings)
    : m_store(store)
    , m_clock(clock)
    , m_settings(settings)
{
}

void Devices::put(Loop &home, const auth::Principal &who, Device device, Reply<model::Result<Device>> reply)
{
    if (auto allowed = requireReach(who, Scope::PrefsWrite, device.user); !allowed)
        return reply(tl::unexpected(std::move(allowed.error())));
    device.updatedAt = m_clock.now();
    m_store.registry().putDevice(home, std::move(device), m_settings.usersOnFirstUse, std::move(reply));
}

void Devices::list(Loop &home, const auth::Principal &who, model::UserId user,
                   Reply<model::Result<AllDevices>> reply)
{
    if (auto allowed = requireReach(who, Scope::PrefsRead, user); !allowed)
        return reply(tl::unexpected(std::move(allowed.error())));
    m_store.registry().devices(home, std::move(user), std::move(reply));
}

void Devices::get(Loop &home, const auth::Principal &who, model::UserId user, model::DeviceId id,
                  Reply<model::Result<Device>> reply)
{
    list(home, who, std::move(user),
         [id = std::move(id), reply = std::move(reply)](model::Result<AllDevices> all) mutable {
             if (!all)
                 return reply(tl::unexpected(std::move(all.error())));
             const auto found = std::find_if(all->begin(), all->end(),
                                             [&id](const Device &device) { return device.id == id; });
             if (found == all->end())
                 return reply(model::fail(model::ErrorCode::NotFound, "there is no such device"));
             reply(std::move(*found));
         });
}

void Devices::remove(Loop &home, const auth::Principal &who, model::UserId user, model::DeviceId id,
                     Reply<model::VoidResult> reply)
{
    if (auto allowed = requireReach(who, Scope::PrefsWrite, user); !allowed)
        return reply(std::move(allowed));
    std::optional<model::Role> upTo;
    if (who.kind == auth::Principal::Kind::User)
        upTo = model::Role::Owner; // one's own
    else if (who.has(Scope::AdminWrite))
        upTo = who.role;
    m_store.registry().removeDevice(home, {std::move(user), std::move(id), upTo}, m_clock.now(),
                                    std::move(reply));
}
} // namespace belfry::service
