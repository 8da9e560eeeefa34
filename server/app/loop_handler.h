#pragma once

#include "api/api_handler.h"
#include "gateway/gateway.h"

namespace belfry::app {
/// One gateway loop's routes and live sessions, joined: api hands its sockets to the gateway through
/// LiveSessions, because neither knows the other (docs/architecture.md). Made on the main thread; everything
/// else on its loop.
class LoopHandler final : public net::Handler, public api::LiveSessions
{
public:
    /// What an ApiContext needs besides this loop's own.
    using MakeContext = std::function<api::ApiContext(runtime::Loop &loop, api::LiveSessions &live)>;

    LoopHandler(runtime::Loop &loop, const gateway::GatewayParts &parts, const MakeContext &makeContext);
    ~LoopHandler() override;

    /// Says bye to every session; those that come later hear it too. Loop only.
    void drain();

    net::BodyRule bodyRule(const net::HttpRequest &head) override { return m_api.bodyRule(head); }
    void handle(net::HttpRequest request, bool isUpgrade, net::Responder responder) override;
    net::HttpResponse refusal(const net::Refusal &why, const net::HttpRequest &head) override
    {
        return m_api.refusal(why, head);
    }

    void openSocket(net::Connection &connection, api::Visitor visitor) override;
    void openPlain(net::Connection &connection, api::Reader reader) override;
    void openStream(net::Connection &connection, api::Reader reader) override;

private:
    runtime::Loop &m_loop;
    const gateway::GatewayParts &m_parts;
    std::unique_ptr<gateway::Gateway> m_gateway;
    api::ApiHandler m_api;
};
} // namespace belfry::app
