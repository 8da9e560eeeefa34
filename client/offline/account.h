#pragma once

#include "model/strong_id.h"

#include <QUrl>

namespace belfry::offline {
/// Whose inbox on which server: what one cache belongs to.
struct Account
{
    QUrl server;
    model::UserId user;
    friend bool operator==(const Account &, const Account &) = default;
};

/// The name of the account's file: tells nothing of server or user, and is the same however the address is
/// written (case of the host, a slash at its end, the scheme's own port).
[[nodiscard]] QString fileNameOf(const Account &account);
} // namespace belfry::offline
