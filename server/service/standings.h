#pragma once

#include "auth/authenticator.h"
#include "ports/store.h"

#include <chrono>

namespace belfry::service {
using runtime::Loop;
using runtime::Reply;

/// Tells the authenticator who of those that have signed in has a role, and whose session is over (decisions
/// H98), so that no request has to ask the store. Any loop.
class Standings
{
public:
    Standings(ports::Store &store, auth::Authenticator &authenticator, const runtime::Clock &clock)
        : m_store(store)
        , m_authenticator(authenticator)
        , m_clock(clock)
    {
    }

    /// The authenticator knows it when the reply comes: at start, and after what must hold at once.
    void load(Loop &home, Reply<model::VoidResult> reply);
    /// Goes on reading: what other servers change, and the ends of sessions that nobody waits for (logout,
    /// another login on the device), hold after that time at most. `home` runs no more once this is gone.
    void follow(Loop &home, std::chrono::milliseconds every = std::chrono::seconds(2));

private:
    ports::Store &m_store;
    auth::Authenticator &m_authenticator;
    const runtime::Clock &m_clock;
};
} // namespace belfry::service
