#pragma once

#include "ports/fanout.h"

#include <mutex>
#include <unordered_map>

namespace belfry::service {
/// Which of the connected users have rules of their own (domain::hasOwnRules): a broadcast is decided for
/// them alone, and all others share one frame without a look-up for any. Any thread.
class RuleHolders
{
public:
    RuleHolders(ports::Fanout &fanout, const ports::Store &store)
        : m_fanout(fanout)
        , m_store(store)
    {
    }

    /// Those who are connected and have some, or were not looked at yet. `turn` is for forget().
    struct Asked
    {
        std::vector<model::UserId> users;
        quint64 turn = 0;
    };
    [[nodiscard]] Asked connected(model::Instant now);
    /// What was read since that turn shows none; unless it changed meanwhile.
    void forget(const model::UserId &user, quint64 turn);

private:
    ports::Fanout &m_fanout;
    const ports::Store &m_store;
    std::mutex m_mutex;
    std::unordered_map<model::UserId, quint64> m_since; ///< the turn in which a user was added last
    quint64 m_turn = 0;
    model::Instant m_everyoneAt;
};
} // namespace belfry::service
