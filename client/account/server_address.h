#pragma once

#include "model/result.h"

#include <QUrl>

namespace belfry::account {
/// The address of a server as a person writes it: "notify.example", "nas:8080", "https://x.example/belfry/".
/// Without a scheme https is meant, on this computer http. What else belongs to no server's address goes: a
/// slash at the end, a query, a path below the server's that was copied with it (/api/v1, /health, /ws).
/// Invalid, in words: no address, another scheme, or a user or password in it, which would end up in logs.
[[nodiscard]] model::Result<QUrl> serverAddress(const QString &typed);

/// localhost, or a number of this computer's own.
[[nodiscard]] bool isThisComputer(const QUrl &server);
} // namespace belfry::account
