#include "bus/outbox_encoder.h"
#include "model/notification.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace belfry;

class TestOutboxEncoder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anArrivalIsAnEvent();
    void whatIsGoneSaysNoMore();
    void eachKindHasItsType_data();
    void eachKindHasItsType();

private:
    const ports::OutboxId m_id = model::Uuid::parse("0190a0b0-0000-7000-8000-00000000002a").value();

    [[nodiscard]] static ports::Committed committed(model::ChangeKind kind)
    {
        ports::Committed committed;
        committed.user.text = "anna";
        committed.counts = {2, 3};
        committed.change.seq = 7;
        committed.change.kind = kind;
        committed.change.at = {1'700'000'000'000'000};
        return committed;
    }
};

void TestOutboxEncoder::anArrivalIsAnEvent()
{
    auto arrival = committed(model::ChangeKind::Created);
    model::Notification item;
    item.id = model::Uuid::parse("0190a0b0-0000-7000-8000-000000000001").value();
    item.user.text = "anna";
    item.content.title = "Build \"failed\"";
    item.traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    arrival.change.what = item;
    arrival.change.alert = model::Alert::Sound;
    const ports::OutboxMessage message = bus::OutboxEncoder().encode(m_id, arrival);
    QVERIFY(message.id == m_id);
    QCOMPARE(message.type, model::Text("belfry.notification.created"));
    QCOMPARE(message.traceparent, item.traceparent);
    QJsonParseError fault;
    const QJsonObject event = QJsonDocument::fromJson(message.payload, &fault).object();
    QCOMPARE(fault.error, QJsonParseError::NoError);
    QCOMPARE(event[QStringLiteral("specversion")].toString(), QStringLiteral("1.0"));
    QCOMPARE(event[QStringLiteral("id")].toString().toLatin1(), m_id.toText());
    QCOMPARE(event[QStringLiteral("source")].toString(), QStringLiteral("/belfry"));
    QCOMPARE(event[QStringLiteral("type")].toString(), QStringLiteral("belfry.notification.created"));
    QCOMPARE(event[QStringLiteral("subject")].toString(), QStringLiteral("anna"));
    QCOMPARE(event[QStringLiteral("time")].toString(), QStringLiteral("2023-11-14T22:13:20.000Z"));
    QCOMPARE(event[QStringLiteral("traceparent")].toString().toLatin1(), item.traceparent);
    const QJsonObject data = event[QStringLiteral("data")].toObject();
    const QJsonObject change = data[QStringLiteral("change")].toObject();
    QCOMPARE(change[QStringLiteral("seq")].toInteger(), 7);
    QCOMPARE(change[QStringLiteral("kind")].toString(), QStringLiteral("created"));
    QCOMPARE(change[QStringLiteral("alert")].toString(), QStringLiteral("sound"));
    QCOMPARE(change[QStringLiteral("item")][QStringLiteral("title")].toString(),
             QStringLiteral("Build \"failed\""));
    QCOMPARE(data[QStringLiteral("counts")],
             QJsonValue(QJsonObject{{QStringLiteral("unseen"), 2}, {QStringLiteral("unread"), 3}}));
}

void TestOutboxEncoder::whatIsGoneSaysNoMore()
{
    auto recalled = committed(model::ChangeKind::Recalled);
    recalled.change.what = model::Gone{m_id};
    const ports::OutboxMessage message = bus::OutboxEncoder().encode(m_id, recalled);
    const QJsonObject event = QJsonDocument::fromJson(message.payload).object();
    QVERIFY(message.traceparent.isEmpty());
    QVERIFY(!event.contains(QStringLiteral("traceparent")));
    const QJsonObject item =
        event[QStringLiteral("data")][QStringLiteral("change")][QStringLiteral("item")].toObject();
    QCOMPARE(item.keys(), (QStringList{QStringLiteral("gone"), QStringLiteral("id")}));
}

void TestOutboxEncoder::eachKindHasItsType_data()
{
    using model::ChangeKind;
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("type");
    const auto row = [](ChangeKind kind, const char *type) {
        QTest::newRow(type) << int(kind) << QByteArray(type);
    };
    row(ChangeKind::Created, "belfry.notification.created");
    row(ChangeKind::Updated, "belfry.notification.updated");
    row(ChangeKind::State, "belfry.notification.state");
    row(ChangeKind::Expired, "belfry.notification.expired");
    row(ChangeKind::Recalled, "belfry.notification.recalled");
    row(ChangeKind::Alert, "belfry.notification.alert");
    row(ChangeKind::Preferences, "belfry.preferences.changed");
}

void TestOutboxEncoder::eachKindHasItsType()
{
    QFETCH(int, kind);
    QFETCH(QByteArray, type);
    auto change = committed(static_cast<model::ChangeKind>(kind));
    change.change.what = model::PreferencesChange{"e"};
    QCOMPARE(bus::OutboxEncoder().encode(m_id, change).type, type);
}

QTEST_GUILESS_MAIN(TestOutboxEncoder)
#include "tst_outbox_encoder.moc"
