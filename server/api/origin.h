#pragma once

#include "api/trusted_proxies.h"
#include "net/http_message.h"
#include "service/login_attempts.h"

namespace belfry::api {
/// The address that a request comes from (decisions H100): the peer's, unless that is a proxy that is
/// trusted; then the last one of `X-Forwarded-For` or `Forwarded` (RFC 7239) that is not a trusted proxy
/// itself, since what stands before that anybody may have written. What can't be read ends the way there.
/// Where both headers are there and differ, neither is believed: a proxy writes one and passes the other on.
/// Pure.
[[nodiscard]] QHostAddress clientAddress(const net::HttpRequest &request, const TrustedProxies &proxies);

/// The same as places are counted and told.
[[nodiscard]] service::Origin originOf(const net::HttpRequest &request, const TrustedProxies &proxies);
} // namespace belfry::api
