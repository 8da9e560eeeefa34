#include "channels/webhook_message.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

using namespace belfry;

class TestWebhookMessage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void signsAsTheStandardSays();
    void isACloudEvent();
    void anotherRevisionIsAnotherMessage();
    void aRotationSignsTwice_data();
    void aRotationSignsTwice();
};

namespace {
QByteArray headerOf(const channels::HttpPost &post, const char *name)
{
    for (const auto &[key, value] : post.headers) {
        if (key == name)
            return value;
    }
    return {};
}

ports::DueDelivery deliveryOf(qint32 revision = 1)
{
    ports::DueDelivery delivery;
    delivery.id = *model::Uuid::parse("01890000-0000-7000-8000-000000000001");
    delivery.webhook.url = "https://app.example/x";
    delivery.webhook.secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    delivery.item.id = *model::Uuid::parse("01890000-0000-7000-8000-000000000002");
    delivery.item.user.text = "anna";
    delivery.item.revision = revision;
    delivery.item.updatedAt = {1'700'000'000'000'000};
    delivery.item.content.title = "Hello";
    delivery.item.traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    return delivery;
}
} // namespace

/// The example of the specification.
void TestWebhookMessage::signsAsTheStandardSays()
{
    QCOMPARE(channels::webhookSignature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                                        "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330,
                                        R"({"test": 2432232314})"),
             QByteArray("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
}

void TestWebhookMessage::isACloudEvent()
{
    const channels::HttpPost post = channels::webhookPost(deliveryOf(), {1'700'000'123'999'999});
    QCOMPARE(post.url, QByteArray("https://app.example/x"));
    QCOMPARE(headerOf(post, "Content-Type"), QByteArray("application/cloudevents+json"));
    QCOMPARE(headerOf(post, "webhook-id"), QByteArray("01890000-0000-7000-8000-000000000001"));
    QCOMPARE(headerOf(post, "webhook-timestamp"), QByteArray("1700000123"));
    const QJsonObject event = QJsonDocument::fromJson(post.body).object();
    QCOMPARE(event.value(QStringLiteral("specversion")).toString(), QStringLiteral("1.0"));
    QCOMPARE(event.value(QStringLiteral("id")).toString().toUtf8(), headerOf(post, "webhook-id"));
    QCOMPARE(event.value(QStringLiteral("source")).toString(), QStringLiteral("/belfry"));
    QCOMPARE(event.value(QStringLiteral("type")).toString(), QStringLiteral("belfry.notification.created"));
    QCOMPARE(event.value(QStringLiteral("subject")).toString(), QStringLiteral("anna"));
    QCOMPARE(event.value(QStringLiteral("time")).toString(), QStringLiteral("2023-11-14T22:13:20.000Z"));
    QCOMPARE(event.value(QStringLiteral("traceparent")).toString().toUtf8(), headerOf(post, "traceparent"));
    QCOMPARE(event.value(QStringLiteral("data")).toObject().value(QStringLiteral("title")).toString(),
             QStringLiteral("Hello"));
}

void TestWebhookMessage::anotherRevisionIsAnotherMessage()
{
    const channels::HttpPost post = channels::webhookPost(deliveryOf(3), {1'700'000'000'000'000});
    QCOMPARE(headerOf(post, "webhook-id"), QByteArray("01890000-0000-7000-8000-000000000001-3"));
    QVERIFY(post.body.contains(R"("type":"belfry.notification.updated")"));
}

void TestWebhookMessage::aRotationSignsTwice_data()
{
    QTest::addColumn<qint64>("until");
    QTest::addColumn<int>("signatures");
    QTest::newRow("both are good") << qint64(1'700'000'000'000'001) << 2;
    QTest::newRow("the old one is over") << qint64(1'700'000'000'000'000) << 1;
}

void TestWebhookMessage::aRotationSignsTwice()
{
    QFETCH(qint64, until);
    ports::DueDelivery delivery = deliveryOf();
    delivery.webhook.oldSecret = "whsec_" + QByteArray(32, 'o').toBase64();
    delivery.webhook.oldSecretUntil = model::Instant{until};
    const channels::HttpPost post = channels::webhookPost(delivery, {1'700'000'000'000'000});
    const QByteArrayList signatures = headerOf(post, "webhook-signature").split(' ');
    QTEST(static_cast<int>(signatures.size()), "signatures");
    QCOMPARE(signatures.first(),
             channels::webhookSignature(delivery.webhook.secret, headerOf(post, "webhook-id"), 1'700'000'000,
                                        post.body));
    if (signatures.size() > 1)
        QCOMPARE(signatures.last(),
                 channels::webhookSignature(delivery.webhook.oldSecret, headerOf(post, "webhook-id"),
                                            1'700'000'000, post.body));
}

QTEST_GUILESS_MAIN(TestWebhookMessage)
#include "tst_webhook_message.moc"
