#include "service/webhook_book.h"

#include <algorithm>

namespace belfry::service {
using model::Channel;
using ports::Webhook;

namespace {
bool fits(const Webhook &webhook, const model::UserId &user, const model::Content &content)
{
    if (!webhook.user.isEmpty() && webhook.user != user)
        return false;
    return webhook.types.isEmpty() || webhook.types.contains(model::categoryOf(content.type));
}

/// Not asked for: neither by the sender nor by the user.
bool isUnasked(const domain::ChannelDecision &decision)
{
    return decision.verdict == domain::Verdict::Suppress && decision.reason == model::SuppressReason::None;
}
} // namespace

WebhookBook::WebhookBook(ports::Store &store, const CategoryBook &categories)
    : m_store(store)
    , m_categories(categories)
{
}

void WebhookBook::load(Loop &home, Reply<model::VoidResult> reply)
{
    const std::uint64_t number = m_hooks.begin();
    m_store.webhooks().webhooks(
        home, [this, number, reply = std::move(reply)](model::Result<Hooks> all) mutable {
            if (!all)
                return reply(tl::unexpected(std::move(all.error())));
            std::erase_if(*all, [](const Webhook &webhook) { return !webhook.enabled; });
            m_hooks.take(number, std::move(*all));
            reply({});
        });
}

void WebhookBook::refresh(Loop &home, std::chrono::milliseconds pause)
{
    load(home, [this, &home, pause](const model::VoidResult &loaded) {
        if (!loaded) // the store itself tells why
            home.after(pause, [this, &home, pause] { refresh(home, pause); });
    });
}

void WebhookBook::follow(Loop &home, std::chrono::milliseconds every)
{
    if (m_store.isExclusive())
        return;
    home.after(every, [this, &home, every] {
        // A read that fails leaves what is known; the store itself tells why.
        load(home, [this, &home, every](const model::VoidResult &) { follow(home, every); });
    });
}

std::vector<ports::Way> WebhookBook::ways(const model::UserId &user, const model::Preferences &preferences,
                                          const model::Content &content) const
{
    std::vector<ports::Way> ways;
    if (isEmpty())
        return ways;
    const auto hooks = m_hooks.get();
    for (const Webhook &webhook : *hooks) {
        if (fits(webhook, user, content))
            ways.push_back({webhook.id, {}, {}});
    }
    if (ways.empty())
        return ways;
    domain::Routes routes;
    routes.configured[std::size_t(Channel::Webhook)] = true;
    const auto decision = domain::decideChannel(Channel::Webhook, user, preferences, content, routes,
                                                m_categories.rulesOf(content.type));
    if (isUnasked(decision))
        return {};
    for (ports::Way &way : ways) {
        way.reason = decision.reason;
        way.rule = decision.rule;
    }
    return ways;
}

domain::Routes WebhookBook::routesFor(domain::Routes routes, const model::UserId &user,
                                      const model::Content &content) const
{
    const auto all = m_hooks.get();
    routes.configured[std::size_t(Channel::Webhook)] = !all->empty();
    routes.webhookFits = std::any_of(all->begin(), all->end(),
                                     [&](const Webhook &webhook) { return fits(webhook, user, content); });
    return routes;
}
} // namespace belfry::service
