#pragma once

#include "bench/fd.h"
#include "bench/moment.h"

#include <array>
#include <cstdint>
#include <memory>
#include <span>

namespace belfry::bench {
/// What stands behind a watched descriptor. An event of the same turn may still come after the descriptor was
/// closed: it must live until the turn ends and ignore what no longer concerns it.
class Watcher
{
public:
    virtual ~Watcher() = default;
    /// `events` as of epoll_wait(2).
    virtual void ready(std::uint32_t events) = 0;
};

/// One epoll set. One thread.
class Poller
{
public:
    Poller();

    /// Edge-triggered for reading, writing and hang-up: one system call in the life of a connection.
    void watch(const Fd &fd, Watcher &watcher);
    /// Level-triggered for reading: listeners.
    void watchListener(const Fd &fd, Watcher &watcher);

    /// Waits for events until `until` at the latest and hands them out.
    void turn(Moment until);
    /// The time when the running turn got its events: one clock read for all of them.
    [[nodiscard]] Moment turnBegan() const { return m_turnBegan; }

    /// One receive buffer for all connections; its content is gone after the call that reads into it.
    [[nodiscard]] std::span<char> scratch() { return {m_scratch.get(), scratchSize}; }

private:
    static constexpr std::size_t scratchSize = 256 * 1024;
    void add(const Fd &fd, Watcher &watcher, std::uint32_t events);

    Fd m_epoll;
    std::unique_ptr<char[]> m_scratch;
    Moment m_turnBegan = now();
};
} // namespace belfry::bench
