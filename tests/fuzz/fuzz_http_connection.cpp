// One HTTP connection on a wire of memory: any bytes, in any pieces, with answers at any time. Besides
// crashes it looks for requests that depend on how the bytes were cut (what smuggling lives on), and for
// broken promises to the handler.
//
// Input: the first byte says how large the pieces are, the rest is what the client sends.

#include "memory_transport.h"
#include "net/http_connection.h"

#include <QLoggingCategory>
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <tuple>

using namespace belfry::net;
using namespace belfry::net::test;

namespace {
constexpr qint64 bodyLimit = 300;

void require(bool promise)
{
    if (!promise)
        std::abort();
}

/// What the handler was asked, as text: to compare.
struct Script final : Handler
{
    BodyRule bodyRule(const HttpRequest &head) override
    {
        require(head.body.isEmpty());
        return {bodyLimit};
    }
    void handle(HttpRequest request, bool isUpgrade, Responder responder) override
    {
        require(request.path.startsWith('/') || (request.path == "*" && request.method == Method::Options));
        require(request.body.size() <= bodyLimit);
        require(request.headers.size() <= 100);
        require(std::ranges::all_of(request.headers, [](const Header &h) {
            return !h.name.isEmpty() && h.name == h.name.toLower();
        }));
        asked += request.methodText + ' ' + request.path + '?' + request.query +
                 (isUpgrade ? " upgrade " : " ") + request.body + '\n';
        if (request.path.size() % 2 == 0)
            held.push_back(std::move(responder));
        else
            responder.respond({.body = request.body});
    }
    HttpResponse refusal(const Refusal &why, const HttpRequest &) override
    {
        require(why.status >= 400 && why.status < 600);
        ++refusals;
        return {.status = why.status, .body = why.detail};
    }

    QByteArray asked;
    int refusals = 0;
    std::vector<Responder> held;
};

struct Session final : Responder::Target
{
    Session()
        : context(sharedContext())
    {
        context.handler = &script;
        context.responders = this;
        connection =
            std::make_unique<HttpConnection>(context, 1, Peer{}, std::make_unique<MemoryTransport>(wire));
        connection->open();
    }
    ~Session() override { script.held.clear(); }
    void respond(ConnectionId, HttpResponse response) override { connection->respond(std::move(response)); }
    void upgrade(ConnectionId, QByteArray, std::function<void(Connection &)>) override {}
    void stream(ConnectionId, HttpResponse, std::function<void(Connection &)>) override {}

    /// Reads and answers until nothing moves any more.
    void settle()
    {
        bool moved = true;
        while (moved) {
            moved = false;
            while (wire.watchesRead && !wire.incoming.isEmpty()) {
                wire.events->onReadable();
                moved = true;
            }
            context.flushAll();
            require(script.held.size() <= 1 &&
                    context.requests.inside() == static_cast<int>(script.held.size()));
            for (Responder &responder : std::exchange(script.held, {})) {
                responder.respond({.body = "later"});
                moved = true;
            }
            context.flushAll();
        }
    }
    /// Made once: its read buffer is what most of the time would go into.
    static LoopContext &sharedContext()
    {
        static NetProbe probe;
        static LoopContext context(Limits{}, probe);
        return context;
    }
    void end()
    {
        wire.peerEnded = true;
        for (int i = 0; i < 3 && wire.watchesRead && !connection->isDead(); ++i)
            wire.events->onReadable();
        context.flushAll();
    }

    MemoryWire wire;
    Script script;
    LoopContext &context;
    std::unique_ptr<HttpConnection> connection;
};

QByteArray run(QByteArrayView bytes, qsizetype piece)
{
    Session session;
    while (!bytes.isEmpty()) {
        const QByteArrayView now = bytes.first(std::min(piece, bytes.size()));
        bytes = bytes.sliced(now.size());
        session.wire.incoming += now;
        session.settle();
    }
    session.end();
    std::ignore = session.context.takeDead();
    require(session.script.refusals <= 1); // the connection ends with it
    return session.script.asked;
}
} // namespace

extern "C" int LLVMFuzzerInitialize(int *, char ***)
{
    QLoggingCategory::setFilterRules(QStringLiteral("*=false"));
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size < 2)
        return 0;
    const QByteArrayView bytes(data + 1, static_cast<qsizetype>(size - 1));
    require(run(bytes, bytes.size()) == run(bytes, data[0] % 61 + 1));
    return 0;
}
