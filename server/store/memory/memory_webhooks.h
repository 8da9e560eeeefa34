#pragma once

#include "store/memory/memory_state.h"
#include "store/webhook_tables.h"

#include <memory>

namespace belfry::store {
/// On the state of the session that owns it.
class MemoryWebhookReads final : public WebhookReads
{
public:
    explicit MemoryWebhookReads(const std::shared_ptr<const MemoryState> &state)
        : m_state(state)
    {
    }
    model::VoidResult all(std::vector<ports::Webhook> &out) override;
    model::VoidResult list(const ports::DeliveryFilter &filter, qint64 before, int limit,
                           std::vector<ListedDelivery> &out) override;
    model::VoidResult deliveriesOf(const model::NotificationId &id, std::vector<DeliveryRow> &out) override;

private:
    const std::shared_ptr<const MemoryState> &m_state;
};

/// On the copy of the transaction that owns it.
class MemoryWebhookWrites final : public WebhookWrites
{
public:
    explicit MemoryWebhookWrites(const std::shared_ptr<MemoryState> &state)
        : m_state(state)
    {
    }
    model::VoidResult all(std::vector<ports::Webhook> &out) override;
    model::Result<std::optional<ports::Webhook>> lock(const ports::WebhookId &id) override;
    model::VoidResult insert(const ports::Webhook &webhook) override;
    model::VoidResult save(const ports::Webhook &webhook) override;
    model::VoidResult remove(const ports::WebhookId &id) override;

    model::VoidResult change(const DeliveryChange &change) override;
    model::VoidResult due(const ports::WebhookId &endpoint, model::Instant now, int limit,
                          std::vector<DeliveryRow> &out) override;
    model::VoidResult nextDue(model::Instant now, model::MaybeInstant &out) override;
    model::Result<std::optional<DeliveryRow>> lockDelivery(const ports::DeliveryId &id) override;
    model::VoidResult saveDelivery(const DeliveryRow &row) override;
    model::VoidResult endEndpoint(const ports::WebhookId &endpoint, ports::DeliveryState state,
                                  const model::Text &reason, model::Instant now) override;
    model::Result<int> redriveDelivery(const ports::DeliveryId &id, model::Instant now) override;
    model::Result<int> redriveDeliveries(const ports::DeliveryFilter &filter, int limit,
                                         model::Instant now) override;
    model::Result<int> purge(model::Instant endedBefore, model::Instant diedBefore, int limit) override;
    model::VoidResult release(model::Instant now) override;

private:
    const std::shared_ptr<MemoryState> &m_state;
};
} // namespace belfry::store
