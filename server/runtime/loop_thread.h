#pragma once

#include "runtime/loop.h"

#include <QString>
#include <functional>
#include <memory>
#include <thread>

class QAbstractEventDispatcher;

namespace belfry::runtime {
/// A named thread with a Loop. The thread runs from start() to stop(); the Loop lives as long as this object.
/// Not a QThread: wait() of that returns before the thread has let go of its thread-local data, and what the
/// libraries keep there (OpenSSL's does) would be freed at the same time as by the end of the process.
class LoopThread
{
public:
    using DispatcherFactory = std::function<QAbstractEventDispatcher *()>;

    /// `dispatcher` makes the event dispatcher of the thread's first run, now and on the thread that calls;
    /// absent: Qt's own. The kernel shows the first 15 bytes of `name`.
    explicit LoopThread(const QString &name, const DispatcherFactory &dispatcher = {});
    ~LoopThread();
    LoopThread(const LoopThread &) = delete;
    LoopThread &operator=(const LoopThread &) = delete;

    void start();
    /// Ends the loop after what is posted now and the turn end that belongs to it (the last writes go out),
    /// waits until the thread is gone. What is posted later, and what after() still holds, is never run.
    /// Idempotent. Not from the thread itself.
    void stop();
    [[nodiscard]] Loop &loop() { return *m_loop; }

private:
    void run();

    const QString m_name;
    std::unique_ptr<QAbstractEventDispatcher> m_dispatcher; ///< until the thread takes it
    std::unique_ptr<Loop> m_loop;
    std::thread m_thread;
};
} // namespace belfry::runtime
