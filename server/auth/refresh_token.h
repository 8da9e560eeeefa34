#pragma once

#include "ports/sessions.h"

#include <QByteArrayView>

namespace belfry::auth {
/// A refresh token (decisions H63): "blr_", 22 characters of its family, 43 of its secret (256 random bits).
/// The family is as secret as the rest: who shows it had a token of this session once.
struct RefreshToken
{
    QByteArray text;
    ports::TokenHashes hashes; ///< what is stored
};

/// Of a new family.
[[nodiscard]] RefreshToken makeRefreshToken();
/// The next one of the family of `text`, which is one.
[[nodiscard]] RefreshToken nextRefreshToken(QByteArrayView text);
/// Nothing: this is no refresh token of ours.
[[nodiscard]] std::optional<ports::TokenHashes> readRefreshToken(QByteArrayView text);
} // namespace belfry::auth
