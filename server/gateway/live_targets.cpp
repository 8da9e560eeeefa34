#include "gateway/live_targets.h"

#include "gateway/session.h"

namespace belfry::gateway {
void LiveTargets::add(Session &session)
{
    if (session.target != nowhere)
        return;
    session.target = m_targets.size();
    m_targets.push_back({session.connection(), &session, session.mayAlert()});
}

void LiveTargets::remove(Session &session)
{
    if (session.target == nowhere)
        return;
    m_targets[session.target] = m_targets.back();
    m_targets[session.target].session->target = session.target;
    m_targets.pop_back();
    session.target = nowhere;
}

void LiveTargets::setMayAlert(const Session &session, bool mayAlert)
{
    if (session.target != nowhere)
        m_targets[session.target].mayAlert = mayAlert;
}

std::size_t LiveTargets::send(const QByteArray &loud, const QByteArray &quiet) const
{
    for (const Target &target : m_targets)
        target.connection->send(target.mayAlert ? loud : quiet);
    return m_targets.size();
}
} // namespace belfry::gateway
