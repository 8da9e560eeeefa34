#include "net/server.h"

#include "net/address_tally.h"
#include "net/epoll_dispatcher.h"
#include "net/gateway_loop.h"
#include "net/listen_socket.h"
#include "runtime/loop_lag.h"
#include "runtime/loop_thread.h"

#include <QSemaphore>
#include <QThread>
#include <unistd.h>

namespace belfry::net {
namespace {
using model::ErrorCode;

/// A loop's thread with what runs on it. The dispatcher belongs to the thread.
struct Node
{
    Node(int index, const Limits &limits, NetProbe &probe, AddressTally &tally)
        : thread(QStringLiteral("gateway-%1").arg(index), [this] { return dispatcher = new EpollDispatcher; })
    {
        gateway = std::make_unique<GatewayLoop>(index, limits, probe, tally, thread.loop());
        dispatcher->setBeforeWait([this] { gateway->endTurn(); });
        gateway->moveToThread(nullptr); // the thread takes it as soon as it runs
    }
    ~Node() { thread.stop(); }
    Node(const Node &) = delete;
    Node &operator=(const Node &) = delete;

    EpollDispatcher *dispatcher = nullptr;
    /// Outlives the loop: tasks that were never run hold requests, which say so when they die.
    std::unique_ptr<GatewayLoop> gateway;
    runtime::LoopThread thread;
};

void closeAll(const std::vector<ListenGroup> &groups)
{
    for (const ListenGroup &group : groups) {
        for (const int fd : group.descriptors)
            ::close(fd);
    }
}
} // namespace

class Server::Private
{
public:
    Private(ServerOptions given, HandlerFactory factory)
        : options(std::move(given))
        , handlers(std::move(factory))
        , tally(options.limits.connectionsPerAddress, options.limits.uncounted)
    {
    }

    /// Runs `task` on every loop and waits until all have.
    template<typename F>
    void onEachLoop(F task)
    {
        QSemaphore done;
        for (const auto &node : nodes) {
            node->thread.loop().post([&task, &done, gateway = node->gateway.get()] {
                task(*gateway);
                done.release();
            });
        }
        done.acquire(static_cast<int>(nodes.size()));
    }

    ServerOptions options;
    HandlerFactory handlers;
    NetProbe probe;
    AddressTally tally;
    std::vector<std::unique_ptr<Node>> nodes;
    std::vector<QByteArray> addresses;
    bool running = false;
};

Server::Server(ServerOptions options, HandlerFactory handlers)
    : d(std::make_unique<Private>(std::move(options), std::move(handlers)))
{
    const int count = d->options.loops > 0 ? d->options.loops : std::max(QThread::idealThreadCount(), 1);
    for (int i = 0; i < count; ++i)
        d->nodes.push_back(std::make_unique<Node>(i, d->options.limits, d->probe, d->tally));
}

Server::~Server()
{
    stop();
}

model::VoidResult Server::start()
{
    for (const auto &node : d->nodes) {
        if (!node->dispatcher->isValid())
            return model::fail(ErrorCode::Unavailable,
                               "No descriptors for the gateway loops; raise the limit (`ulimit -n`).");
    }
    std::vector<ListenGroup> groups;
    for (const ListenAddress &address : d->options.listen) {
        model::Result<ListenGroup> group = openListenGroup(address, static_cast<int>(d->nodes.size()));
        if (!group) {
            closeAll(groups);
            return tl::unexpected(group.error());
        }
        groups.push_back(std::move(*group));
    }
    for (const ListenGroup &group : groups)
        d->addresses.push_back(textOf(group.bound));
    for (std::size_t i = 0; i < d->nodes.size(); ++i) {
        Node &node = *d->nodes[i];
        node.gateway->setHandler(d->handlers(static_cast<int>(i), node.thread.loop()));
        node.thread.start();
        runtime::watchLag(node.thread.loop(), d->probe.loopLag);
        node.thread.loop().post([gateway = node.gateway.get(), groups, i] {
            gateway->moveToThread(QThread::currentThread());
            for (std::size_t k = 0; k < groups.size(); ++k)
                gateway->listen(groups[k].descriptors[i], static_cast<int>(k), groups[k].bound);
        });
    }
    d->running = true;
    return {};
}

std::vector<QByteArray> Server::addresses() const
{
    return d->addresses;
}

std::vector<runtime::Loop *> Server::loops()
{
    std::vector<runtime::Loop *> loops;
    for (const auto &node : d->nodes)
        loops.push_back(&node->thread.loop());
    return loops;
}

NetProbe &Server::probe()
{
    return d->probe;
}

void Server::setTls(int listener, const std::shared_ptr<const TlsContext> &context)
{
    if (!d->running)
        return;
    d->options.listen[static_cast<std::size_t>(listener)].tls = context; // the first one is needed no more
    for (const auto &node : d->nodes)
        node->thread.loop().post(
            [gateway = node->gateway.get(), listener, context] { gateway->setTls(listener, context); });
}

void Server::stopAccepting()
{
    for (const auto &node : d->nodes)
        node->gateway->requests().close();
    if (d->running)
        d->onEachLoop([](GatewayLoop &gateway) { gateway.stopListening(); });
}

bool Server::waitForRequests(std::chrono::milliseconds deadline)
{
    const auto end = std::chrono::steady_clock::now() + deadline;
    bool all = true;
    for (const auto &node : d->nodes) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
        all &= node->gateway->requests().wait(std::max(left, std::chrono::milliseconds(0)));
    }
    return all;
}

void Server::stop()
{
    if (!std::exchange(d->running, false))
        return;
    for (const auto &node : d->nodes)
        node->gateway->requests().close();
    QSemaphore gone;
    for (const auto &node : d->nodes) {
        node->thread.loop().post(
            [&gone, gateway = node->gateway.get()] { gateway->shutDown([&gone] { gone.release(); }); });
    }
    gone.acquire(static_cast<int>(d->nodes.size()));
    d->onEachLoop([](GatewayLoop &gateway) { gateway.destroyHandler(); });
    for (const auto &node : d->nodes)
        node->thread.stop();
}
} // namespace belfry::net
