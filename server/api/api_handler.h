#pragma once

#include "api/api_context.h"
#include "api/call.h"
#include "net/handler.h"

namespace belfry::api {
/// Belfry's surface on one gateway loop: finds the route, lets the caller in, checks limits and body, and
/// leaves the rest to the route. Made on any thread, used and destroyed on the loop of its context.
class ApiHandler final : public net::Handler
{
public:
    explicit ApiHandler(ApiContext context);
    ~ApiHandler() override;

    net::BodyRule bodyRule(const net::HttpRequest &head) override;
    void handle(net::HttpRequest request, bool isUpgrade, net::Responder responder) override;
    net::HttpResponse refusal(const net::Refusal &why, const net::HttpRequest &head) override;

private:
    void dispatch(CallPtr call, Match match);
    [[nodiscard]] model::VoidResult prepare(Call &call) const;

    const std::shared_ptr<const ApiContext> m_context;
    Router m_router;
};
} // namespace belfry::api
