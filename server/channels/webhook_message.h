#pragma once

#include "channels/http_sender.h"
#include "ports/webhooks.h"

namespace belfry::channels {
/// What is sent (Standard Webhooks 1.0): a structured CloudEvent about the notification as it is now, with
/// `webhook-id`, `webhook-timestamp` and `webhook-signature`, which has two signatures while a secret
/// rotates. The id is the delivery's: the same for every try, another one for each revision of the
/// notification, so that a receiver may drop what it has seen.
[[nodiscard]] HttpPost webhookPost(const ports::DueDelivery &delivery, model::Instant now);

/// `v1,` + base64 of HMAC-SHA256 over `id.timestamp.body`; `secret` as it is stored (`whsec_…`).
[[nodiscard]] QByteArray webhookSignature(const model::Text &secret, const QByteArray &id, qint64 timestamp,
                                          const QByteArray &body);
} // namespace belfry::channels
