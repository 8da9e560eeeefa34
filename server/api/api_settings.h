#pragma once

#include "api/trusted_proxies.h"

#include <QByteArray>
#include <QList>
#include <vector>

namespace belfry::api {
/// What app's configuration decides about the surface. Read only once the server runs.
struct ApiSettings
{
    QList<QByteArray> corsOrigins; ///< allow-list, e.g. "https://app.example" (decisions H64); empty: none
    /// By index of the listener: answers GET /notifications/:user as a bare array (`dialect = "array"`).
    std::vector<bool> arrayDialect;
    int hstsMaxAge = 31'536'000; ///< seconds of Strict-Transport-Security by TLS; 0: none
    TrustedProxies trustedProxies;
    model::Text relay; ///< who takes the outbox on; empty: nobody, and nothing is written there
    bool grpc = false; ///< for /.well-known/belfry (H46)
};

/// One dependency of the server (H52).
struct HealthCheck
{
    QByteArray name; ///< "database", "bus", "cache"
    bool ok = false;
    bool vital = false; ///< away: 503; others only degrade
    QByteArray detail;
};

struct HealthReport
{
    std::vector<HealthCheck> checks;
    bool draining = false;
};
} // namespace belfry::api
