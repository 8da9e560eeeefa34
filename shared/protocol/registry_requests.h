#pragma once

#include "model/instant.h"
#include "model/result.h"
#include "model/strong_id.h"

#include <QByteArrayView>
#include <QMap>
#include <vector>

namespace belfry::protocol {
/// POST /topics `{name, title}`; PUT /topics/:name `{title}`, also without a body (H60).
struct TopicRequest
{
    model::TopicName name;
    model::Text title;
    friend bool operator==(const TopicRequest &, const TopicRequest &) = default;
};
[[nodiscard]] model::Result<TopicRequest> parseTopic(QByteArrayView json);
/// `name` comes from the path; an empty body is taken.
[[nodiscard]] model::Result<TopicRequest> parseTopic(QByteArrayView json, const model::Text &name);

/// POST /topics/:t/subscribers `{"user_ids": [1–1,000]}`.
[[nodiscard]] model::Result<std::vector<model::UserId>> parseSubscribers(QByteArrayView json);

/// PUT of one subscription: on without a body, or `{"enabled": bool}`, or a bare bool (H38).
[[nodiscard]] model::Result<bool> parseSubscription(QByteArrayView json);
/// PUT of all: `{type: bool}`, at most 1,000.
[[nodiscard]] model::Result<QMap<model::Text, bool>> parseSubscriptions(QByteArrayView json);

/// POST /admin/api-keys `{name, scopes[], expires_at?}` (H03). Which scopes there are is auth's to know.
struct ApiKeyRequest
{
    model::Text name;
    QList<model::Text> scopes;
    model::MaybeInstant expiresAt;
    friend bool operator==(const ApiKeyRequest &, const ApiKeyRequest &) = default;
};
[[nodiscard]] model::Result<ApiKeyRequest> parseApiKey(QByteArrayView json);

/// POST /admin/api-keys/:id/rotate `{overlap?}`: seconds, 0 to 7 d, 24 h when absent; also without a body.
[[nodiscard]] model::Result<std::chrono::seconds> parseKeyRotation(QByteArrayView json);
} // namespace belfry::protocol
