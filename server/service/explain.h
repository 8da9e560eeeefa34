#pragma once

#include "auth/principal.h"
#include "runtime/clock.h"
#include "service/preference_source.h"
#include "service/settings.h"
#include "service/webhook_book.h"

namespace belfry::service {
/// What would happen to this user at that time, on which channel, and which rule decides (H33).
struct Explanation
{
    model::UserId user;
    model::Instant at;
    domain::Decisions decisions;
};

/// The dry run of a submit. Any loop. Scopes: notify:write or admin:read.
class Explain
{
public:
    Explain(PreferenceSource &preferences, const WebhookBook &webhooks, const runtime::Clock &clock,
            const Settings &settings);

    void explain(runtime::Loop &home, const auth::Principal &who, model::UserId user, model::Content content,
                 model::MaybeInstant at, runtime::Reply<model::Result<Explanation>> reply);

private:
    PreferenceSource &m_preferences;
    const WebhookBook &m_webhooks;
    const runtime::Clock &m_clock;
    const Settings &m_settings;
};
} // namespace belfry::service
