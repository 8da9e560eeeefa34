#pragma once

#include "runtime/loop.h"

#include <QThread>
#include <functional>
#include <memory>

class QAbstractEventDispatcher;

namespace belfry::runtime {
/// A named thread with a Loop. The thread runs from start() to stop(); the Loop lives as long as this object.
class LoopThread
{
public:
    using DispatcherFactory = std::function<QAbstractEventDispatcher *()>;

    /// `dispatcher` makes the event dispatcher of the thread; absent: Qt's own.
    explicit LoopThread(const QString &name, const DispatcherFactory &dispatcher = {});
    ~LoopThread();
    LoopThread(const LoopThread &) = delete;
    LoopThread &operator=(const LoopThread &) = delete;

    void start();
    /// Ends the loop after what is posted now and the turn end that belongs to it (the last writes go out),
    /// waits for the thread. What is posted later, and what after() still holds, is never run. Idempotent.
    /// Not from the thread itself.
    void stop();
    [[nodiscard]] Loop &loop() { return *m_loop; }

private:
    QThread m_thread;
    std::unique_ptr<Loop> m_loop;
};
} // namespace belfry::runtime
