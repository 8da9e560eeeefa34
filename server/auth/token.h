#pragma once

#include "auth/key_set.h"
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
    model::Text session =
        {}; ///< `sid` of a token by HS256: the session that it was given to (H63); else empty
    friend bool operator==(const TokenClaims &, const TokenClaims &) = default;
};

/// Longest life of a user token (semantics 19).
inline constexpr model::Duration longestToken = std::chrono::seconds(3600);
/// Clocks of issuer and server may differ by this much.
inline constexpr model::Duration tokenLeeway = std::chrono::seconds(5);

/// Whose signatures are believed. `alg` of the token chooses, and a key only ever serves its own algorithm: a
/// public key is never taken for a secret.
struct TokenTrust
{
    QByteArray secret;           ///< HS256; empty: none is believed
    std::vector<VerifyKey> keys; ///< EdDSA (RFC 8037): the one that `kid` names; without `kid` any of them
};

/// Reads a JWT (RFC 7519); an `alg` other than HS256 and EdDSA is refused before the signature is looked at.
/// Unauthenticated, saying which claim is at fault; never what the token was. Pure.
[[nodiscard]] model::Result<TokenClaims> readToken(QByteArrayView token, const TokenTrust &trust,
                                                   model::Instant now);

/// Whether the token is to be checked by a key that `trust` has not: a newer key set may have it. Pure.
[[nodiscard]] bool namesUnknownKey(QByteArrayView token, const TokenTrust &trust);

/// Writes one by HS256; for `belfryd keys token`, the tools and tests. Pure.
[[nodiscard]] QByteArray writeToken(const TokenClaims &claims, const QByteArray &secret);
} // namespace belfry::auth
