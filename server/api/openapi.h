#pragma once

#include "api/route.h"

#include <QByteArrayList>
#include <span>

namespace belfry::api {
/// The OpenAPI 3.1 document of these routes: methods, paths, scopes, limits and problems come from the table
/// itself, summaries, parameters and schemas from openapi/{operations,document}.json, which are compiled in.
/// Pure.
[[nodiscard]] QByteArray openApiDocument(std::span<const Route> routes);

/// What only one of the two tells of: routes without an entry in operations.json, entries without a route,
/// path parameters that document.json does not describe. Empty in a sound program. Pure.
[[nodiscard]] QByteArrayList openApiGaps(std::span<const Route> routes);

/// The AsyncAPI 3 document of `belfry.v1`, the WebSocket's messages. Pure.
[[nodiscard]] QByteArray asyncApiDocument();

/// "GET /health": what names a route in operations.json.
[[nodiscard]] QByteArray operationKey(const Route &route);
} // namespace belfry::api
