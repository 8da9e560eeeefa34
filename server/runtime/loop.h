#pragma once

#include "runtime/task.h"

#include <QObject>
#include <chrono>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace belfry::runtime {
/// The event loop of one thread, as others see it: a place to which work can be sent. Constructed on its
/// thread (or moved there before the thread starts); outlives every request that names it as home (style.md,
/// async).
class Loop : public QObject
{
    Q_OBJECT
public:
    explicit Loop(QObject *parent = nullptr);
    ~Loop() override;

    /// Runs `task` on this loop's thread, in the order of the calls of one thread. Any thread; one wake-up
    /// however many tasks come before the loop turns. Not bounded: what posts is (requests in flight, a
    /// BoundedQueue). A task is destroyed as soon as it has run; tasks left when the loop dies are destroyed
    /// without being run, on the thread that destroys the loop.
    void post(Task task);
    /// The same for a whole batch: one lock, one wake-up.
    void post(std::vector<Task> tasks);

    /// Runs `task` once at the end of the current turn of the loop, after all posted tasks of the turn: what
    /// gathers writes hooks in here. In the order of the calls; a call out of such a task means the next
    /// turn. Loop's thread only.
    void atTurnEnd(Task task);

    /// Runs `task` after `delay`, unless the loop dies first. It can't be called off: for what may become
    /// needless, ask by id when it runs. Loop's thread only.
    void after(std::chrono::milliseconds delay, Task task);

    /// Forgets what after() still holds. Loop's thread only, which must call it before it ends with tasks
    /// left: timers can't be stopped from another thread.
    void dropDelayed();

    [[nodiscard]] bool isCurrent() const;
    /// Number of tasks waiting; for metrics. Any thread.
    [[nodiscard]] std::size_t backlog() const;

protected:
    bool event(QEvent *event) override;
    void timerEvent(QTimerEvent *event) override;

private:
    void wake();
    void runPosted();
    void runTurnEnd();

    mutable std::mutex m_mutex;
    std::vector<Task> m_posted;
    std::vector<Task> m_spare; ///< memory for the next turn; loop's thread only
    bool m_woken = false;
    std::vector<Task> m_turnEnd;
    bool m_turnEndScheduled = false;
    std::unordered_map<int, Task> m_delayed; ///< by timer id
};

/// How a port answers: called exactly once, on the home loop that the call named.
template<typename T>
using Reply = UniqueFunction<void(T)>;
} // namespace belfry::runtime
