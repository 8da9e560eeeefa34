#pragma once

#include "model/instant.h"
#include "model/strong_id.h"
#include "net/connection.h"

#include <QHash>
#include <QHostAddress>
#include <array>
#include <mutex>
#include <vector>

namespace belfry::gateway {
/// A gateway loop as the registry sees it. Called from any thread, under the registry's lock: hand over and
/// return.
class RegistryHome
{
public:
    virtual ~RegistryHome() = default;
    /// Another socket of the same device has come: this one is out already (H82).
    virtual void replaced(net::ConnectionId connection) = 0;
    /// Who may alert has changed for this user: ask alertHolder() again.
    virtual void alertHolderChanged(const model::UserId &user) = 0;
};

/// What the loops of one process must know of each other's sessions: how many a user has, on which devices,
/// and which of them is looked at. Any thread.
class SessionRegistry
{
public:
    /// Everyone may alert.
    static constexpr net::ConnectionId everyone = 0;

    struct Joined
    {
        bool admitted = false;
        net::ConnectionId alertHolder = everyone;
    };

    /// A session of this user begins. Not admitted: `limit` is reached (0: none). One of the same device
    /// leaves at once and is told so on its loop; a session without a device replaces nobody.
    [[nodiscard]] Joined join(const model::UserId &user, const model::DeviceId &device,
                              net::ConnectionId connection, RegistryHome &home, int limit);
    /// Unknown ones (replaced before) are left alone.
    void leave(const model::UserId &user, net::ConnectionId connection);

    /// This session is looked at since `at`, or is not (semantics 15, H56). Answers who alerts now.
    net::ConnectionId setActive(const model::UserId &user, net::ConnectionId connection, bool active,
                                model::Instant at);
    /// The only session that may alert: of the active ones the one with the latest activity; `everyone` when
    /// none is.
    [[nodiscard]] net::ConnectionId alertHolder(const model::UserId &user) const;
    [[nodiscard]] int sessionsOf(const model::UserId &user) const;

    /// One more anonymous connection from this address; false: `limit` is reached (0: none).
    [[nodiscard]] bool enterAddress(const QHostAddress &address, int limit);
    void leaveAddress(const QHostAddress &address);

private:
    struct Member
    {
        net::ConnectionId connection = 0;
        RegistryHome *home = nullptr;
        model::DeviceId device;
        model::Instant activeAt;
        bool active = false;
    };
    struct Sessions
    {
        std::vector<Member> members;
        net::ConnectionId alertHolder = everyone;
    };
    /// Loops that sign in different users at the same time shall not wait for each other.
    struct Shard
    {
        mutable std::mutex mutex;
        QHash<model::UserId, Sessions> users;
    };
    static constexpr std::size_t shards = 16;

    [[nodiscard]] Shard &shardOf(const model::UserId &user);
    [[nodiscard]] const Shard &shardOf(const model::UserId &user) const;
    static void electAlertHolder(const model::UserId &user, Sessions &sessions);

    std::array<Shard, shards> m_shards;
    std::mutex m_addressMutex;
    QHash<QHostAddress, int> m_addresses;
};
} // namespace belfry::gateway
