#include "protocol/frame.h"
#include "protocol/prepared_change.h"
#include "protocol/server_messages.h"
#include "samples.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace belfry;
using namespace belfry::model;
using namespace belfry::protocol;

Q_DECLARE_METATYPE(belfry::protocol::ServerMessage)

class TstServerMessages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void messagesComeBack_data();
    void messagesComeBack();
    void deepestDataIsRead();
    void unknownTypeIsKept();
    void badMessages_data();
    void badMessages();
    void frameLengths_data();
    void frameLengths();
    void eventStreamText();
    void preparedFramesDifferInTheAlertOnly();
    void preparedFrameIsMadeOnce();
    void liveOnlyHasNoId();
    void legacyFrameOnlyForCreated();
    void batchIsFullByItems();
    void batchIsFullByBytes();
    void largeItemGoesAlone();
};

void TstServerMessages::messagesComeBack_data()
{
    QTest::addColumn<ServerMessage>("message");
    QTest::addColumn<QByteArray>("name");
    const auto row = [](const char *name, ServerMessage message) {
        QTest::newRow(name) << std::move(message) << QByteArray(name);
    };
    row("welcome", Welcome{{"e1"}, 9, Welcome::Mode::Snapshot, std::chrono::seconds(20)});
    Change gone{3, ChangeKind::Recalled, samples::noon, Gone{samples::someId}, Alert::None};
    row("batch", Batch{2, 3, {samples::created(2), gone}});
    row("live", Live{});
    row("ev", Event{samples::created()});
    row("counts", CountsNow{12, {3, 4}});
    row("applied",
        Applied{{{"op"}, 5, true, QList<NotificationId>(501, samples::someId)}}); // more than an op asks for
    row("error", Fault{makeProblem(Error{ErrorCode::Invalid, "/set: odd", {{"/set", "odd"}}, {}}), {"op"}});
    row("bye", Bye{CloseCode::ServiceRestart, std::chrono::milliseconds(1500)});
}

void TstServerMessages::messagesComeBack()
{
    QFETCH(ServerMessage, message);
    QFETCH(QByteArray, name);
    const QByteArray json = encode(message);
    QVERIFY2(json.startsWith("{\"type\":\"" + name + '"'), json.constData());
    QVERIFY2(QJsonDocument::fromJson(json).isObject(), json.constData());
    const auto back = parseServerMessage(json);
    QVERIFY2(back, back ? "" : back.error().detail.constData());
    QVERIFY(*back == message);
    QCOMPARE(messageName(*back), name);
}

void TstServerMessages::deepestDataIsRead()
{
    Change change = samples::created(2);
    std::get<Notification>(change.what).content.data = samples::deepestData();
    QCOMPARE(std::get<Event>(parseServerMessage(PreparedChange(change).json(change.alert)).value()).change,
             change);
    const ServerMessage batch = Batch{2, 2, {change}};
    QVERIFY(parseServerMessage(encode(batch)).value() == batch);
}

void TstServerMessages::unknownTypeIsKept()
{
    const auto message = parseServerMessage(R"({"type":"weather","sun":true})");
    QVERIFY(message);
    QCOMPARE(std::get<UnknownMessage>(*message).type, Text("weather"));
}

void TstServerMessages::badMessages_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("no json") << QByteArray("{");
    QTest::newRow("no type") << QByteArray("{}");
    QTest::newRow("type no text") << QByteArray(R"({"type":1})");
    QTest::newRow("ev without item") << QByteArray(R"({"type":"ev","seq":1,"kind":"created"})");
    QTest::newRow("negative seq") << QByteArray(R"({"type":"counts","seq":-1})");
    QTest::newRow("batch of numbers") << QByteArray(R"({"type":"batch","from":1,"to":1,"items":[1]})");
    QTest::newRow("bye without code") << QByteArray(R"({"type":"bye"})");
    QTest::newRow("error without problem") << QByteArray(R"({"type":"error"})");
}

void TstServerMessages::badMessages()
{
    QFETCH(QByteArray, json);
    QVERIFY(!parseServerMessage(json));
}

void TstServerMessages::frameLengths_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<QByteArray>("header");
    QTest::newRow("empty") << 0 << QByteArray("\x81\x00", 2);
    QTest::newRow("longest short") << 125 << QByteArray("\x81\x7d", 2);
    QTest::newRow("shortest 16 bit") << 126 << QByteArray("\x81\x7e\x00\x7e", 4);
    QTest::newRow("longest 16 bit") << 65535 << QByteArray("\x81\x7e\xff\xff", 4);
    QTest::newRow("shortest 64 bit") << 65536 << QByteArray("\x81\x7f\x00\x00\x00\x00\x00\x01\x00\x00", 10);
}

