#pragma once

#include <QtGlobal>
#include <condition_variable>
#include <mutex>
#include <utility>
#include <vector>

namespace belfry::runtime {
/// The one queue between threads: many producers, one consumer that always takes everything. Never grows past
/// its capacity: a full queue is the producer's to answer for (429/503), not memory's.
template<typename T>
class BoundedQueue
{
public:
    explicit BoundedQueue(std::size_t capacity)
        : m_capacity(capacity)
    {
    }

    /// False, and `item` untouched, when full or closed. Any thread.
    [[nodiscard]] bool tryPush(T &item)
    {
        {
            const std::lock_guard lock(m_mutex);
            if (m_closed || m_items.size() >= m_capacity)
                return false;
            m_items.push_back(std::move(item));
            if (m_items.size() > 1)
                return true; // the consumer was woken by the first
        }
        m_filled.notify_one();
        return true;
    }

    /// Waits for something, takes all of it, oldest first. `out` must be empty; its memory is swapped in, so
    /// that a consumer that clears and passes the same vector again allocates nothing. False: closed and
    /// empty.
    [[nodiscard]] bool takeAll(std::vector<T> &out)
    {
        std::unique_lock lock(m_mutex);
        Q_ASSERT(out.empty());
        m_filled.wait(lock, [this] { return m_closed || !m_items.empty(); });
        out.swap(m_items);
        return !out.empty();
    }

    /// Refuses what comes now; the consumer still gets what is in.
    void close()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_closed = true;
        }
        m_filled.notify_all();
    }

    [[nodiscard]] std::size_t size() const
    {
        const std::lock_guard lock(m_mutex);
        return m_items.size();
    }
    [[nodiscard]] std::size_t capacity() const { return m_capacity; }

private:
    const std::size_t m_capacity;
    mutable std::mutex m_mutex;
    std::condition_variable m_filled;
    std::vector<T> m_items;
    bool m_closed = false;
};
} // namespace belfry::runtime
