#pragma once

#include "store/readers.h"
#include "store/writer_lane.h"

namespace belfry::store {
class WebhookPort final : public ports::Webhooks
{
public:
    WebhookPort(WriterLane &lane, Readers &readers);

    void webhooks(ports::Loop &home, ports::Reply<Result<std::vector<ports::Webhook>>> reply) override;
    void addWebhook(ports::Loop &home, ports::Webhook webhook, ports::Reply<VoidResult> reply) override;
    void changeWebhook(ports::Loop &home, ports::WebhookChange change, model::Instant now,
                       ports::Reply<Result<ports::Webhook>> reply) override;
    void removeWebhook(ports::Loop &home, ports::WebhookId id, model::Instant now,
                       ports::Reply<VoidResult> reply) override;

    void claimDeliveries(ports::Loop &home, ports::DeliveryClaim claim, model::Instant now,
                         ports::Reply<Result<ports::DueDeliveries>> reply) override;
    void settleDeliveries(ports::Loop &home, std::vector<ports::DeliveryOutcome> outcomes, model::Instant now,
                          ports::Reply<VoidResult> reply) override;
    void releaseDeliveries(ports::Loop &home, model::Instant now, ports::Reply<VoidResult> reply) override;
    void deliveries(ports::Loop &home, ports::DeliveryFilter filter, qint64 before, int limit,
                    ports::Reply<Result<ports::DeliveryPage>> reply) override;
    void redrive(ports::Loop &home, std::vector<ports::DeliveryId> ids, ports::DeliveryFilter filter,
                 int limit, model::Instant now, ports::Reply<Result<int>> reply) override;
    void setDeliveryListener(std::function<void()> listener) override
    {
        m_lane.setDeliveryListener(std::move(listener));
    }

private:
    WriterLane &m_lane;
    Readers &m_readers;
};
} // namespace belfry::store
