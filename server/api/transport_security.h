#pragma once

#include "api/api_settings.h"
#include "net/http_message.h"

namespace belfry::api {
/// The value of Strict-Transport-Security (RFC 6797) for the answer to this request; empty: none. Only by
/// TLS; not for `localhost`, where it would bind every other program on the machine to HTTPS.
[[nodiscard]] QByteArray transportSecurity(const ApiSettings &settings, const net::HttpRequest &request);
} // namespace belfry::api
