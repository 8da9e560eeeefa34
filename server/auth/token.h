#pragma once

#include "model/instant.h"
#include "model/result.h"
#include "model/strong_id.h"

#include <QByteArrayView>

namespace belfry::auth {
/// What a user token says (decisions H02).
struct TokenClaims
{
    model::UserId subject;
    model::Instant issuedAt;
    model::Instant expiresAt;
    model::MaybeInstant notBefore;
    friend bool operator==(const TokenClaims &, const TokenClaims &) = default;
};

/// Longest life of a user token (semantics 19).
inline constexpr model::Duration longestToken = std::chrono::seconds(3600);
/// Clocks of issuer and server may differ by this much.
inline constexpr model::Duration tokenLeeway = std::chrono::seconds(5);

/// Reads a JWT (RFC 7519) signed by HS256 with `secret`; any other `alg` is refused before the signature is
/// looked at. Unauthenticated, saying which claim is at fault; never what the token was. Pure.
[[nodiscard]] model::Result<TokenClaims> readToken(QByteArrayView token, const QByteArray &secret,
                                                   model::Instant now);

/// Writes one; for `belfryd keys token`, the tools and tests. Pure.
[[nodiscard]] QByteArray writeToken(const TokenClaims &claims, const QByteArray &secret);
} // namespace belfry::auth
