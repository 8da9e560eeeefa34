#include "store/webhook_port.h"

#include "store/delivery_plan.h"
#include "store/directory_commands.h"
#include "store/inbox_port.h"

#include <limits>

namespace belfry::store {
using model::ErrorCode;
using ports::Loop;
using ports::Reply;
using ports::Webhook;

namespace {
template<typename T>
void writeWebhook(WriterLane &lane, Loop &home, model::Instant now, Reply<Result<T>> reply,
                  std::function<Result<T>(Workspace &)> plan)
{
    enqueue(lane, std::make_unique<DirectoryCommand<T>>(home, now, std::move(reply),
                                                        std::function<void(Needs &)>(), std::move(plan)));
}

auto noSuchWebhook()
{
    return model::fail(ErrorCode::NotFound, "there is no such webhook");
}

VoidResult mayChange(const ports::WebhookChange &change, const Webhook &webhook)
{
    const model::UserId &user = change.user.value_or(webhook.user);
    const bool stays = change.url.value_or(webhook.url) == webhook.url && user == webhook.user &&
                       change.types.value_or(webhook.types) == webhook.types;
    const bool isTheirs = change.onlyOf && webhook.user == *change.onlyOf && user == *change.onlyOf;
    if (!change.onlyOf || stays || (isTheirs && !user.isEmpty()))
        return {};
    return model::failField(ErrorCode::Forbidden, "/user_id",
                            "this webhook hears of inboxes that you may not read: only `enabled` is yours to "
                            "change (or remove it)");
}

void applyChange(const ports::WebhookChange &change, model::Instant now, Webhook &webhook)
{
    webhook.url = change.url.value_or(webhook.url);
    webhook.user = change.user.value_or(webhook.user);
    webhook.types = change.types.value_or(webhook.types);
    if (change.enabled && *change.enabled != webhook.enabled) {
        webhook.enabled = *change.enabled;
        webhook.disabledReason = webhook.enabled ? model::Text() : change.disabledReason;
        webhook.disabledAt = webhook.enabled ? model::MaybeInstant() : now;
    }
    if (change.rotation) {
        webhook.oldSecret = std::exchange(webhook.secret, change.rotation->secret);
        webhook.oldSecretUntil = change.rotation->oldUntil;
    }
    webhook.updatedAt = now;
}
} // namespace

WebhookPort::WebhookPort(WriterLane &lane, Readers &readers)
    : m_lane(lane)
    , m_readers(readers)
{
}

void WebhookPort::webhooks(Loop &home, Reply<Result<std::vector<Webhook>>> reply)
{
    using All = std::vector<Webhook>;
    m_readers.run<All>(home, std::move(reply), [](ReadSession &session) -> Result<All> {
        All all;
        if (auto done = session.webhooks().all(all); !done)
            return tl::unexpected(done.error());
        return all;
    });
}

void WebhookPort::addWebhook(Loop &home, Webhook webhook, Reply<VoidResult> reply)
{
    const model::Instant now = webhook.createdAt;
    const auto plan = [webhook = std::move(webhook)](Workspace &work) -> VoidResult {
        std::vector<Webhook> all;
        if (auto done = work.tx().webhooks().all(all); !done)
            return done;
        if (all.size() >= ports::maxWebhooks)
            return model::fail(ErrorCode::Conflict, "there are 100 webhooks: remove one first");
        return work.tx().webhooks().insert(webhook);
    };
    writeWebhook<void>(m_lane, home, now, std::move(reply), plan);
}

void WebhookPort::changeWebhook(Loop &home, ports::WebhookChange change, model::Instant now,
                                Reply<Result<Webhook>> reply)
{
    const auto plan = [change = std::move(change), now](Workspace &work) -> Result<Webhook> {
        auto found = work.tx().webhooks().lock(change.id);
        if (!found)
            return tl::unexpected(found.error());
        if (!*found)
            return noSuchWebhook();
        Webhook webhook = *std::move(*found);
        if (auto allowed = mayChange(change, webhook); !allowed)
            return tl::unexpected(allowed.error());
        applyChange(change, now, webhook);
        if (auto done = work.tx().webhooks().save(webhook); !done)
            return tl::unexpected(done.error());
        if (webhook.enabled)
            work.noteDueDeliveries(); // what waited while it was not
        return webhook;
    };
    writeWebhook<Webhook>(m_lane, home, now, std::move(reply), plan);
}

void WebhookPort::removeWebhook(Loop &home, ports::WebhookId id, model::Instant now, Reply<VoidResult> reply)
{
    const auto plan = [id, now](Workspace &work) -> VoidResult {
        const auto found = work.tx().webhooks().lock(id);
        if (!found)
            return tl::unexpected(found.error());
        if (!*found)
            return noSuchWebhook();
        if (auto done = work.tx().webhooks().endEndpoint(id, ports::DeliveryState::Suppressed,
                                                         "webhook_removed", now);
            !done)
            return done;
        return work.tx().webhooks().remove(id);
    };
    writeWebhook<void>(m_lane, home, now, std::move(reply), plan);
}

// ---- deliveries

void WebhookPort::claimDeliveries(Loop &home, ports::DeliveryClaim claim, model::Instant now,
                                  Reply<Result<ports::DueDeliveries>> reply)
{
    const auto plan = [claim = std::move(claim), now](Workspace &work) {
        return claimDue(work.tx(), claim, now);
    };
    writeWebhook<ports::DueDeliveries>(m_lane, home, now, std::move(reply), plan);
}

void WebhookPort::settleDeliveries(Loop &home, std::vector<ports::DeliveryOutcome> outcomes,
                                   model::Instant now, Reply<VoidResult> reply)
{
    const auto plan = [outcomes = std::move(outcomes), now](Workspace &work) {
        return settleOutcomes(work.tx().webhooks(), outcomes, now);
    };
    writeWebhook<void>(m_lane, home, now, std::move(reply), plan);
}

void WebhookPort::releaseDeliveries(Loop &home, model::Instant now, Reply<VoidResult> reply)
{
    writeWebhook<void>(m_lane, home, now, std::move(reply),
                       [now](Workspace &work) { return work.tx().webhooks().release(now); });
}

namespace {
ports::DeliveryRecord recordOf(ListedDelivery listed)
{
    DeliveryRow &row = listed.row;
    return {row.id,
            row.notification,
            std::move(listed.user),
            row.endpoint,
            row.state,
            std::move(row.rule),
            std::move(row.reason),
            std::move(row.history),
            row.lease ? model::MaybeInstant() : row.dueAt,
            row.createdAt,
            row.updatedAt};
}

Result<int> redriveEach(WebhookWrites &webhooks, const std::vector<ports::DeliveryId> &ids,
                        model::Instant now)
{
    int redriven = 0;
    for (const ports::DeliveryId &id : ids) {
        auto one = webhooks.redriveDelivery(id, now);
        if (!one)
            return one;
        redriven += *one;
    }
    return redriven;
}
} // namespace

void WebhookPort::deliveries(Loop &home, ports::DeliveryFilter filter, qint64 before, int limit,
                             Reply<Result<ports::DeliveryPage>> reply)
{
    using Page = ports::DeliveryPage;
    m_readers.run<Page>(home, std::move(reply), [=](ReadSession &session) -> Result<Page> {
        std::vector<ListedDelivery> rows;
        const qint64 bound = before > 0 ? before : std::numeric_limits<qint64>::max();
        if (auto done = session.webhooks().list(filter, bound, limit + 1, rows); !done)
            return tl::unexpected(done.error());
        Page page;
        if (std::ssize(rows) > limit) {
            rows.pop_back();
            page.next = rows.back().row.key;
        }
        for (ListedDelivery &row : rows)
            page.items.push_back(recordOf(std::move(row)));
        return page;
    });
}

void WebhookPort::redrive(Loop &home, std::vector<ports::DeliveryId> ids, ports::DeliveryFilter filter,
                          int limit, model::Instant now, Reply<Result<int>> reply)
{
    filter.state.reset();
    const auto plan = [ids = std::move(ids), filter = std::move(filter), limit, now](Workspace &work) {
        WebhookWrites &webhooks = work.tx().webhooks();
        auto redriven =
            ids.empty() ? webhooks.redriveDeliveries(filter, limit, now) : redriveEach(webhooks, ids, now);
        work.noteDueDeliveries();
        return redriven;
    };
    writeWebhook<int>(m_lane, home, now, std::move(reply), plan);
}
} // namespace belfry::store
