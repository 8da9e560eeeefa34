#include "store/side_health.h"

#include "runtime/log.h"

namespace belfry::store {
namespace {
constexpr auto quietTime = std::chrono::minutes(1);
} // namespace

void SideHealth::note(const model::VoidResult &outcome)
{
    const bool ok = outcome || outcome.error().code != model::ErrorCode::Unavailable;
    if (ok && m_ok)
        return; // nearly always
    {
        const std::lock_guard lock(m_mutex);
        if (!ok)
            m_detail = outcome.error().detail;
        if (m_ok.exchange(ok) == ok)
            return;
        tellLog(ok);
    }
    if (m_listener)
        m_listener(ok);
}

void SideHealth::tellLog(bool ok)
{
    const auto now = std::chrono::steady_clock::now();
    if (!ok && now >= m_quietUntil) {
        m_quietUntil = now + quietTime;
        m_isTold = true;
        qCCritical(lcStore, "%s: %s", m_lostWords, m_detail.constData());
    } else if (ok && std::exchange(m_isTold, false)) {
        qCInfo(lcStore, "%s", m_backWords);
    }
}

ports::Store::Health SideHealth::health() const
{
    if (m_ok)
        return {true, {}};
    const std::lock_guard lock(m_mutex);
    return {false, m_detail};
}
} // namespace belfry::store
