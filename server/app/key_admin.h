#pragma once

#include "app/config.h"
#include "auth/scope.h"
#include "model/instant.h"

#include <functional>
#include <memory>

namespace belfry::app {
struct NewKey
{
    model::Text name;
    auth::Scopes scopes;
    model::MaybeInstant expiresAt;
};

/// The `keys` commands on whatever has the data: the server that runs on it, by its own API, or else the
/// database itself. Replies are called once, on the main loop, with JSON as it is to be printed.
class KeyAdmin
{
public:
    using Printed = std::function<void(model::Result<QByteArray>)>;

    virtual ~KeyAdmin() = default;
    virtual void create(const NewKey &key, Printed printed) = 0;
    virtual void list(Printed printed) = 0;
    virtual void revoke(const model::Text &id, Printed printed) = 0;
    /// A new one in the place of this one, which stays good for `overlap`.
    virtual void rotate(const model::Text &id, std::chrono::seconds overlap, Printed printed) = 0;
    virtual void rotateBootstrap(Printed printed) = 0;
};

/// Picks by whether the server of `server.json` in the data folder lives. Errors: as
/// checkDataIsThere and store::openStore's start.
[[nodiscard]] model::Result<std::unique_ptr<KeyAdmin>> openKeyAdmin(const Config &config);

/// "90d", "12h", "30m": at most ten years; anything else is nothing.
[[nodiscard]] std::optional<model::Duration> parseLifetime(QByteArrayView text);
} // namespace belfry::app
