#include "service/resume.h"

#include <algorithm>

namespace belfry::service {
using States = model::Result<std::vector<ports::LogState>>;

Resume::Resume(ports::Store &store, Changes &changes)
    : m_store(store)
    , m_changes(changes)
    , m_misses([this](Loop &home, std::vector<model::UserId> users, Reply<States> reply) {
        read(home, std::move(users), std::move(reply));
    })
{
}

std::optional<ports::LogState> Resume::known(const model::UserId &user) const
{
    return m_changes.logState(user);
}

void Resume::standing(Loop &home, const model::UserId &user, Reply<model::Result<ports::LogState>> reply)
{
    if (const std::optional<ports::LogState> state = known(user))
        return reply(*state);
    m_misses.ask(home, {user}, [reply = std::move(reply)](States states) mutable {
        if (!states)
            return reply(tl::unexpected(std::move(states.error())));
        reply(states->front());
    });
}

ResumeMode Resume::mode(const model::Epoch &given, std::optional<model::Seq> since,
                        const ports::LogState &state) const
{
    return domain::resumeMode(given, since, epoch(), state.head, state.floor);
}

void Resume::page(Loop &home, const model::UserId &user, model::Seq since,
                  Reply<model::Result<ports::LogPage>> reply, int limit)
{
    m_store.inbox().log(home, user, since, std::clamp(limit, 1, pageLimit), std::move(reply));
}

void Resume::read(Loop &home, std::vector<model::UserId> users, Reply<States> reply)
{
    std::vector<Changes::Stamp> stamps;
    stamps.reserve(users.size());
    for (const model::UserId &user : users)
        stamps.push_back(m_changes.stamp(user));
    auto keep = [this, users, stamps = std::move(stamps), reply = std::move(reply)](States states) mutable {
        for (std::size_t i = 0; states && i < users.size(); ++i)
            m_changes.keepLogState(users[i], stamps[i], (*states)[i]);
        reply(std::move(states));
    };
    m_store.inbox().logStates(home, std::move(users), std::move(keep));
}
} // namespace belfry::service
