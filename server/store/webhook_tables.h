#pragma once

#include "model/result.h"
#include "ports/webhooks.h"

#include <optional>

namespace belfry::store {
/// One way of one notification out of the house: unique by (notification, channel, endpoint).
struct DeliveryRow
{
    qint64 key = 0; ///< ascending in the order of their making: the order of a lane
    ports::DeliveryId id;
    model::NotificationId notification;
    qint64 user = 0; ///< key of the user
    model::Channel channel = model::Channel::Webhook;
    ports::WebhookId endpoint;
    qint32 revision = 1;
    ports::DeliveryState state = ports::DeliveryState::Pending;
    model::Text rule;
    model::Text reason;
    int attempts = 0; ///< that count against the schedule
    std::vector<ports::Attempt> history;
    model::MaybeInstant dueAt; ///< when to look at it: next try, or end of the lease; nothing: it has ended
    std::optional<model::Uuid> lease;
    model::Instant createdAt;
    model::Instant updatedAt;
    friend bool operator==(const DeliveryRow &, const DeliveryRow &) = default;
};

struct ListedDelivery
{
    DeliveryRow row;
    model::UserId user;
};

/// A change of the deliveries of a notification, in the order of the commands that asked for it.
struct DeliveryChange
{
    enum class Kind {
        Save,  ///< makes the row, or begins it anew where there is one; nothing where the webhook is off or
               ///< gone
        Renew, ///< all that are not suppressed begin anew with this revision; of a webhook that is off or
               ///< gone only what waits
        End,   ///< all that wait end with this state and reason
    };
    Kind kind = Kind::Save;
    DeliveryRow row; ///< Renew, End: notification, revision, state, reason, updatedAt
};

/// The part of a ReadSession that is about webhooks. Errors as there.
class WebhookReads
{
public:
    virtual ~WebhookReads() = default;

    /// Oldest first.
    virtual model::VoidResult all(std::vector<ports::Webhook> &out) = 0;
    /// Newest first, made before `before`.
    virtual model::VoidResult list(const ports::DeliveryFilter &filter, qint64 before, int limit,
                                   std::vector<ListedDelivery> &out) = 0;
    /// Of one notification, in the order of their making.
    virtual model::VoidResult deliveriesOf(const model::NotificationId &id,
                                           std::vector<DeliveryRow> &out) = 0;
};

/// The part of a WriteTx that is about webhooks. Errors as there.
class WebhookWrites
{
public:
    virtual ~WebhookWrites() = default;

    virtual model::VoidResult all(std::vector<ports::Webhook> &out) = 0;
    /// Nobody else changes it before this transaction ends.
    virtual model::Result<std::optional<ports::Webhook>> lock(const ports::WebhookId &id) = 0;
    virtual model::VoidResult insert(const ports::Webhook &webhook) = 0;
    virtual model::VoidResult save(const ports::Webhook &webhook) = 0;
    virtual model::VoidResult remove(const ports::WebhookId &id) = 0;

    virtual model::VoidResult change(const DeliveryChange &change) = 0;
    /// Due at or before `now` and first in its lane (ports::DeliveryClaim), the longest due first. Another
    /// server that asks at the same time gets others.
    virtual model::VoidResult due(const ports::WebhookId &endpoint, model::Instant now, int limit,
                                  std::vector<DeliveryRow> &out) = 0;
    /// The earliest due time after `now`.
    virtual model::VoidResult nextDue(model::Instant now, model::MaybeInstant &out) = 0;
    virtual model::Result<std::optional<DeliveryRow>> lockDelivery(const ports::DeliveryId &id) = 0;
    /// All that changes while it is sent: state, reason, attempts, history, dueAt, lease, updatedAt.
    virtual model::VoidResult saveDelivery(const DeliveryRow &row) = 0;
    /// All that wait for this endpoint end so.
    virtual model::VoidResult endEndpoint(const ports::WebhookId &endpoint, ports::DeliveryState state,
                                          const model::Text &reason, model::Instant now) = 0;
    /// Dead ones of webhooks that are enabled begin anew. Answers how many.
    virtual model::Result<int> redriveDelivery(const ports::DeliveryId &id, model::Instant now) = 0;
    virtual model::Result<int> redriveDeliveries(const ports::DeliveryFilter &filter, int limit,
                                                 model::Instant now) = 0;
    /// Removes what has ended before, dead letters apart; at most `limit` of each state. Answers how many
    /// went.
    virtual model::Result<int> purge(model::Instant endedBefore, model::Instant diedBefore, int limit) = 0;
    /// Ends every lease: what is held is due now.
    virtual model::VoidResult release(model::Instant now) = 0;
};
} // namespace belfry::store
