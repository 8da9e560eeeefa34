#pragma once

#include "auth/authenticator.h"
#include "gateway/gateway_probe.h"
#include "gateway/gateway_settings.h"
#include "gateway/session_registry.h"
#include "ports/fanout.h"
#include "runtime/clock.h"
#include "service/ops.h"
#include "service/resume.h"

namespace belfry::gateway {
/// What the gateways of a process are made with; everything outlives them and may be used from any loop.
struct GatewayParts
{
    const auth::Authenticator &authenticator;
    service::Resume &resume;
    service::Ops &ops;
    ports::Fanout &fanout;
    const runtime::Clock &clock;
    SessionRegistry &registry;
    GatewayProbe &probe;
    GatewaySettings settings{};
};
} // namespace belfry::gateway
