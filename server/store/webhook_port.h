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

private:
    WriterLane &m_lane;
    Readers &m_readers;
};
} // namespace belfry::store
