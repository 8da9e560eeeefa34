#pragma once

#include "model/result.h"
#include "net/handler.h"
#include "runtime/probe.h"

#include <QHostAddress>
#include <chrono>
#include <functional>
#include <memory>
#include <vector>

namespace belfry::net {
class TlsContext;

struct ListenAddress
{
    QHostAddress host;
    quint16 port = 0;                        ///< 0 picks one, the same for all loops
    std::shared_ptr<const TlsContext> tls{}; ///< none: plain HTTP
};

/// Semantics 18 and decisions H26, H70, H77; all of them settings.
struct Limits
{
    qint64 headerBytes = 16 * 1024;
    qint64 headerLineBytes = 8 * 1024;
    int headerLines = 100;
    std::chrono::milliseconds headerTimeout{10'000};
    std::chrono::milliseconds idleTimeout{75'000};
    std::chrono::milliseconds bodyStall{30'000};
    std::chrono::milliseconds bodyTotal{60'000};
    std::chrono::milliseconds closeTimeout{5'000};
    qint64 messageBytes = 64 * 1024;   ///< a client's WebSocket message
    qint64 waitingBytes = 1024 * 1024; ///< slow consumer: 4008
    int connectionsPerNode = 50'000;
    int connectionsPerAddress = 0; ///< of an IPv4 address, of an IPv6 /64; 0: no limit
    /// Whose connections do not count against it: proxies. Any loop's thread.
    std::function<bool(const QHostAddress &)> uncounted{};
};

struct ServerOptions
{
    std::vector<ListenAddress> listen{};
    int loops = 0; ///< 0: one per core that this process may use
    Limits limits{};
};

struct NetProbe
{
    runtime::Counter accepted, refused, requests, badRequests, upgrades, framesIn, bytesOut, slowCut,
        sendCalls, tlsHandshakes, tlsFailures;
    runtime::Gauge connections, webSockets, eventStreams, acceptPaused;
    runtime::Histogram loopLag; ///< see runtime::watchLag
};

/// N gateway loops, each with its own epoll dispatcher, SO_REUSEPORT listeners and connections. Made, started
/// and stopped on the main thread.
class Server
{
public:
    /// Makes the handler of loop `index`; called on the main thread before start() returns, the handler
    /// itself is only used, and destroyed, on `loop`.
    using HandlerFactory = std::function<std::unique_ptr<Handler>(int index, runtime::Loop &loop)>;

    Server(ServerOptions options, HandlerFactory handlers);
    ~Server();

    /// Probes every address without SO_REUSEPORT first, so that a port in use is seen; then listens on all
    /// loops. Error: Conflict, with the address and how to find out who has it; nothing is left listening.
    [[nodiscard]] model::VoidResult start();
    /// The addresses with the ports that were picked, in the order of ServerOptions::listen, "host:port".
    [[nodiscard]] std::vector<QByteArray> addresses() const;
    [[nodiscard]] std::vector<runtime::Loop *> loops();
    [[nodiscard]] NetProbe &probe();

    /// New connections to this address (its place in ServerOptions::listen) are opened with `context` from
    /// now on; those that stand keep what they have. Only where TLS was spoken from the start.
    void setTls(int listener, const std::shared_ptr<const TlsContext> &context);

    /// Drain, step 1: closes the listeners; new requests on kept connections get 503 + Connection: close
    /// (H75).
    void stopAccepting();
    /// Waits until every request under way is answered; false when the deadline passed first.
    [[nodiscard]] bool waitForRequests(std::chrono::milliseconds deadline);
    /// Ends all connections and the loops. Idempotent.
    void stop();

private:
    class Private;
    std::unique_ptr<Private> d;
};
} // namespace belfry::net
