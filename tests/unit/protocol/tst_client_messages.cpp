#include "protocol/client_messages.h"
#include "samples.h"

#include <QTest>

using namespace belfry;
using namespace belfry::model;
using namespace belfry::protocol;

Q_DECLARE_METATYPE(belfry::protocol::ClientMessage)

class TstClientMessages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void messagesComeBack_data();
    void messagesComeBack();
    void nullsAreAbsent();
    void unknownTypeIsKept();
    void badMessages_data();
    void badMessages();
    void badOpIsNamed();
    void legacyAcks();
};

void TstClientMessages::messagesComeBack_data()
{
    QTest::addColumn<ClientMessage>("message");
    const auto row = [](const char *name, ClientMessage message) {
        QTest::newRow(name) << std::move(message);
    };
    row("hello", Hello{{"dev"}, "tok", {"e1"}, 7, {"caps"}, UserId{"u"}});
    row("hello, fresh", Hello{{"dev"}, {}, {}, {}, {}, {}});
    row("ack", Ack{9});
    row("op by ids",
        OpRequest{{{"o"}, OpSet::Archive, QList<NotificationId>{samples::someId}, samples::noon, {}}});
    row("op up to", OpRequest{{{"o"}, OpSet::Seen, UpTo{12}, {}, {}}});
    row("snooze",
        OpRequest{{{"o"}, OpSet::Snooze, QList<NotificationId>{samples::someId}, {}, samples::noon}});
    row("presence", Presence{Presence::State::Locked, samples::noon});
    row("refresh", Refresh{"tok"});
}

void TstClientMessages::messagesComeBack()
{
    QFETCH(ClientMessage, message);
    const auto back = parseClientMessage(encode(message));
    QVERIFY2(back, back ? "" : back.error().detail.constData());
    QVERIFY(*back == message);
}

void TstClientMessages::nullsAreAbsent()
{
    const auto hello = parseClientMessage(
        R"({"type":"hello","device_id":"d","epoch":null,"since":null,"token":null,"x":1})");
    QVERIFY(hello);
    QCOMPARE(std::get<Hello>(*hello), (Hello{{"d"}, {}, {}, {}, {}, {}}));
}

void TstClientMessages::unknownTypeIsKept()
{
    QCOMPARE(std::get<UnknownRequest>(parseClientMessage(R"({"type":"dance"})").value()).type, Text("dance"));
}

void TstClientMessages::badMessages_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("pointer");
    const auto row = [](const char *name, const char *json, ErrorCode code, const char *pointer) {
        QTest::newRow(name) << QByteArray(json) << int(code) << QByteArray(pointer);
    };
    const auto invalid = ErrorCode::Invalid;
    row("no json", "hello", ErrorCode::Malformed, "");
    row("array", "[]", invalid, "");
    row("no type", "{}", invalid, "/type");
    row("hello without device", R"({"type":"hello"})", invalid, "/device_id");
    row("negative since", R"({"type":"hello","device_id":"d","since":-1})", invalid, "/since");
    row("ack without seq", R"({"type":"ack"})", invalid, "/seq");
    row("ack of text", R"({"type":"ack","seq":"1"})", invalid, "/seq");
    row("op without id", R"({"type":"op","set":"read","upto_seq":1})", invalid, "/op_id");
    row("op without set", R"({"type":"op","op_id":"o","upto_seq":1})", invalid, "/set");
    row("op of an odd set", R"({"type":"op","op_id":"o","set":"burn","upto_seq":1})", invalid, "/set");
    row("op of nothing", R"({"type":"op","op_id":"o","set":"read"})", invalid, "/ids");
    row("op of both", R"({"type":"op","op_id":"o","set":"read","upto_seq":1,"ids":[]})", invalid, "/ids");
    row("op of a bad id", R"({"type":"op","op_id":"o","set":"read","ids":["x"]})", invalid, "/ids/0");
    row("snooze for ever", R"({"type":"op","op_id":"o","set":"snooze","upto_seq":1})", invalid, "/until");
    row("odd presence", R"({"type":"presence","state":"asleep"})", invalid, "/state");
    row("refresh without token", R"({"type":"refresh"})", invalid, "/token");
}

void TstClientMessages::badMessages()
{
    QFETCH(QByteArray, json);
    QFETCH(int, code);
    QFETCH(QByteArray, pointer);
    const auto message = parseClientMessage(json);
    QVERIFY(!message);
    QCOMPARE(int(message.error().code), code);
    if (code == int(ErrorCode::Invalid))
        QCOMPARE(message.error().fields.first().pointer, pointer);
}

// Decisions H26: `error{problem, op_id?}`.
void TstClientMessages::badOpIsNamed()
{
    OpId bad;
    QVERIFY(!parseClientMessage(R"({"type":"op","op_id":"o-7","set":"burn","upto_seq":1})", &bad));
    QCOMPARE(bad.text, Text("o-7"));
}

void TstClientMessages::legacyAcks()
{
    QCOMPARE(parseLegacyAck(R"({"ack":12})").value(), LegacyAck(UpTo{12}));
    QCOMPARE(parseLegacyAck(R"({"ack":"01987654-3210-7abc-8123-456789abcdef"})").value(),
             LegacyAck(samples::someId));
    QCOMPARE(parseLegacyAck(R"({"ack":"7"})").value(), LegacyAck(qint32(7)));
    QVERIFY(!parseLegacyAck(R"({"ack":null})"));
    QVERIFY(!parseLegacyAck(R"({})"));
    QVERIFY(!parseLegacyAck("ack"));
}

QTEST_APPLESS_MAIN(TstClientMessages)
#include "tst_client_messages.moc"
