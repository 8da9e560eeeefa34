#pragma once

#include "model/preferences.h"
#include "model/result.h"
#include "model/role.h"
#include "model/strong_id.h"
#include "runtime/loop.h"

#include <optional>

namespace belfry::ports {
/// A kind of notifications, known by its name: the `type` that senders give (semantics 11). What is absent is
/// as without it.
struct Category
{
    model::Text name;
    model::Text title;
    model::Text description;
    model::ChannelRow<bool> channels;        ///< where users have said nothing
    bool mandatory = false;                  ///< what it is delivered on can't be switched off
    std::optional<std::chrono::seconds> ttl; ///< of what comes without an end of its own
    std::optional<int> retainDays;           ///< 0: for ever
    model::Instant createdAt;
    model::Instant updatedAt;
    friend bool operator==(const Category &, const Category &) = default;
};

inline constexpr std::size_t maxCategories = 500; ///< of one database; what a user's matrix can name

/// A client installation that has told its name (decisions H82).
struct Device
{
    model::UserId user;
    model::DeviceId id;
    model::Text name;
    model::Text platform;
    model::Instant createdAt;
    model::Instant updatedAt;
    model::MaybeInstant seenAt; ///< its last ack; nothing: none yet
    friend bool operator==(const Device &, const Device &) = default;
};

struct DeviceRemoval
{
    model::UserId user;
    model::DeviceId id;
    /// A session on it ends with it, unless its user has a role above this one; nothing: no session ends.
    std::optional<model::Role> endsSessionsUpTo;
};

inline constexpr std::size_t maxDevices = 100; ///< of one user

/// What notifications refer to, besides topics and webhooks. Threads, replies and common errors as Inbox.
class Registry
{
public:
    virtual ~Registry() = default;

    /// By name.
    virtual void categories(runtime::Loop &home,
                            runtime::Reply<model::Result<std::vector<Category>>> reply) = 0;
    /// As it is then; `createdAt` stays that of the first time, so that a new one's is `updatedAt`. Conflict:
    /// there are maxCategories.
    virtual void putCategory(runtime::Loop &home, Category category,
                             runtime::Reply<model::Result<Category>> reply) = 0;
    /// NotFound.
    virtual void removeCategory(runtime::Loop &home, model::Text name, model::Instant now,
                                runtime::Reply<model::VoidResult> reply) = 0;

    /// Of one user, by id; none of an unknown one.
    virtual void devices(runtime::Loop &home, model::UserId user,
                         runtime::Reply<model::Result<std::vector<Device>>> reply) = 0;
    /// As it is then, in the same way. `makeUser`: an unknown one is made, else NotFound. Conflict: there are
    /// maxDevices.
    virtual void putDevice(runtime::Loop &home, Device device, bool makeUser,
                           runtime::Reply<model::Result<Device>> reply) = 0;
    /// With how far it got. NotFound.
    virtual void removeDevice(runtime::Loop &home, DeviceRemoval what, model::Instant now,
                              runtime::Reply<model::VoidResult> reply) = 0;
};
} // namespace belfry::ports
