#pragma once

#include "gateway/local_user.h"
#include "net/connection.h"
#include "runtime/clock.h"

#include <deque>
#include <vector>

namespace belfry::gateway {
class Core;
class Session;

/// Reads of the user log for the sessions of one loop, with a bound on the pages that are under way, so that
/// a storm of reconnects costs the loop little memory.
class LogReader
{
public:
    explicit LogReader(Core &core)
        : m_core(core)
    {
    }

    /// Asks where this user's log stands; its joining sessions begin then, possibly before this returns.
    void wantState(LocalUser &user);
    /// The page above the session's cursor; Session::takePage() gets it.
    void wantPage(Session &session, int limit);
    /// What failed is asked again.
    void retry(runtime::SteadyTime now);

private:
    struct PageRequest
    {
        net::ConnectionId session = 0;
        int limit = 0;
    };

    void takeState(const model::UserId &user, const model::Result<ports::LogState> &state);
    void askForPages();
    void takePage(net::ConnectionId session, model::Result<ports::LogPage> page);

    Core &m_core;
    std::vector<model::UserId> m_failed;
    runtime::SteadyTime m_retryAt;
    std::deque<PageRequest> m_pages;
    int m_pagesUnderWay = 0;
};
} // namespace belfry::gateway
