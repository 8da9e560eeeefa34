#include "store/delivery_plan.h"

#include <algorithm>

namespace belfry::store {
using ports::DeliveryState;
using ports::DueDeliveries;
using ports::Webhook;

namespace {
constexpr std::size_t keptAttempts = 20;

struct TakenDelivery
{
    DeliveryRow row;
    const Webhook *webhook = nullptr;
};

/// Nobody is always first: where `limit` is less than all want, the turns change.
void takeTurns(std::vector<Webhook> &webhooks, model::Instant now)
{
    std::erase_if(webhooks, [](const Webhook &webhook) { return !webhook.enabled; });
    if (!webhooks.empty())
        std::rotate(webhooks.begin(), webhooks.begin() + now.us % std::ssize(webhooks), webhooks.end());
}

Result<std::vector<TakenDelivery>> findDue(WebhookWrites &tables, const std::vector<Webhook> &webhooks,
                                           const ports::DeliveryClaim &claim, model::Instant now)
{
    std::vector<TakenDelivery> taken;
    for (const Webhook &webhook : webhooks) {
        const auto busy = claim.underWay.find(webhook.id);
        const int room = std::min(claim.perWebhook - (busy == claim.underWay.end() ? 0 : busy->second),
                                  claim.limit - static_cast<int>(taken.size()));
        if (room <= 0)
            continue;
        std::vector<DeliveryRow> rows;
        if (auto done = tables.due(webhook.id, now, room, rows); !done)
            return tl::unexpected(done.error());
        for (DeliveryRow &row : rows)
            taken.push_back({std::move(row), &webhook});
    }
    return taken;
}

/// The notification that it was for is no more.
void endWithoutItem(DeliveryRow &row)
{
    row.state = DeliveryState::Suppressed;
    row.reason = "gone";
    row.dueAt.reset();
    row.lease.reset();
}

void noteAttempt(DeliveryRow &row, const ports::Attempt &attempt)
{
    row.history.push_back(attempt);
    if (row.history.size() > keptAttempts)
        row.history.erase(row.history.begin());
}

VoidResult disableWebhook(WebhookWrites &webhooks, const DeliveryRow &row, const model::Text &reason,
                          model::Instant now)
{
    auto webhook = webhooks.lock(row.endpoint);
    if (!webhook)
        return tl::unexpected(webhook.error());
    if (!*webhook || !(*webhook)->enabled)
        return {};
    (*webhook)->enabled = false;
    (*webhook)->disabledReason = reason;
    (*webhook)->disabledAt = (*webhook)->updatedAt = now;
    if (auto done = webhooks.save(**webhook); !done)
        return done;
    return webhooks.endEndpoint(row.endpoint, DeliveryState::Dead, "webhook_disabled", now);
}

VoidResult settleOutcome(WebhookWrites &webhooks, const ports::DeliveryOutcome &outcome, model::Instant now)
{
    auto found = webhooks.lockDelivery(outcome.id);
    if (!found)
        return tl::unexpected(found.error());
    if (!*found)
        return {};
    DeliveryRow row = *std::move(*found);
    if (outcome.attempt)
        noteAttempt(row, *outcome.attempt);
    if (row.lease == outcome.lease) {
        row.state = outcome.state;
        row.reason = outcome.reason;
        row.attempts += outcome.attempt ? 1 : 0;
        row.dueAt = outcome.nextAt;
        row.lease.reset();
    }
    row.updatedAt = now;
    if (auto done = webhooks.saveDelivery(row); !done || outcome.disable.isEmpty())
        return done;
    return disableWebhook(webhooks, row, outcome.disable, now);
}
} // namespace

Result<DueDeliveries> claimDue(WriteTx &tx, const ports::DeliveryClaim &claim, model::Instant now)
{
    WebhookWrites &tables = tx.webhooks();
    std::vector<Webhook> webhooks;
    if (auto done = tables.all(webhooks); !done)
        return tl::unexpected(done.error());
    takeTurns(webhooks, now);
    auto taken = findDue(tables, webhooks, claim, now);
    if (!taken)
        return tl::unexpected(taken.error());

    std::vector<model::NotificationId> ids;
    for (const TakenDelivery &one : *taken)
        ids.push_back(one.row.notification);
    std::vector<std::optional<NotificationRow>> items;
    if (auto done = ids.empty() ? VoidResult{} : tx.notifications(ids, items); !done)
        return tl::unexpected(done.error());

    DueDeliveries due;
    for (std::size_t i = 0; i < taken->size(); ++i) {
        DeliveryRow &row = (*taken)[i].row;
        if (items[i]) {
            row.state = DeliveryState::Sending;
            row.lease = model::Uuid::makeV7(now);
            row.dueAt = now + claim.lease;
            due.items.push_back(
                {row.id, *row.lease, *(*taken)[i].webhook, std::move(items[i]->item), row.attempts});
        } else {
            endWithoutItem(row);
        }
        row.updatedAt = now;
        if (auto done = tables.saveDelivery(row); !done)
            return tl::unexpected(done.error());
    }
    if (auto done = tables.nextDue(now, due.next); !done)
        return tl::unexpected(done.error());
    return due;
}

VoidResult settleOutcomes(WebhookWrites &webhooks, const std::vector<ports::DeliveryOutcome> &outcomes,
                          model::Instant now)
{
    for (const ports::DeliveryOutcome &outcome : outcomes) {
        if (auto done = settleOutcome(webhooks, outcome, now); !done)
            return done;
    }
    return {};
}
} // namespace belfry::store
