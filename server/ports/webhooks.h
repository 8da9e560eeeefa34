#pragma once

#include "model/result.h"
#include "model/strong_id.h"
#include "model/uuid.h"
#include "runtime/loop.h"

#include <QList>
#include <optional>
#include <vector>

namespace belfry::ports {
using WebhookId = model::Uuid;

/// A place outside that hears of notifications (decisions H47).
struct Webhook
{
    WebhookId id;
    model::Text url;       ///< http or https, as it was given
    model::Text secret;    ///< `whsec_` + base64; stored as it is: it has to sign
    model::Text oldSecret; ///< signs beside it until `oldSecretUntil`; empty: none
    model::MaybeInstant oldSecretUntil;
    model::UserId user;       ///< only of this user; empty: of everybody
    QList<model::Text> types; ///< only of these categories; empty: of all
    bool enabled = true;
    model::Text disabledReason; ///< for people; empty while it is enabled
    model::MaybeInstant disabledAt;
    model::Instant createdAt;
    model::Instant updatedAt;
    friend bool operator==(const Webhook &, const Webhook &) = default;
};

inline constexpr std::size_t maxWebhooks = 100; ///< of one database: each commit looks through them

/// What is changed of a webhook; absent = stays.
struct WebhookChange
{
    struct Rotation
    {
        model::Text secret;
        model::Instant oldUntil; ///< so long the one before signs too
    };

    WebhookId id;
    std::optional<model::Text> url;
    std::optional<model::UserId> user;
    std::optional<QList<model::Text>> types;
    std::optional<bool> enabled;
    model::Text disabledReason; ///< with `enabled` = false
    std::optional<Rotation> rotation;
};

/// Webhooks. Threads, replies and common errors as Inbox.
class Webhooks
{
public:
    virtual ~Webhooks() = default;

    /// Oldest first.
    virtual void webhooks(runtime::Loop &home, runtime::Reply<model::Result<std::vector<Webhook>>> reply) = 0;
    /// Conflict: there are maxWebhooks.
    virtual void addWebhook(runtime::Loop &home, Webhook webhook,
                            runtime::Reply<model::VoidResult> reply) = 0;
    /// As it is then. NotFound. Of the secrets before a rotation only the last one goes on signing.
    virtual void changeWebhook(runtime::Loop &home, WebhookChange change, model::Instant now,
                               runtime::Reply<model::Result<Webhook>> reply) = 0;
    /// NotFound.
    virtual void removeWebhook(runtime::Loop &home, WebhookId id, model::Instant now,
                               runtime::Reply<model::VoidResult> reply) = 0;
};
} // namespace belfry::ports