void TstServerMessages::frameLengths()
{
    QFETCH(int, size);
    QFETCH(QByteArray, header);
    const QByteArray payload(size, 'p');
    QCOMPARE(textFrame(payload), header + payload);
}

void TstServerMessages::eventStreamText()
{
    QCOMPARE(eventStreamChunk(7, "ev", "{}"), QByteArray("id: 7\nevent: ev\ndata: {}\n\n"));
    QCOMPARE(eventStreamChunk(0, "live", "{}"), QByteArray("event: live\ndata: {}\n\n"));
}

void TstServerMessages::preparedFramesDifferInTheAlertOnly()
{
    PreparedChange prepared(samples::created());
    for (const Alert alert : {Alert::None, Alert::Silent, Alert::Sound}) {
        const QByteArray json = prepared.json(alert);
        QCOMPARE(prepared.frame(alert), textFrame(json));
        QCOMPARE(prepared.eventStream(alert), eventStreamChunk(12, "ev", json));
        Change expected = samples::created();
        expected.alert = alert;
        QCOMPARE(std::get<Event>(parseServerMessage(json).value()).change, expected);
    }
}

void TstServerMessages::preparedFrameIsMadeOnce()
{
    PreparedChange prepared(samples::created());
    const QByteArray first = prepared.frame(Alert::Sound);
    QVERIFY(prepared.frame(Alert::Sound).constData() == first.constData());
}

void TstServerMessages::liveOnlyHasNoId()
{
    PreparedChange prepared = PreparedChange::liveOnly(samples::fullItem());
    QVERIFY(prepared.eventStream(Alert::Sound).startsWith("event: ev\n"));
    QVERIFY(prepared.json(Alert::Sound).startsWith(R"({"type":"ev","seq":null,"kind":"created",)"));
}

// Decisions H29: updates and recalls are not sent to S2's sockets.
void TstServerMessages::legacyFrameOnlyForCreated()
{
    Change entry = samples::created();
    std::get<Notification>(entry.what).seq = 99; // read, say, since it came: `?since=` goes on at the entry
    PreparedChange created(entry);
    const QByteArray frame = created.legacyFrame();
    const QJsonObject object = QJsonDocument::fromJson(frame.sliced(4)).object();
    QCOMPARE(object.value(QStringLiteral("user_id")).toInt(), 17);
    QCOMPARE(object.value(QStringLiteral("event")).toString(), QStringLiteral("build"));
    QCOMPARE(object.value(QStringLiteral("seq")).toInt(), 12);
    Change updated = samples::created();
    updated.kind = ChangeKind::Updated;
    QVERIFY(PreparedChange(updated).legacyFrame().isEmpty());
    QVERIFY(PreparedChange(Change{1, ChangeKind::Recalled, {}, Gone{samples::someId}, Alert::None})
                .legacyFrame()
                .isEmpty());
}

void TstServerMessages::batchIsFullByItems()
{
    BatchBuilder builder;
    QVERIFY(builder.isEmpty());
    for (Seq seq = 11; seq < 11 + maxBatchItems; ++seq)
        QVERIFY(builder.add(
            Change{seq, ChangeKind::Recalled, samples::noon, Gone{samples::someId}, Alert::None}));
    QVERIFY(!builder.add(samples::created(511)));
    const auto message = parseServerMessage(builder.take());
    QVERIFY(message);
    const Batch batch = std::get<Batch>(*message);
    QCOMPARE(batch.from, 11);
    QCOMPARE(batch.to, 510);
    QCOMPARE(batch.items.size(), 500u);
    QVERIFY(builder.isEmpty());
    QVERIFY(builder.add(samples::created(511)));
    QCOMPARE(std::get<Batch>(parseServerMessage(builder.take()).value()).from, 511);
}

// Decisions H79.
void TstServerMessages::batchIsFullByBytes()
{
    Change change = samples::created(1);
    std::get<Notification>(change.what).content.message = QByteArray(100 * 1024, 'm');
    BatchBuilder builder;
    QVERIFY(builder.add(change));
    change.seq = 2;
    QVERIFY(builder.add(change));
    change.seq = 3;
    QVERIFY(!builder.add(change));
    const QByteArray json = builder.take();
    QVERIFY(json.size() < maxBatchBytes);
    QCOMPARE(std::get<Batch>(parseServerMessage(json).value()).to, 2);
}

void TstServerMessages::largeItemGoesAlone()
{
    Change change = samples::created(1);
    std::get<Notification>(change.what).content.message = QByteArray(300 * 1024, 'm');
    BatchBuilder builder;
    QVERIFY(builder.add(change));
    QVERIFY(!builder.add(samples::created(2)));
    QCOMPARE(std::get<Batch>(parseServerMessage(builder.take()).value()).items.size(), 1u);
}

QTEST_APPLESS_MAIN(TstServerMessages)
#include "tst_server_messages.moc"
