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

// ---- deliveries

VoidResult MemoryWebhookReads::deliveriesOf(const model::NotificationId &id, std::vector<DeliveryRow> &out)
{
    for (const auto &[key, row] : m_state->deliveries) {
        if (row.notification == id)
            out.push_back(row);
    }
    return {};
}

namespace {
void endRow(DeliveryRow &row, ports::DeliveryState state, const model::Text &reason, model::Instant now)
{
    row.state = state;
    row.reason = reason;
    row.dueAt.reset();
    row.lease.reset();
    row.updatedAt = now;
}

void beginAnew(DeliveryRow &row, const DeliveryRow &with)
{
    row.revision = with.revision;
    row.state = with.state;
    row.reason = with.reason;
    row.attempts = 0;
    row.dueAt = with.dueAt;
    row.lease.reset();
    row.updatedAt = with.updatedAt;
}

bool isOn(const MemoryState &state, const ports::WebhookId &id)
{
    const auto webhook = state.webhooks.find(id);
    return webhook != state.webhooks.end() && webhook->second.enabled;
}

void saveRow(MemoryState &state, const DeliveryRow &row)
{
    if (!isOn(state, row.endpoint))
        return;
    for (auto &[key, there] : state.deliveries) {
        if (there.notification == row.notification && there.channel == row.channel &&
            there.endpoint == row.endpoint) {
            beginAnew(there, row);
            there.rule = row.rule;
            return;
        }
    }
    DeliveryRow &made = state.deliveries[++state.lastDelivery];
    made = row;
    made.key = state.lastDelivery;
}

/// An earlier one of its lane is due or under way.
bool isHeldUp(const MemoryState &state, const DeliveryRow &row, model::Instant now)
{
    return std::any_of(state.deliveries.begin(), state.deliveries.lower_bound(row.key),
                       [&](const auto &entry) {
                           const DeliveryRow &other = entry.second;
                           return other.endpoint == row.endpoint && other.user == row.user && other.dueAt &&
                                  (other.lease || *other.dueAt <= now);
                       });
}
} // namespace

VoidResult MemoryWebhookWrites::change(const DeliveryChange &change)
{
    if (change.kind == DeliveryChange::Kind::Save) {
        saveRow(*m_state, change.row);
        return {};
    }
    for (auto &[key, row] : m_state->deliveries) {
        if (row.notification != change.row.notification)
            continue;
        if (change.kind == DeliveryChange::Kind::Renew && row.state != ports::DeliveryState::Suppressed &&
            (row.dueAt || isOn(*m_state, row.endpoint)))
            beginAnew(row, change.row);
        else if (change.kind == DeliveryChange::Kind::End && row.dueAt)
            endRow(row, change.row.state, change.row.reason, change.row.updatedAt);
    }
    return {};
}

VoidResult MemoryWebhookWrites::due(const ports::WebhookId &endpoint, model::Instant now, int limit,
                                    std::vector<DeliveryRow> &out)
{
    for (const auto &[key, row] : m_state->deliveries) {
        if (row.endpoint == endpoint && row.dueAt && *row.dueAt <= now && !isHeldUp(*m_state, row, now))
            out.push_back(row);
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const DeliveryRow &a, const DeliveryRow &b) { return *a.dueAt < *b.dueAt; });
    if (std::ssize(out) > limit)
        out.resize(static_cast<std::size_t>(limit));
    return {};
}

VoidResult MemoryWebhookWrites::nextDue(model::Instant now, model::MaybeInstant &out)
{
    for (const auto &[key, row] : m_state->deliveries) {
        if (row.dueAt && *row.dueAt > now && (!out || *row.dueAt < *out))
            out = row.dueAt;
    }
    return {};
}

model::Result<std::optional<DeliveryRow>> MemoryWebhookWrites::lockDelivery(const ports::DeliveryId &id)
{
    for (const auto &[key, row] : m_state->deliveries) {
        if (row.id == id)
            return row;
    }
    return std::nullopt;
}

VoidResult MemoryWebhookWrites::saveDelivery(const DeliveryRow &row)
{
    m_state->deliveries.at(row.key) = row;
    return {};
}

VoidResult MemoryWebhookWrites::endEndpoint(const ports::WebhookId &endpoint, ports::DeliveryState state,
                                            const model::Text &reason, model::Instant now)
{
    for (auto &[key, row] : m_state->deliveries) {
        if (row.endpoint == endpoint && row.dueAt)
            endRow(row, state, reason, now);
    }
    return {};
}

model::Result<int> MemoryWebhookWrites::purge(model::Instant endedBefore, model::Instant diedBefore, int)
{
    return static_cast<int>(std::erase_if(m_state->deliveries, [&](const auto &entry) {
        const DeliveryRow &row = entry.second;
        const bool dead = row.state == ports::DeliveryState::Dead;
        return !row.dueAt && row.updatedAt < (dead ? diedBefore : endedBefore);
    }));
}

VoidResult MemoryWebhookWrites::release(model::Instant now)
{
    for (auto &[key, row] : m_state->deliveries) {
        if (row.lease) {
            row.lease.reset();
            row.dueAt = now;
        }
    }
    return {};
}

// ---- browsing and redriving

namespace {
bool isAccepted(const MemoryState &state, const DeliveryRow &row, const ports::DeliveryFilter &filter)
{
    return (!filter.state || row.state == *filter.state) &&
           (filter.user.isEmpty() || state.users.at(row.user).row.id == filter.user) &&
           (!filter.notification || row.notification == *filter.notification) &&
           (!filter.webhook || row.endpoint == *filter.webhook);
}

bool redriveRow(const MemoryState &state, DeliveryRow &row, model::Instant now)
{
    if (row.state != ports::DeliveryState::Dead || !isOn(state, row.endpoint))
        return false;
    row.state = ports::DeliveryState::Pending;
    row.reason.clear();
    row.attempts = 0;
    row.dueAt = row.updatedAt = now;
    return true;
}
} // namespace

VoidResult MemoryWebhookReads::list(const ports::DeliveryFilter &filter, qint64 before, int limit,
                                    std::vector<ListedDelivery> &out)
{
    for (auto it = m_state->deliveries.rbegin(); it != m_state->deliveries.rend(); ++it) {
        const DeliveryRow &row = it->second;
        if (std::ssize(out) < limit && row.key < before && isAccepted(*m_state, row, filter))
            out.push_back({row, m_state->users.at(row.user).row.id});
    }
    return {};
}

model::Result<int> MemoryWebhookWrites::redriveDelivery(const ports::DeliveryId &id, model::Instant now)
{
    int redriven = 0;
    for (auto &[key, row] : m_state->deliveries)
        redriven += row.id == id && redriveRow(*m_state, row, now) ? 1 : 0;
    return redriven;
}

model::Result<int> MemoryWebhookWrites::redriveDeliveries(const ports::DeliveryFilter &filter, int limit,
                                                          model::Instant now)
{
    int redriven = 0;
    for (auto it = m_state->deliveries.rbegin(); it != m_state->deliveries.rend() && redriven < limit; ++it)
        redriven += isAccepted(*m_state, it->second, filter) && redriveRow(*m_state, it->second, now) ? 1 : 0;
    return redriven;
}
} // namespace belfry::store
