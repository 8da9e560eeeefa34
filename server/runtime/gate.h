#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <utility>

namespace belfry::runtime {
/// Counts what is under way so that a stop can wait for it: enter() is refused once the gate is closed.
class Gate
{
public:
    /// Holds the gate; leaves when destroyed. False when the gate was closed.
    class Pass
    {
    public:
        Pass() = default;
        explicit Pass(Gate *gate)
            : m_gate(gate)
        {
        }
        Pass(Pass &&other) noexcept
            : m_gate(std::exchange(other.m_gate, nullptr))
        {
        }
        Pass &operator=(Pass &&other) noexcept
        {
            std::swap(m_gate, other.m_gate);
            return *this;
        }
        ~Pass()
        {
            if (m_gate)
                m_gate->leave();
        }
        explicit operator bool() const { return m_gate != nullptr; }

    private:
        Gate *m_gate = nullptr;
    };

    [[nodiscard]] Pass enter();
    /// Refuses newcomers; any thread.
    void close();
    /// Waits until everything inside has left. False: the deadline passed first. Close it before, or
    /// newcomers may keep it busy; never call it on a loop that something inside needs in order to leave.
    [[nodiscard]] bool wait(std::chrono::milliseconds deadline);
    [[nodiscard]] int inside() const;

private:
    void leave();

    mutable std::mutex m_mutex;
    std::condition_variable m_empty;
    int m_inside = 0;
    bool m_closed = false;
};
} // namespace belfry::runtime
