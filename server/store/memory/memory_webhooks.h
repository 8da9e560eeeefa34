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

private:
    const std::shared_ptr<MemoryState> &m_state;
};
} // namespace belfry::store
