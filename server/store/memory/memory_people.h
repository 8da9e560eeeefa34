#pragma once

#include "store/memory/memory_state.h"

#include <memory>

namespace belfry::store {
/// On the state of the session that owns it.
class MemoryPeopleReads final : public PeopleReads
{
public:
    explicit MemoryPeopleReads(const std::shared_ptr<const MemoryState> &state)
        : m_state(state)
    {
    }
    Result<std::optional<PersonRow>> person(const model::UserId &id) override;
    VoidResult people(UserKey after, int limit, std::vector<PersonRow> &out) override;
    VoidResult privileged(model::Instant now, std::vector<ports::Standings::Privileged> &out) override;
    VoidResult endedSessions(model::Instant since, std::vector<model::Text> &out) override;

private:
    const std::shared_ptr<const MemoryState> &m_state;
};

/// On the copy of the transaction that owns it.
class MemoryPeopleWrites final : public PeopleWrites
{
public:
    explicit MemoryPeopleWrites(const std::shared_ptr<MemoryState> &state)
        : m_state(state)
    {
    }
    Result<std::optional<PersonRow>> person(UserKey key) override;
    Result<UserKey> ownerOf(const model::Text &email) override;
    VoidResult save(const PersonRow &row) override;
    Result<int> endSessions(UserKey user, model::Instant now) override;

private:
    const std::shared_ptr<MemoryState> &m_state;
};
} // namespace belfry::store
