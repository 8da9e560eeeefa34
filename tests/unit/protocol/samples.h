#pragma once

#include "model/change.h"
#include "protocol/json_reader.h"

/// Values that have something in every member, for round trips.
namespace belfry::samples {
using namespace belfry::model;

inline constexpr Instant noon{1'767'268'800'123'456}; // 2026-01-01T12:00:00.123456Z
inline const Uuid someId{0x0198'7654'3210'7abcULL, 0x8123'4567'89ab'cdefULL};
inline const Uuid otherId{0x0198'7654'3210'7abdULL, 0x8123'4567'89ab'cdefULL};

inline Content fullContent()
{
    Content content;
    content.type = "build";
    content.title = "Grüße \"CI\"\n";
    content.message = "Back\\slash, tab\t, bell\x07, snowman \xe2\x98\x83, cat \xf0\x9f\x90\x88";
    content.data = R"({"n":9223372036854775807,"deep":{"list":[1,2.5,null,true]}})";
    content.channels = {Channel::InApp, Channel::Push};
    content.priority = "urgent";
    content.urgency = Urgency::High;
    content.critical = true;
    content.ackRequired = true;
    content.collapseKey = "c";
    content.dedupeKey = "d";
    content.actions = {{"open", "Open", "https://example.org/"}, {"mute", "Mute", {}}};
    content.progress = 0.25;
    content.icon = "icon";
    content.link = "https://example.org/l";
    content.source = "ci";
    content.thread = "t";
    content.actorId = "42";
    return content;
}

inline Notification fullItem()
{
    Notification item;
    item.id = someId;
    item.legacyId = 7;
    item.user.text = "17";
    item.event = otherId;
    item.seq = 12;
    item.createdSeq = 10;
    item.revision = 3;
    item.state = State::Done;
    item.createdAt = noon;
    item.updatedAt = noon + days(1);
    item.scheduledFor = noon + days(2);
    item.expiresAt = noon + days(3);
    item.content = fullContent();
    item.engagement.seen = noon + days(4);
    item.engagement.read = noon + days(5);
    item.engagement.acked = noon + days(6);
    item.engagement.archived = noon + days(7);
    item.engagement.snoozedUntil = noon + days(8);
    item.engagement.clicked = noon + days(9);
    item.engagement.deleted = noon + days(10);
    return item;
}

inline Change created(Seq seq = 12)
{
    Change change{seq, ChangeKind::Created, noon, fullItem(), Alert::Sound};
    std::get<Notification>(change.what).traceparent =
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    return change;
}
/// Nested deeper than any body may bring it.
inline Text deepestData()
{
    constexpr int levels = int(protocol::JsonReader::maxDepth) - 1;
    return Text(R"({"a":)").repeated(levels) + "{}" + Text("}").repeated(levels);
}

/// What the first complaint is about.
template<typename T>
Text pointerOf(const Result<T> &result)
{
    return result ? Text("good") : result.error().fields.value(0).pointer;
}

/// The body of a send that has one more member.
inline QByteArray withMember(const QByteArray &member)
{
    return R"({"user_id":"7","title":"t",)" + member + '}';
}
} // namespace belfry::samples
