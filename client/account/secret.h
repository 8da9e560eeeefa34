#pragma once

#include "model/instant.h"
#include "model/result.h"

#include <QByteArrayView>

namespace belfry::account {
/// What lets this computer act for an account. Kept by a SecretVault alone: never in settings, caches, logs,
/// errors or addresses.
struct Secret
{
    enum class Kind {
        Session, ///< of a sign-in with a password: renews itself (H63)
        Token,   ///< a user token that was pasted: ends, and nothing renews it (H02)
        Key,     ///< an API key that was pasted: good until it is revoked
    };

    Kind kind = Kind::Session;
    model::Text access;             ///< what requests are made with
    model::MaybeInstant accessEnds; ///< by the clock of this computer; Session only
    model::Text refresh;            ///< Session only
    model::Instant storedAt;        ///< of two that are found the younger one counts
    friend bool operator==(const Secret &, const Secret &) = default;
};

/// A few lines of text: a name, a blank, a value.
[[nodiscard]] QByteArray encodeSecret(const Secret &secret);
/// Malformed: it is none, or a later version wrote it. The error tells nothing of what stands there.
[[nodiscard]] model::Result<Secret> parseSecret(const QByteArray &text);
} // namespace belfry::account
