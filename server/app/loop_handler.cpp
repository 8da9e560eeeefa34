#include "app/loop_handler.h"

#include "gateway/parts.h"

namespace belfry::app {
LoopHandler::LoopHandler(runtime::Loop &loop, const gateway::GatewayParts &parts,
                         const MakeContext &makeContext)
    : m_loop(loop)
    , m_parts(parts)
    , m_api(makeContext(loop, *this))
{
    // The loop runs this before any connection: a gateway is made on its own loop.
    loop.post([this] { m_gateway = std::make_unique<gateway::Gateway>(m_loop, m_parts); });
}

LoopHandler::~LoopHandler() = default;

void LoopHandler::drain()
{
    m_gateway->drain();
}

void LoopHandler::handle(net::HttpRequest request, bool isUpgrade, net::Responder responder)
{
    m_api.handle(std::move(request), isUpgrade, std::move(responder));
}

void LoopHandler::openSocket(net::Connection &connection, api::Visitor visitor)
{
    m_gateway->openSocket(connection,
                          {std::move(visitor.principal), visitor.peer, std::move(visitor.traceparent)});
}

void LoopHandler::openPlain(net::Connection &connection, api::Reader reader)
{
    m_gateway->openPlain(connection, {std::move(reader.user), std::move(reader.principal), reader.peer,
                                      reader.since, std::move(reader.epoch)});
}

void LoopHandler::openStream(net::Connection &connection, api::Reader reader)
{
    m_gateway->openStream(connection, {std::move(reader.user), std::move(reader.principal), reader.peer,
                                       reader.since, std::move(reader.epoch)});
}
} // namespace belfry::app
