#include "store/memory/memory_sessions.h"

#include <algorithm>

namespace belfry::store {
Result<std::optional<ports::Account>> MemorySessionReads::account(const model::Text &email)
{
    for (const auto &[key, user] : m_state->users) {
        if (!email.isEmpty() && user.record.email == email)
            return ports::Account{user.row.id, user.record.passwordHash, user.person.role,
                                  user.person.disabledAt.has_value()};
    }
    return std::nullopt;
}

VoidResult MemorySessionReads::live(const ports::SessionFilter &filter, model::Instant now,
                                    std::vector<ports::Session> &out)
{
    for (const auto &[family, row] : m_state->sessions) {
        const ports::Session &session = row.session;
        if (session.id < filter.before && !session.revokedAt && session.expiresAt > now &&
            (filter.user.isEmpty() || session.user == filter.user))
            out.push_back(session);
    }
    std::sort(out.begin(), out.end(), [](const auto &a, const auto &b) { return b.id < a.id; });
    if (std::ssize(out) > filter.limit)
        out.resize(static_cast<std::size_t>(filter.limit));
    return {};
}

VoidResult MemorySessionReads::audit(qint64 before, int limit, std::vector<ports::AuditEntry> &out)
{
    const auto &all = m_state->audit;
    for (auto it = all.rbegin(); it != all.rend() && limit > 0; ++it) {
        if (it->place >= before)
            continue;
        out.push_back(*it);
        --limit;
    }
    return {};
}

VoidResult MemorySessionWrites::insert(const SessionRow &row, UserKey, const QByteArray &family)
{
    if (!m_state->sessions.try_emplace(family, row).second)
        return model::fail(model::ErrorCode::Internal, "a session with this family exists");
    return {};
}

Result<std::optional<SessionRow>> MemorySessionWrites::lock(const QByteArray &family)
{
    const auto it = m_state->sessions.find(family);
    return it == m_state->sessions.end() ? std::nullopt : std::optional(it->second);
}

VoidResult MemorySessionWrites::save(const SessionRow &row)
{
    for (auto &[family, stored] : m_state->sessions) {
        if (stored.session.id == row.session.id)
            stored = row;
    }
    return {};
}

VoidResult MemorySessionWrites::endOfDevice(UserKey user, const model::DeviceId &device, model::Instant now)
{
    const model::UserId &id = m_state->users.at(user).row.id;
    for (auto &[family, stored] : m_state->sessions) {
        ports::Session &session = stored.session;
        if (session.user == id && session.device == device && !session.revokedAt)
            session.revokedAt = now;
    }
    return {};
}

Result<std::optional<SessionWrites::Owner>> MemorySessionWrites::ownerOf(const model::Text &id)
{
    for (const auto &[family, row] : m_state->sessions) {
        if (row.session.id == id)
            return Owner{m_state->userIds.at(row.session.user), row.session.revokedAt.has_value()};
    }
    return std::nullopt;
}

VoidResult MemorySessionWrites::end(const model::Text &id, model::Instant now)
{
    for (auto &[family, row] : m_state->sessions) {
        if (row.session.id == id)
            row.session.revokedAt = now;
    }
    return {};
}

VoidResult MemorySessionWrites::note(const ports::AuditEntry &entry)
{
    m_state->audit.push_back(entry);
    m_state->audit.back().place = ++m_state->lastAudit;
    return {};
}

Result<int> MemorySessionWrites::purge(model::Instant endedBefore, model::Instant notedBefore, int)
{
    auto gone = std::erase_if(m_state->sessions,
                              [&](const auto &e) { return e.second.session.expiresAt < endedBefore; });
    gone += std::erase_if(m_state->audit, [&](const auto &entry) { return entry.at < notedBefore; });
    return static_cast<int>(gone);
}
} // namespace belfry::store
