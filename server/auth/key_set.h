#pragma once

#include "model/result.h"

#include <QByteArrayView>
#include <vector>

namespace belfry::auth {
/// A public key of an issuer of user tokens: Ed25519 (RFC 8037).
struct VerifyKey
{
    model::Text id; ///< `kid`, may be empty
    QByteArray publicKey;
    friend bool operator==(const VerifyKey &, const VerifyKey &) = default;
};

/// Reads a JSON Web Key Set (RFC 7517). Keys that are for something else (RSA, encryption) are passed over,
/// as the RFC says. Invalid: no key set, no Ed25519 key for signatures in it, the same `kid` twice, or a
/// *private* key, which must not lie where public ones are read. Pure.
[[nodiscard]] model::Result<std::vector<VerifyKey>> readKeySet(QByteArrayView json);
inline constexpr qsizetype largestKeySet = 64 * 1024;
} // namespace belfry::auth
