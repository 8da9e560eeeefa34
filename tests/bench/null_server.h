#pragma once

#include "bench/endpoint.h"
#include "bench/poller.h"

#include "model/result.h"

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace belfry::bench {
struct Options;
class NullPeer;

/// The yardstick: what the kernel alone allows. Stores nothing, checks nothing; a broadcast is framed once
/// and written with one plain send(2) a socket and message, on sockets as accept(2) gives them. Speaks as
/// much of `belfry.v1` and of the REST answers as the generator needs, so that every run works against it
/// unchanged; a notification for one user goes to that user's latest socket.
class NullServer : public Watcher
{
public:
    /// For comparison: `gather` writes what came in one turn of the loop in one send a socket, `noDelay` sets
    /// TCP_NODELAY (without it the kernel holds a small write back while the one before is not acknowledged).
    struct Manner
    {
        bool gather = false;
        bool noDelay = false;
    };

    NullServer(Poller &poller, Manner manner);
    ~NullServer() override;

    /// Unavailable: the address can't be had.
    [[nodiscard]] model::VoidResult listen(const Endpoint &address);
    [[nodiscard]] Endpoint endpoint() const { return m_endpoint; }
    /// One turn of the poller and the burial of the connections that ended in it.
    void turn(Moment until);

protected:
    // What a test of the generator replaces by something faulty.
    virtual void broadcast(std::string_view body);
    virtual void deliver(std::string_view user, std::string_view body);

private:
    friend class NullPeer;
    void ready(std::uint32_t events) override;
    void signedIn(NullPeer &peer, const std::string &user);
    void ended(NullPeer &peer);
    void writeToAll();

    Poller &m_poller;
    Manner m_manner;
    Fd m_listener;
    Endpoint m_endpoint;
    std::unordered_map<NullPeer *, std::unique_ptr<NullPeer>> m_peers;
    std::vector<NullPeer *> m_sockets;
    std::unordered_map<std::string, NullPeer *> m_byUser;
    std::vector<NullPeer *> m_ended;
    std::string m_frames; ///< not yet written
};

/// The command: serves until SIGTERM or SIGINT.
[[nodiscard]] model::VoidResult runNullServer(const Options &options);
} // namespace belfry::bench
