#pragma once

#include "api/call.h"

namespace belfry::api {
// How the server is (decisions H52, H84). None of these needs the database.
void getHealth(CallPtr call);          ///< 200 ok or degraded; 503 a vital dependency is away, or draining
void getLiveness(CallPtr call);        ///< always 200
void getMetrics(CallPtr call);         ///< Prometheus text
void getSelfDescription(CallPtr call); ///< /.well-known/belfry
} // namespace belfry::api
