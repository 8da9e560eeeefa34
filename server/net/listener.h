#pragma once

#include "net/http_message.h"
#include "net/server.h"

#include <QSocketNotifier>
#include <functional>

namespace belfry::net {
/// Accepts on one listening descriptor of one loop. When the process is out of descriptors it stops asking
/// until resume(): a listening socket that is always readable would spin the loop. Lives on its loop.
class Listener
{
public:
    using Accepted = std::function<void(int fd, Peer peer)>;

    /// Owns `fd`. `index` and `bound` are passed on in Peer.
    Listener(int fd, int index, const ListenAddress &bound, NetProbe &probe, Accepted accepted);
    ~Listener();
    Listener(const Listener &) = delete;
    Listener &operator=(const Listener &) = delete;

    /// Takes what waits in the backlog, up to a bound.
    void accept();
    [[nodiscard]] bool isPaused() const { return m_paused; }
    /// A descriptor is free again, or it is time to try.
    void resume();

private:
    enum class Outcome { Taken, None, Exhausted };
    Outcome acceptOne();
    void pause();

    const int m_fd;
    const int m_index;
    const ListenAddress m_bound;
    const bool m_isLoopback;
    const bool m_isWildcard;
    NetProbe &m_probe;
    Accepted m_accepted;
    QSocketNotifier m_notifier;
    bool m_paused = false;
};
} // namespace belfry::net
