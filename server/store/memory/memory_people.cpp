#include "store/memory/memory_people.h"

namespace belfry::store {
namespace {
PersonRow personOf(const MemoryState &state, const MemoryState::User &user)
{
    PersonRow row{user.row.key, user.person, user.record.passwordHash};
    row.person.id = user.row.id;
    row.person.name = user.record.name;
    row.person.email = user.record.email;
    row.person.createdAt = user.record.createdAt;
    row.person.hasPassword = !row.passwordHash.isEmpty();
    if (const auto it = state.erasures.find(user.row.key); it != state.erasures.end()) {
        row.person.erasedAt = it->second.doneAt;
        row.person.erasing = !it->second.doneAt;
    }
    return row;
}
} // namespace

Result<std::optional<PersonRow>> MemoryPeopleReads::person(const model::UserId &id)
{
    const auto key = m_state->userIds.find(id);
    if (key == m_state->userIds.end())
        return std::nullopt;
    return personOf(*m_state, m_state->users.at(key->second));
}

VoidResult MemoryPeopleReads::people(UserKey after, int limit, std::vector<PersonRow> &out)
{
    auto it = m_state->users.upper_bound(after);
    for (; it != m_state->users.end() && std::ssize(out) < limit; ++it)
        out.push_back(personOf(*m_state, it->second));
    return {};
}

VoidResult MemoryPeopleReads::privileged(model::Instant now, std::vector<ports::Standings::Privileged> &out)
{
    for (const auto &[family, row] : m_state->sessions) {
        const ports::Session &session = row.session;
        const auto key = m_state->userIds.find(session.user);
        const model::Role role = m_state->users.at(key->second).person.role;
        if (role != model::Role::User && !session.revokedAt && session.expiresAt > now)
            out.push_back({session.id, session.user, role});
    }
    return {};
}

VoidResult MemoryPeopleReads::endedSessions(model::Instant since, std::vector<model::Text> &out)
{
    for (const auto &[family, row] : m_state->sessions) {
        if (row.session.revokedAt && *row.session.revokedAt > since)
            out.push_back(row.session.id);
    }
    return {};
}

Result<std::optional<PersonRow>> MemoryPeopleWrites::person(UserKey key)
{
    return personOf(*m_state, m_state->users.at(key));
}

Result<UserKey> MemoryPeopleWrites::ownerOf(const model::Text &email)
{
    for (const auto &[key, user] : m_state->users) {
        if (user.record.email == email)
            return key;
    }
    return UserKey(0);
}

VoidResult MemoryPeopleWrites::save(const PersonRow &row)
{
    MemoryState::User &user = m_state->users.at(row.key);
    user.person = row.person;
    user.record.name = row.person.name;
    user.record.email = row.person.email;
    user.record.passwordHash = row.passwordHash;
    return {};
}

Result<int> MemoryPeopleWrites::endSessions(UserKey user, model::Instant now)
{
    const model::UserId &id = m_state->users.at(user).row.id;
    int ended = 0;
    for (auto &[family, row] : m_state->sessions) {
        if (row.session.user != id || row.session.revokedAt)
            continue;
        row.session.revokedAt = now;
        ++ended;
    }
    return ended;
}
} // namespace belfry::store
