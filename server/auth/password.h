#pragma once

#include "model/result.h"

namespace belfry::auth {
/// Argon2id with libsodium's interactive cost: 64 MiB and tens of milliseconds, so never on a loop that
/// serves others. Unavailable: out of memory.
[[nodiscard]] model::Result<QByteArray> hashPassword(const model::Text &password);
/// Same cost. An unreadable hash fits nothing.
[[nodiscard]] bool fitsPassword(const QByteArray &hash, const model::Text &password);
/// A hash of the same cost that no password fits: what is compared for whom nobody knows, so that the time
/// tells nothing.
[[nodiscard]] QByteArray nobodysHash();
} // namespace belfry::auth
