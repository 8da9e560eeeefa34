#pragma once

#include <QAbstractEventDispatcher>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

namespace belfry::net {
/// The timers of one event dispatcher, earliest first. Times are nanoseconds of a steady clock and come in as
/// values.
class TimerQueue
{
public:
    void add(int id, qint64 intervalMs, Qt::TimerType type, QObject *object, qint64 now);
    bool remove(int id);
    bool removeAll(QObject *object);
    [[nodiscard]] QList<QAbstractEventDispatcher::TimerInfo> of(QObject *object) const;
    /// Milliseconds until the timer is due, rounded up; -1: no such timer.
    [[nodiscard]] int remainingMs(int id, qint64 now) const;
    /// When the earliest one is due. A timer whose event is being handled does not count: a loop nested in
    /// its own handler must neither fire it again nor spin.
    [[nodiscard]] std::optional<qint64> nextDue() const;
    /// Sends a QTimerEvent for each timer that is due at `now`, each at most once. Returns how many.
    int fire(qint64 now);

private:
    struct Timer
    {
        QObject *object;
        qint64 interval;
        qint64 due;
        Qt::TimerType type;
        bool inHandler;
    };
    [[nodiscard]] std::vector<std::pair<qint64, int>> dueAt(qint64 now) const;
    void fireOne(int id, qint64 now);

    std::unordered_map<int, Timer> m_timers;
    std::set<std::pair<qint64, int>> m_order;
};
} // namespace belfry::net
