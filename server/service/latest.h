#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>

namespace belfry::service {
/// What was read last of something that is read anew as a whole. Reads may overtake each other: the one that
/// began last counts. Any thread.
template<typename T>
class Latest
{
public:
    /// To be asked before a read begins.
    [[nodiscard]] std::uint64_t begin() { return ++m_begun; }
    /// False: one that began later has come earlier, and knows more.
    bool take(std::uint64_t read, T value)
    {
        auto fresh = std::make_shared<const T>(std::move(value));
        const std::lock_guard lock(m_mutex);
        if (read < m_newest)
            return false;
        m_newest = read;
        m_isEmpty = fresh->empty();
        m_value = std::move(fresh);
        return true;
    }
    /// To be held while it is looked at.
    [[nodiscard]] std::shared_ptr<const T> get() const
    {
        const std::lock_guard lock(m_mutex);
        return m_value;
    }
    [[nodiscard]] bool isEmpty() const { return m_isEmpty.load(std::memory_order_relaxed); }

private:
    mutable std::mutex m_mutex;
    std::shared_ptr<const T> m_value = std::make_shared<const T>();
    std::uint64_t m_newest = 0; ///< of those that have come
    std::atomic<bool> m_isEmpty{true};
    std::atomic<std::uint64_t> m_begun{0};
};
} // namespace belfry::service
