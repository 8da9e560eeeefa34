#pragma once

#include "model/result.h"
#include "runtime/loop_thread.h"

#include <atomic>

namespace belfry::service {
/// Argon2id on a thread of its own, which runs from construction to destruction: 64 MiB and tens of
/// milliseconds each are nothing for a loop. Any loop. Overloaded: too many wait.
class PasswordWork
{
public:
    /// At most `maxWaiting` wait at a time, all kinds together.
    explicit PasswordWork(int maxWaiting = 32);
    ~PasswordWork();

    void hash(runtime::Loop &home, model::Text password, runtime::Reply<model::Result<QByteArray>> reply);
    /// Whether it fits. An empty hash (nobody's) takes as long and fits nothing.
    void check(runtime::Loop &home, QByteArray hash, model::Text password,
               runtime::Reply<model::Result<bool>> reply);

private:
    template<typename T, typename Work>
    void run(runtime::Loop &home, runtime::Reply<model::Result<T>> reply, Work work);

    const int m_maxWaiting;
    std::atomic<int> m_waiting{0};
    runtime::LoopThread m_hashing;
};
} // namespace belfry::service
