#pragma once

#include "ports/store.h"

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>

namespace belfry::store {
/// Whether one side of the store, writing or reading, works: what it met last counts. The log and a listener
/// hear of each change; where good and bad take turns, as with one damaged page, the log hears of it once a
/// minute. Any thread.
class SideHealth
{
public:
    /// What the log says, without the reason.
    SideHealth(const char *lost, const char *back)
        : m_lostWords(lost)
        , m_backWords(back)
    {
    }

    /// Called on the thread that met the change. Before the first note().
    void setListener(std::function<void(bool ok)> listener) { m_listener = std::move(listener); }
    /// Only Unavailable is bad: all else was an answer.
    void note(const model::VoidResult &outcome);
    [[nodiscard]] bool isOk() const { return m_ok; }
    [[nodiscard]] ports::Store::Health health() const;

private:
    void tellLog(bool ok);

    const char *const m_lostWords;
    const char *const m_backWords;
    std::function<void(bool)> m_listener;
    std::atomic<bool> m_ok{true};
    mutable std::mutex m_mutex; ///< the rest
    model::Text m_detail;
    bool m_isTold = false;
    std::chrono::steady_clock::time_point m_quietUntil;
};
} // namespace belfry::store
