#include "service/explain.h"

#include "service/access.h"

namespace belfry::service {
Explain::Explain(PreferenceSource &preferences, const WebhookBook &webhooks, const runtime::Clock &clock,
                 const Settings &settings)
    : m_preferences(preferences)
    , m_webhooks(webhooks)
    , m_clock(clock)
    , m_settings(settings)
{
}

void Explain::explain(runtime::Loop &home, const auth::Principal &who, model::UserId user,
                      model::Content content, model::MaybeInstant at,
                      runtime::Reply<model::Result<Explanation>> reply)
{
    auto allowed = requireScope(who, auth::Scope::NotifyWrite);
    if (!allowed && !who.has(auth::Scope::AdminRead))
        return reply(tl::unexpected(std::move(allowed.error())));
    domain::normalise(content);
    const model::Instant when = at.value_or(m_clock.now());
    m_preferences.get(home, {user},
                      [this, user, content = std::move(content), when,
                       reply = std::move(reply)](PreferenceSource::Documents documents) mutable {
                          if (!documents)
                              return reply(tl::unexpected(std::move(documents.error())));
                          const model::Preferences &own = *documents->front();
                          const auto routes = m_webhooks.routesFor(m_settings.routes, user, content);
                          reply(Explanation{user, when,
                                            domain::decide(user, own, content, routes,
                                                           m_webhooks.categories().rulesOf(content.type))});
                      });
}
} // namespace belfry::service
