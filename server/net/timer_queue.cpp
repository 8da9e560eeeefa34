#include "net/timer_queue.h"

#include <QCoreApplication>
#include <QTimerEvent>
#include <limits>

namespace belfry::net {
namespace {
constexpr qint64 nsPerMs = 1'000'000;
constexpr qint64 nsPerSecond = 1'000'000'000;

/// A very coarse timer keeps to whole seconds, so that many of them share a wake-up.
qint64 dueAfter(qint64 now, qint64 interval, Qt::TimerType type)
{
    const qint64 due = now + interval;
    if (type != Qt::VeryCoarseTimer || interval < nsPerSecond)
        return due;
    return (due + nsPerSecond - 1) / nsPerSecond * nsPerSecond;
}
} // namespace

void TimerQueue::add(int id, qint64 intervalMs, Qt::TimerType type, QObject *object, qint64 now)
{
    remove(id);
    const qint64 interval = std::max<qint64>(intervalMs, 0) * nsPerMs;
    const Timer timer{object, interval, dueAfter(now, interval, type), type, false};
    m_timers.emplace(id, timer);
    m_order.emplace(timer.due, id);
}

bool TimerQueue::remove(int id)
{
    const auto it = m_timers.find(id);
    if (it == m_timers.end())
        return false;
    m_order.erase({it->second.due, id});
    m_timers.erase(it);
    return true;
}

bool TimerQueue::removeAll(QObject *object)
{
    std::vector<int> ids;
    for (const auto &[id, timer] : m_timers) {
        if (timer.object == object)
            ids.push_back(id);
    }
    for (const int id : ids)
        remove(id);
    return !ids.empty();
}

QList<QAbstractEventDispatcher::TimerInfo> TimerQueue::of(QObject *object) const
{
    QList<QAbstractEventDispatcher::TimerInfo> found;
    for (const auto &[id, timer] : m_timers) {
        if (timer.object == object)
            found.append({id, static_cast<int>(timer.interval / nsPerMs), timer.type});
    }
    return found;
}

int TimerQueue::remainingMs(int id, qint64 now) const
{
    const auto it = m_timers.find(id);
    if (it == m_timers.end())
        return -1;
    const qint64 left = std::max<qint64>(it->second.due - now, 0);
    return static_cast<int>((left + nsPerMs - 1) / nsPerMs);
}

std::optional<qint64> TimerQueue::nextDue() const
{
    if (m_order.empty())
        return std::nullopt;
    return m_order.begin()->first;
}

int TimerQueue::fire(qint64 now)
{
    if (m_order.empty() || m_order.begin()->first > now)
        return 0;
    int fired = 0;
    for (const auto &entry : dueAt(now)) {
        // Gone when an earlier handler removed or restarted it, or a nested loop fired it.
        if (m_order.erase(entry) == 0)
            continue;
        fireOne(entry.second, now);
        ++fired;
    }
    return fired;
}

std::vector<std::pair<qint64, int>> TimerQueue::dueAt(qint64 now) const
{
    return {m_order.begin(), m_order.upper_bound({now, std::numeric_limits<int>::max()})};
}

void TimerQueue::fireOne(int id, qint64 now)
{
    Timer &timer = m_timers.at(id);
    const qint64 next = dueAfter(timer.due, timer.interval, timer.type);
    timer.due = next > now ? next : dueAfter(now, timer.interval, timer.type);
    timer.inHandler = true;
    QTimerEvent event(id);
    QCoreApplication::sendEvent(timer.object, &event);

    const auto it = m_timers.find(id);
    if (it == m_timers.end() || !it->second.inHandler)
        return; // removed, or made anew with the same id
    it->second.inHandler = false;
    m_order.emplace(it->second.due, id);
}
} // namespace belfry::net
