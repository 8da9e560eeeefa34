#include "protocol/item.h"
#include "samples.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace belfry;
using namespace belfry::model;

class TstItem : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fullItemComesBack();
    void emptyItemHasEveryMember();
    void recalledItemIsGone();
    void statusIsDerived_data();
    void statusIsDerived();
    void dataKeepsIntegers();
    void changesComeBack_data();
    void changesComeBack();
    void liveOnlyHasNoSeq();
    void aBroadcastBelongsToNobody();
    void badItemsAreRefused_data();
    void badItemsAreRefused();
    void unknownMembersAreSkipped();
};

namespace {
QByteArray json(const Notification &item)
{
    QByteArray out;
    protocol::appendItem(out, item);
    return out;
}

QByteArray json(const Change &change)
{
    QByteArray out;
    protocol::appendChange(out, change);
    return out;
}
} // namespace

void TstItem::fullItemComesBack()
{
    const Notification item = samples::fullItem();
    const QByteArray text = json(item);
    QVERIFY2(QJsonDocument::fromJson(text).isObject(), text.constData());
    const auto back = protocol::parseItem(text);
    QVERIFY2(back, back ? "" : back.error().detail.constData());
    QCOMPARE(*back, item);
}

// Decisions H11: null, not absent.
void TstItem::emptyItemHasEveryMember()
{
    Notification item;
    item.id = samples::someId;
    const QJsonObject object = QJsonDocument::fromJson(json(item)).object();
    const QStringList members{u"id"_qs,           u"legacy_id"_qs,   u"user_id"_qs,
                              u"seq"_qs,          u"revision"_qs,    u"type"_qs,
                              u"title"_qs,        u"message"_qs,     u"data"_qs,
                              u"metadata"_qs,     u"channel"_qs,     u"channels"_qs,
                              u"priority"_qs,     u"urgency"_qs,     u"critical"_qs,
                              u"status"_qs,       u"state"_qs,       u"hold_reason"_qs,
                              u"created_at"_qs,   u"updated_at"_qs,  u"scheduled_for"_qs,
                              u"expires_at"_qs,   u"seen_at"_qs,     u"read_at"_qs,
                              u"acked_at"_qs,     u"archived_at"_qs, u"snoozed_until"_qs,
                              u"clicked_at"_qs,   u"deleted_at"_qs,  u"is_read"_qs,
                              u"collapse_key"_qs, u"dedupe_key"_qs,  u"ack_required"_qs,
                              u"actions"_qs,      u"progress"_qs,    u"icon"_qs,
                              u"link"_qs,         u"actor_id"_qs,    u"source"_qs,
                              u"thread"_qs};
    for (const QString &member : members)
        QVERIFY2(object.contains(member), qPrintable(member));
    QVERIFY(object.value(u"seq"_qs).isNull());
    QVERIFY(object.value(u"progress"_qs).isNull());
    QVERIFY(object.value(u"read_at"_qs).isNull());
    QCOMPARE(object.value(u"is_read"_qs), QJsonValue(false));
    QCOMPARE(object.value(u"data"_qs), QJsonValue(QJsonObject()));
    QCOMPARE(object.value(u"actions"_qs), QJsonValue(QJsonArray()));
}

void TstItem::recalledItemIsGone()
{
    Notification item = samples::fullItem();
    item.state = State::Recalled;
    const QByteArray text = json(item);
    QCOMPARE(text, QByteArray(R"({"id":"01987654-3210-7abc-8123-456789abcdef","gone":true})"));
    const auto back = protocol::parseItem(text);
    QVERIFY(back);
    QVERIFY(isGone(*back));
}

void TstItem::statusIsDerived_data()
{
    QTest::addColumn<int>("state");
    QTest::addColumn<QString>("status");
    QTest::newRow("accepted") << int(State::Accepted) << u"queued"_qs;
    QTest::newRow("held") << int(State::Held) << u"queued"_qs;
    QTest::newRow("queued") << int(State::Queued) << u"queued"_qs;
    QTest::newRow("done") << int(State::Done) << u"sent"_qs;
    QTest::newRow("expired") << int(State::Expired) << u"expired"_qs;
    QTest::newRow("cancelled") << int(State::Cancelled) << u"cancelled"_qs;
    QTest::newRow("suppressed") << int(State::Suppressed) << u"failed"_qs;
    QTest::newRow("dead") << int(State::Dead) << u"failed"_qs;
}

void TstItem::statusIsDerived()
{
    QFETCH(int, state);
    QFETCH(QString, status);
    Notification item = samples::fullItem();
    item.state = static_cast<State>(state);
    QCOMPARE(QJsonDocument::fromJson(json(item)).object().value(u"status"_qs).toString(), status);
}

