#include "channels/webhook_message.h"

#include "protocol/event_envelope.h"
#include "protocol/item.h"
#include "protocol/json_writer.h"

#include <QMessageAuthenticationCode>

namespace belfry::channels {
namespace {
QByteArray messageId(const ports::DueDelivery &delivery)
{
    const qint32 revision = delivery.item.revision;
    return revision == 1 ? delivery.id.toText() : delivery.id.toText() + '-' + QByteArray::number(revision);
}

/// CloudEvents 1.0, structured, JSON.
QByteArray eventOf(const ports::DueDelivery &delivery, const QByteArray &id)
{
    const model::Notification &item = delivery.item;
    QByteArray body;
    protocol::JsonWriter json(body);
    const model::Text type =
        item.revision == 1 ? "belfry.notification.created" : "belfry.notification.updated";
    protocol::beginEvent(json, {id, type, item.user.text, item.updatedAt, item.traceparent});
    protocol::appendItem(json, item);
    json.endObject().finish();
    return body;
}
} // namespace

QByteArray webhookSignature(const model::Text &secret, const QByteArray &id, qint64 timestamp,
                            const QByteArray &body)
{
    const QByteArray key = QByteArray::fromBase64(secret.mid(qsizetype(sizeof "whsec_") - 1));
    QMessageAuthenticationCode code(QCryptographicHash::Sha256, key);
    code.addData(id + '.' + QByteArray::number(timestamp) + '.');
    code.addData(body);
    return "v1," + code.result().toBase64();
}

HttpPost webhookPost(const ports::DueDelivery &delivery, model::Instant now)
{
    const ports::Webhook &webhook = delivery.webhook;
    const QByteArray id = messageId(delivery);
    const qint64 timestamp = now.us / 1'000'000;
    HttpPost post;
    post.url = webhook.url;
    post.body = eventOf(delivery, id);
    QByteArray signatures = webhookSignature(webhook.secret, id, timestamp, post.body);
    if (!webhook.oldSecret.isEmpty() && webhook.oldSecretUntil && now < *webhook.oldSecretUntil)
        signatures += ' ' + webhookSignature(webhook.oldSecret, id, timestamp, post.body);
    post.headers = {{"Content-Type", "application/cloudevents+json"},
                    {"webhook-id", id},
                    {"webhook-timestamp", QByteArray::number(timestamp)},
                    {"webhook-signature", signatures}};
    if (!delivery.item.traceparent.isEmpty())
        post.headers.emplace_back("traceparent", delivery.item.traceparent);
    return post;
}
} // namespace belfry::channels
