#pragma once

#include "runtime/task.h"

#include <QObject>
#include <chrono>
#include <mutex>
#include <vector>

namespace belfry::runtime
{
/// The event loop of one thread, as others see it: a place to which work can be sent. Constructed on its thread (or
/// moved there before the thread starts); outlives every request that names it as home (style.md, async).
class Loop : public QObject
{
    Q_OBJECT
public:
    explicit Loop(QObject *parent = nullptr);
    ~Loop() override;

    /// Runs `task` on this loop's thread, in the order of the calls of one thread. Any thread; one wake-up however many
    /// tasks come before the loop turns. Tasks left when the loop dies are destroyed without being run.
    void post(Task task);
    /// The same for a whole batch: one lock, one wake-up.
    void post(std::vector<Task> tasks);

    /// Runs `task` once at the end of the current turn of the loop, after all posted tasks of the turn: what gathers
    /// writes hooks in here. Loop's thread only.
    void atTurnEnd(Task task);

    /// Runs `task` after `delay`. Loop's thread only.
    void after(std::chrono::milliseconds delay, Task task);

    [[nodiscard]] bool isCurrent() const;
    /// Number of tasks waiting; for metrics. Any thread.
    [[nodiscard]] std::size_t backlog() const;

protected:
    bool event(QEvent *event) override;

private:
    void wake();
    void runPosted();
    void runTurnEnd();

    mutable std::mutex m_mutex;
    std::vector<Task> m_posted;
    bool m_woken = false;
    std::vector<Task> m_turnEnd;
    bool m_turnEndScheduled = false;
};

/// How a port answers: called exactly once, on the home loop that the call named.
template <typename T>
using Reply = UniqueFunction<void(T)>;
} // namespace belfry::runtime
