#include "runtime/gate.h"

namespace belfry::runtime {
Gate::Pass Gate::enter()
{
    const std::lock_guard lock(m_mutex);
    if (m_closed)
        return {};
    ++m_inside;
    return Pass(this);
}

void Gate::close()
{
    const std::lock_guard lock(m_mutex);
    m_closed = true;
}

bool Gate::wait(std::chrono::milliseconds deadline)
{
    std::unique_lock lock(m_mutex);
    return m_empty.wait_for(lock, deadline, [this] { return m_inside == 0; });
}

int Gate::inside() const
{
    const std::lock_guard lock(m_mutex);
    return m_inside;
}

void Gate::leave()
{
    // Under the lock: the waiter may destroy the gate as soon as it sees zero.
    const std::lock_guard lock(m_mutex);
    if (--m_inside == 0)
        m_empty.notify_all();
}
} // namespace belfry::runtime
