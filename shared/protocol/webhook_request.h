#pragma once

#include "model/result.h"
#include "model/strong_id.h"
#include "model/uuid.h"

#include <QByteArrayView>
#include <QList>
#include <chrono>
#include <vector>

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

/// POST /admin/dead-letters:redrive `{ids: [1-1,000]}`, or a filter: `{user_id?, notification_id?,
/// webhook_id?}`, at least one of them, or `{all: true}`.
struct RedriveRequest
{
    std::vector<model::Uuid> ids;
    model::UserId user;
    std::optional<model::Uuid> notification;
    std::optional<model::Uuid> webhook;
    bool all = false;
    friend bool operator==(const RedriveRequest &, const RedriveRequest &) = default;
};
[[nodiscard]] model::Result<RedriveRequest> parseRedrive(QByteArrayView json);
} // namespace belfry::protocol
