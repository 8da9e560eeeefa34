#include "service/rule_holders.h"

namespace belfry::service {
namespace {
/// Changes that other nodes write are not heard: everybody is looked at again, as often as the cache believes
/// a document.
constexpr model::Duration lookAgain = std::chrono::seconds(2);
} // namespace

RuleHolders::Asked RuleHolders::connected(model::Instant now)
{
    const std::lock_guard lock(m_mutex);
    const bool everyone = !m_store.isExclusive() && now - m_everyoneAt >= lookAgain;
    if (everyone)
        m_everyoneAt = now;
    ++m_turn;
    for (model::UserId &user : m_fanout.takeUnsorted(everyone))
        m_since.insert_or_assign(std::move(user), m_turn);
    std::erase_if(m_since, [this](const auto &entry) { return !m_fanout.isConnected(entry.first); });
    Asked asked{{}, m_turn};
    asked.users.reserve(m_since.size());
    for (const auto &[user, since] : m_since)
        asked.users.push_back(user);
    return asked;
}

void RuleHolders::forget(const model::UserId &user, quint64 turn)
{
    const std::lock_guard lock(m_mutex);
    const auto it = m_since.find(user);
    if (it != m_since.end() && it->second <= turn)
        m_since.erase(it);
}
} // namespace belfry::service
