#pragma once

#include "model/notification.h"
#include "model/result.h"
#include "ports/inbox.h"

#include <functional>
#include <map>

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
    /// Whose webhook it must be, before and after, where anything of URL, user or types differs: what waits
    /// for it goes there too. Nothing: whosever.
    std::optional<model::UserId> onlyOf;
};

using DeliveryId = model::Uuid;

/// Delivery axis (semantics 1). Stored as the number: never renumber.
enum class DeliveryState : quint8 {
    Pending = 0,
    Sending = 1, ///< a node has it under way
    Sent = 2,    ///< the endpoint took it
    Retrying = 3,
    Expired = 4,
    Suppressed = 5, ///< by preference, or it was recalled meanwhile
    Dead = 6,       ///< a dead letter: refused for good, or all tries are used up (semantics 17)
};

/// What a node has taken to send now.
struct DueDelivery
{
    DeliveryId id;
    model::Uuid lease; ///< names this taking: what comes back under another one is no longer wanted
    Webhook webhook;
    model::Notification item; ///< as it is now
    int attempts = 0;         ///< made before, of this revision or since the last redrive
};

struct DueDeliveries
{
    std::vector<DueDelivery> items;
    model::MaybeInstant next; ///< when something falls due or a lease ends
};

/// What to take: at most `limit` in all and `perWebhook` of one, with what is under way there already. Of one
/// user and webhook only the earliest that is due, and nothing while another is under way (semantics 5); one
/// that waits for its next try holds nothing back.
struct DeliveryClaim
{
    int limit = 0;
    int perWebhook = 0;
    std::map<WebhookId, int> underWay;
    model::Duration lease{}; ///< after it another node may take it
};

/// How a taken one ended.
struct DeliveryOutcome
{
    DeliveryId id;
    model::Uuid lease;
    DeliveryState state = DeliveryState::Sent; ///< Sent, Retrying, Expired, Suppressed, Dead
    model::Text reason;                        ///< one word; empty for Sent
    std::optional<Attempt> attempt;            ///< nothing: it was not tried
    model::MaybeInstant nextAt;                ///< Retrying
    /// Not empty: the webhook wants no more: it is disabled with this reason, and what waits for it is dead.
    model::Text disable;
};

/// Which deliveries; what is empty accepts all.
struct DeliveryFilter
{
    std::optional<DeliveryState> state;
    model::UserId user;
    std::optional<model::NotificationId> notification;
    std::optional<WebhookId> webhook;
};

struct DeliveryRecord
{
    DeliveryId id;
    model::NotificationId notification;
    model::UserId user;
    WebhookId webhook;
    DeliveryState state = DeliveryState::Pending;
    model::Text rule;
    model::Text reason;
    std::vector<Attempt> attempts; ///< the last 20
    model::MaybeInstant nextAt;
    model::Instant createdAt;
    model::Instant updatedAt;
};

struct DeliveryPage
{
    std::vector<DeliveryRecord> items; ///< newest first
    qint64 next = 0;                   ///< `before` of the next page; 0: this was the last one
};

/// Webhooks and what goes to them. Threads, replies and common errors as Inbox.
class Webhooks
{
public:
    virtual ~Webhooks() = default;

    /// Oldest first.
    virtual void webhooks(runtime::Loop &home, runtime::Reply<model::Result<std::vector<Webhook>>> reply) = 0;
    /// Conflict: there are maxWebhooks.
    virtual void addWebhook(runtime::Loop &home, Webhook webhook,
                            runtime::Reply<model::VoidResult> reply) = 0;
    /// As it is then. NotFound; Forbidden: it is not `onlyOf`'s to change. Of the secrets before a rotation
    /// only the last one goes on signing.
    virtual void changeWebhook(runtime::Loop &home, WebhookChange change, model::Instant now,
                               runtime::Reply<model::Result<Webhook>> reply) = 0;
    /// NotFound. What waits for it is suppressed.
    virtual void removeWebhook(runtime::Loop &home, WebhookId id, model::Instant now,
                               runtime::Reply<model::VoidResult> reply) = 0;

    /// Takes what is due.
    virtual void claimDeliveries(runtime::Loop &home, DeliveryClaim claim, model::Instant now,
                                 runtime::Reply<model::Result<DueDeliveries>> reply) = 0;
    /// Ends the taking of each; of what was renewed, recalled or taken by another meanwhile only the attempt
    /// is noted.
    virtual void settleDeliveries(runtime::Loop &home, std::vector<DeliveryOutcome> outcomes,
                                  model::Instant now, runtime::Reply<model::VoidResult> reply) = 0;
    /// What a process of before had under way is due again. Only where nobody else writes.
    virtual void releaseDeliveries(runtime::Loop &home, model::Instant now,
                                   runtime::Reply<model::VoidResult> reply) = 0;

    /// At most `limit`, made before `before` (opaque; 0: from the newest).
    virtual void deliveries(runtime::Loop &home, DeliveryFilter filter, qint64 before, int limit,
                            runtime::Reply<model::Result<DeliveryPage>> reply) = 0;
    /// Dead letters are due again, with the same id and all their tries: those of `ids`, or, without any, the
    /// newest `limit` that the filter accepts (its state is of no interest). Those of a webhook that is
    /// disabled or gone stay what they are. Answers how many are due now.
    virtual void redrive(runtime::Loop &home, std::vector<DeliveryId> ids, DeliveryFilter filter, int limit,
                         model::Instant now, runtime::Reply<model::Result<int>> reply) = 0;

    /// Called on the writer lane after each commit that made a delivery due. Before the store starts.
    virtual void setDeliveryListener(std::function<void()> listener) = 0;
};
} // namespace belfry::ports
