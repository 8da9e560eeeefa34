#pragma once

#include "net/http_message.h"
#include "service/login_attempts.h"

namespace belfry::api {
/// Where a request comes from. A proxy on this machine is believed what it adds last to `X-Forwarded-For`:
/// else all its clients would be one place. Nobody else is. Pure.
[[nodiscard]] service::Origin originOf(const net::HttpRequest &request);
} // namespace belfry::api
