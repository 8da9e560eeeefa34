#pragma once

#include "model/result.h"
#include "model/strong_id.h"

#include <QByteArrayView>
#include <QList>
#include <chrono>

namespace belfry::protocol {
/// POST /webhooks, and PUT /webhooks/:id, which replaces all but the secret: `{url, secret?, user_id?,
/// types?, enabled?}` (H47). What a URL and a secret may look like is service's to say.
struct WebhookRequest
{
    model::Text url;
    model::Text secret;       ///< empty: one is made; never of a PUT
    model::UserId user;       ///< empty: everybody's
    QList<model::Text> types; ///< at most 100; empty: all
    bool enabled = true;
    friend bool operator==(const WebhookRequest &, const WebhookRequest &) = default;
};
enum class WebhookBody { New, Replacement };
[[nodiscard]] model::Result<WebhookRequest> parseWebhook(QByteArrayView json, WebhookBody body);

/// POST /webhooks/:id/rotate `{secret?, overlap?}`, also without a body.
struct RotationRequest
{
    model::Text secret;                                    ///< empty: one is made
    std::chrono::seconds overlap = std::chrono::hours(24); ///< both sign so long; at most 7 d
    friend bool operator==(const RotationRequest &, const RotationRequest &) = default;
};
[[nodiscard]] model::Result<RotationRequest> parseRotation(QByteArrayView json);
} // namespace belfry::protocol
