#pragma once

#include "api/call.h"

namespace belfry::api {
inline constexpr int maxPageItems = 500;

/// `Link: <…>; rel="next"` (RFC 8288): this request with another cursor; nothing for an empty one.
/// `parameter`: what the cursor is called here.
void addNextLink(net::HttpResponse &response, const Call &call, const QByteArray &nextCursor,
                 const QByteArray &parameter = QByteArrayLiteral("cursor"));
} // namespace belfry::api
