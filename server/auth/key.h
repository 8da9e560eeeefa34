#pragma once

#include "model/text.h"

namespace belfry::auth {
/// A new API key: "blf_" + 43 characters of base64url, 256 bits from libsodium.
[[nodiscard]] QByteArray makeKey();
/// What is stored of a key: SHA-256 (the key has 256 random bits, so a slow hash would add nothing).
[[nodiscard]] QByteArray hashKey(QByteArrayView key);
/// A random text of `bytes` bytes in base64url: ids of keys, tickets, the epoch.
[[nodiscard]] QByteArray randomText(int bytes);
} // namespace belfry::auth
