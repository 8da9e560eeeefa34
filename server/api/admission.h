#pragma once

#include "api/route.h"
#include "auth/authenticator.h"
#include "net/http_message.h"

#include <optional>

namespace belfry::api {
/// Who makes this request on this route; nothing where nobody has to be (Public), or not yet (Hello). Errors:
/// Unauthenticated (also for a bad credential where none is needed), Forbidden (a scope is missing; the
/// detail names it).
[[nodiscard]] model::Result<std::optional<auth::Principal>>
admit(const Route &route, const net::HttpRequest &request, const auth::Authenticator &authenticator);

/// Who is told what is wrong with the server: a credential with admin:read or metrics:read, or, without one,
/// a program on this machine (as GET /metrics, decisions H09). Also on routes that need no credential.
[[nodiscard]] bool isFromOperator(const net::HttpRequest &request, const auth::Authenticator &authenticator);
[[nodiscard]] bool isOperator(const auth::Principal &who);
} // namespace belfry::api