// Decisions H85: integers exactly up to 2^63.
void TstItem::dataKeepsIntegers()
{
    Notification item = samples::fullItem();
    item.content.data = R"({ "big" : 9223372036854775807 , "small":-9223372036854775808})";
    QVERIFY(json(item).contains(R"("data":{ "big" : 9223372036854775807 , "small":-9223372036854775808})"));
    const auto back = protocol::parseItem(json(item));
    QVERIFY(back);
    QCOMPARE(back->content.data, Text(R"({"big":9223372036854775807,"small":-9223372036854775808})"));
}

void TstItem::changesComeBack_data()
{
    QTest::addColumn<Change>("change");
    const Instant at = samples::noon;
    Op op{
        {"op-1"}, OpSet::Snooze, QList<NotificationId>{samples::someId, samples::otherId}, at, at + days(1)};
    const Op upTo{{"op-2"}, OpSet::Read, UpTo{99}, at, {}};
    const Op but{{"op-3"}, OpSet::Delete, UpTo{99, {samples::someId, samples::otherId}}, at, {}};
    Change updated = samples::created();
    updated.kind = ChangeKind::Updated;
    updated.alert = Alert::None;
    QTest::newRow("created") << samples::created();
    QTest::newRow("updated") << updated;
    QTest::newRow("gone") << Change{3, ChangeKind::Recalled, at, Gone{samples::someId}, Alert::None};
    QTest::newRow("state by ids") << Change{4, ChangeKind::State, at, StateChange{op}, Alert::None};
    QTest::newRow("state up to") << Change{5, ChangeKind::State, at, StateChange{upTo}, Alert::None};
    op.target = QList<NotificationId>(501, samples::someId);
    QTest::newRow("state of more than one asks for")
        << Change{4, ChangeKind::State, at, StateChange{op}, Alert::None};
    QTest::newRow("state up to, but") << Change{5, ChangeKind::State, at, StateChange{but}, Alert::None};
    QTest::newRow("preferences") << Change{6, ChangeKind::Preferences, at, PreferencesChange{"e1"},
                                           Alert::None};
    QTest::newRow("alert") << Change{7, ChangeKind::Alert, at, AlertChange{{samples::someId}, false},
                                     Alert::Silent};
    QTest::newRow("digest alert") << Change{
        8, ChangeKind::Alert, at, AlertChange{{samples::someId, samples::otherId}, true}, Alert::Sound};
}

void TstItem::changesComeBack()
{
    QFETCH(Change, change);
    const QByteArray text = json(change);
    QVERIFY2(QJsonDocument::fromJson(text).isObject(), text.constData());
    const auto back = protocol::parseChange(text);
    QVERIFY2(back, back ? "" : back.error().detail.constData());
    QCOMPARE(*back, change);
}

void TstItem::liveOnlyHasNoSeq()
{
    const QByteArray text = json(samples::created(0));
    QVERIFY2(text.startsWith(R"({"seq":null,"kind":"created","at":"2026-01-01T12:00:00.123456Z")"),
             text.constData());
    QCOMPARE(protocol::parseChange(text).value().seq, 0);
}

void TstItem::aBroadcastBelongsToNobody()
{
    Notification item = samples::fullItem();
    item.user = {};
    const QByteArray text = json(item);
    QVERIFY2(text.contains(R"("user_id":null)"), text.constData());
    QVERIFY(protocol::parseItem(text).value().user.isEmpty());
}

void TstItem::badItemsAreRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("code");
    QTest::newRow("no json") << QByteArray("{") << int(ErrorCode::Malformed);
    QTest::newRow("no object") << QByteArray("[]") << int(ErrorCode::Invalid);
    QTest::newRow("no id") << QByteArray("{}") << int(ErrorCode::Invalid);
    QTest::newRow("bad id") << QByteArray(R"({"id":"x"})") << int(ErrorCode::Invalid);
    QTest::newRow("bad time") << QByteArray(
                                     R"({"id":"01987654-3210-7abc-8123-456789abcdef","read_at":"soon"})")
                              << int(ErrorCode::Invalid);
}

void TstItem::badItemsAreRefused()
{
    QFETCH(QByteArray, text);
    QFETCH(int, code);
    const auto item = protocol::parseItem(text);
    QVERIFY(!item);
    QCOMPARE(int(item.error().code), code);
}

void TstItem::unknownMembersAreSkipped()
{
    const auto item =
        protocol::parseItem(R"({"id":"01987654-3210-7abc-8123-456789abcdef","news":[1],"state":"odd"})");
    QVERIFY(item);
    QCOMPARE(item->id, samples::someId);
}

QTEST_APPLESS_MAIN(TstItem)
#include "tst_item.moc"
