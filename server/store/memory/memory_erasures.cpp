#include "store/memory/memory_erasures.h"

#include <algorithm>

namespace belfry::store {
VoidResult MemoryErasureWrites::begin(const ErasureRow &row)
{
    const auto [it, fresh] = m_state->erasures.try_emplace(row.user, MemoryState::Erasure{row, {}});
    if (fresh || it->second.doneAt)
        it->second = {row, {}};
    return {};
}

Result<std::optional<ErasureRow>> MemoryErasureWrites::oldest()
{
    std::optional<ErasureRow> found;
    for (const auto &[key, erasure] : m_state->erasures) {
        if (erasure.doneAt || (found && found->askedAt <= erasure.row.askedAt))
            continue;
        found = erasure.row;
        found->id = m_state->users.at(key).row.id;
    }
    return found;
}

VoidResult MemoryErasureWrites::save(const ErasureRow &row, model::MaybeInstant doneAt)
{
    m_state->erasures[row.user] = {row, doneAt};
    return {};
}

VoidResult MemoryErasureWrites::removeProfile(UserKey user)
{
    MemoryState::User &known = m_state->users.at(user);
    known.person = {};
    known.record.name.clear();
    known.record.email.clear();
    known.record.passwordHash.clear();
    return {};
}

VoidResult MemoryErasureWrites::removePreferences(UserKey user)
{
    m_state->preferences.erase(user);
    return {};
}

VoidResult MemoryErasureWrites::wipeSessions(UserKey user, model::Instant now)
{
    const model::UserId &id = m_state->users.at(user).row.id;
    for (auto &[family, row] : m_state->sessions) {
        ports::Session &session = row.session;
        if (session.user != id)
            continue;
        session.device = {};
        session.address.clear();
        session.expiresAt = now;
        session.revokedAt = session.revokedAt.value_or(now);
    }
    return {};
}

VoidResult MemoryErasureWrites::doomed(UserKey user, model::Instant upTo, int limit,
                                       std::vector<model::NotificationId> &out)
{
    std::vector<std::pair<model::Seq, model::NotificationId>> found;
    for (const auto &[id, row] : m_state->notifications) {
        if (row.user == user && row.item.createdAt <= upTo)
            found.emplace_back(row.item.createdSeq, id);
    }
    std::sort(found.begin(), found.end());
    for (const auto &[seq, id] : found) {
        if (std::ssize(out) < limit)
            out.push_back(id);
    }
    return {};
}

VoidResult MemoryErasureWrites::removeDeliveries(const std::vector<model::NotificationId> &ids)
{
    for (const model::NotificationId &id : ids)
        std::erase_if(m_state->deliveries, [&](const auto &e) { return e.second.notification == id; });
    return {};
}

VoidResult MemoryErasureWrites::blankLog(UserKey user, model::Seq after, model::Seq upTo)
{
    auto it = m_state->log.upper_bound({user, after});
    for (; it != m_state->log.end() && it->first <= MemoryState::Place{user, upTo}; ++it) {
        LogRow &row = it->second;
        if (!row.payload.isEmpty())
            row = {row.user, row.seq, model::ChangeKind::Updated, row.at, model::Alert::None, {}, {}};
    }
    return {};
}

Result<int> MemoryErasureWrites::removeRest(UserKey user, model::Instant upTo, int)
{
    const auto isTheirs = [&](const auto &entry) {
        return entry.first.first == user && entry.second.at <= upTo;
    };
    auto gone = std::erase_if(m_state->ops, isTheirs);
    gone += std::erase_if(m_state->devices, [&](const auto &entry) {
        return entry.first.first == user && entry.second.updatedAt <= upTo;
    });
    gone += std::erase_if(m_state->cursors, isTheirs);
    gone += std::erase_if(m_state->dedupes, isTheirs);
    gone += std::erase_if(m_state->outbox, [&, id = m_state->users.at(user).row.id](const OutboxRow &row) {
        return row.user == id && row.at <= upTo;
    });
    for (auto &[name, topic] : m_state->topics) {
        gone += std::erase_if(topic.subscriptions, [&](const auto &s) { return s.user == user; });
        topic.topic.subscribers = std::ssize(topic.subscriptions);
    }
    return static_cast<int>(gone);
}

VoidResult MemoryErasureWrites::answersAfter(const model::Text &scope, const model::Text &key, int limit,
                                             std::vector<AnswerRow> &out)
{
    auto it = m_state->answers.upper_bound({scope, key});
    for (; it != m_state->answers.end() && std::ssize(out) < limit; ++it)
        out.push_back(it->second);
    return {};
}

VoidResult MemoryErasureWrites::removeAnswer(const ports::IdempotencyKey &key)
{
    m_state->answers.erase({key.scope, key.key});
    return {};
}

VoidResult MemoryErasureWrites::redactAnswer(const ports::IdempotencyKey &key, const QByteArray &json)
{
    ports::StoredAnswer &answer = m_state->answers.at({key.scope, key.key}).answer;
    answer.contentType = "application/json";
    answer.body = json;
    return {};
}
} // namespace belfry::store
