#pragma once

#include "service/audit.h"
#include "service/standings.h"

namespace belfry::service {
/// Who is signed in where, and its end by an administrator (semantics 19). Any loop. Reading: admin:read;
/// ending: admin:write, and only of people up to one's own role. When the reply comes the tokens of access of
/// what was ended are good no more in this process, in others within 2 s.
class SessionAdmin
{
public:
    SessionAdmin(ports::Store &store, Standings &standings, const runtime::Clock &clock)
        : m_store(store)
        , m_standings(standings)
        , m_clock(clock)
    {
    }

    /// Those that live, the newest first; `limit` is kept within 1–500.
    void list(Loop &home, const auth::Principal &who, ports::SessionFilter filter,
              Reply<model::Result<std::vector<ports::Session>>> reply);
    /// Ends the session `what.id`, or all of `what.user`; answers how many lived. NotFound; Forbidden.
    void end(Loop &home, const auth::Principal &who, const model::Text &address, ports::SessionEnd what,
             Reply<model::Result<int>> reply);

private:
    ports::Store &m_store;
    Standings &m_standings;
    const runtime::Clock &m_clock;
};
} // namespace belfry::service
