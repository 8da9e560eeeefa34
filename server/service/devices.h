#pragma once

#include "auth/principal.h"
#include "ports/store.h"
#include "runtime/clock.h"
#include "service/settings.h"

namespace belfry::service {
using runtime::Loop;
using runtime::Reply;

/// The devices of users (decisions H60). Any loop. Scopes prefs:read and prefs:write, the user within reach.
class Devices
{
public:
    Devices(ports::Store &store, const runtime::Clock &clock, const Settings &settings);

    /// Name and platform are replaced; a new one's `createdAt` is its `updatedAt`. NotFound: an unknown user
    /// where none is made on first use. Conflict: the user has 100.
    void put(Loop &home, const auth::Principal &who, ports::Device device,
             Reply<model::Result<ports::Device>> reply);
    /// By id.
    void list(Loop &home, const auth::Principal &who, model::UserId user,
              Reply<model::Result<std::vector<ports::Device>>> reply);
    /// NotFound.
    void get(Loop &home, const auth::Principal &who, model::UserId user, model::DeviceId id,
             Reply<model::Result<ports::Device>> reply);
    /// A session that lives there ends with it: one's own, or where the key has admin:write and the user's
    /// role is not above the key's (H98), as SessionAdmin would. NotFound.
    void remove(Loop &home, const auth::Principal &who, model::UserId user, model::DeviceId id,
                Reply<model::VoidResult> reply);

private:
    ports::Store &m_store;
    const runtime::Clock &m_clock;
    const Settings &m_settings;
};
} // namespace belfry::service
