#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace belfry::auth {
/// What of a request decides whether the legacy routes and /metrics are open to it without a credential
/// (decisions H08, H09).
struct Surroundings
{
    bool loopback = false;  ///< the listener's own address and the peer are loopback
    bool forwarded = false; ///< Forwarded, X-Forwarded-* or X-Real-IP is there
    QByteArrayView host;    ///< Host header
    QByteArrayView origin;  ///< Origin header, empty when absent
    QByteArray peer;        ///< address in text form
};

/// True where nobody but a program on this machine can have sent it: a proxy, a page in a local browser and a
/// name that was rebound to 127.0.0.1 all fail. Pure.
[[nodiscard]] bool opensLegacyRoutes(const Surroundings &surroundings);

/// Is a page of this origin one of the server itself, by the name that it was asked by? Whatever the scheme:
/// what ends TLS before the server is not seen here.
[[nodiscard]] bool isOwnOrigin(QByteArrayView origin, QByteArrayView host);
} // namespace belfry::auth
