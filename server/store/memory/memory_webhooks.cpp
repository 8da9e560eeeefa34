#include "store/memory/memory_webhooks.h"

#include <algorithm>

namespace belfry::store {
using model::VoidResult;
using ports::Webhook;

namespace {
VoidResult allOf(const MemoryState &state, std::vector<Webhook> &out)
{
    for (const auto &[id, webhook] : state.webhooks)
        out.push_back(webhook);
    std::stable_sort(out.begin(), out.end(),
                     [](const Webhook &a, const Webhook &b) { return a.createdAt < b.createdAt; });
    return {};
}
} // namespace

VoidResult MemoryWebhookReads::all(std::vector<Webhook> &out)
{
    return allOf(*m_state, out);
}

VoidResult MemoryWebhookWrites::all(std::vector<Webhook> &out)
{
    return allOf(*m_state, out);
}

model::Result<std::optional<Webhook>> MemoryWebhookWrites::lock(const ports::WebhookId &id)
{
    const auto it = m_state->webhooks.find(id);
    return it == m_state->webhooks.end() ? std::nullopt : std::optional(it->second);
}

VoidResult MemoryWebhookWrites::insert(const Webhook &webhook)
{
    if (!m_state->webhooks.try_emplace(webhook.id, webhook).second)
        return model::fail(model::ErrorCode::Internal, "a webhook with this id exists");
    return {};
}

VoidResult MemoryWebhookWrites::save(const Webhook &webhook)
{
    m_state->webhooks.at(webhook.id) = webhook;
    return {};
}

VoidResult MemoryWebhookWrites::remove(const ports::WebhookId &id)
{
    m_state->webhooks.erase(id);
    return {};
}
} // namespace belfry::store
