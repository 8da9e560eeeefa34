#pragma once

#include "model/notification.h"
#include "protocol/field_reading.h"
#include "protocol/json_scan.h"
#include "protocol/words.h"

namespace belfry::protocol {
/// Code points, semantics 18 where it names them.
namespace limits {
inline constexpr qsizetype title = 256;
inline constexpr qsizetype message = 4096;
inline constexpr qsizetype name = 128;     ///< type, topic, source, template
inline constexpr qsizetype key = 256;      ///< collapse, dedupe, thread
inline constexpr qsizetype address = 2048; ///< icon, link, url
inline constexpr qsizetype actions = 10;
/// Bytes of an object that is kept as its text: what the body of a single request could bring at most, so
/// that a batch makes nothing larger.
inline constexpr qsizetype object = 256 * 1024;
} // namespace limits

/// Values of an object's members as they stand in its text; found at the first use, in source order.
class RawMembers
{
public:
    explicit RawMembers(QByteArrayView json)
        : m_json(json)
    {
    }
    [[nodiscard]] QByteArrayView at(int index) const;

private:
    QByteArrayView m_json;
    mutable std::vector<std::pair<QByteArrayView, QByteArrayView>> m_members;
};

/// An object, kept as its text (H85) on one line: a line break, in valid JSON between tokens only, would end
/// the data of a server-sent event. At most limits::object.
void readRawObject(model::Text &to, const Member &member, QByteArrayView raw, FieldErrors &errors);
/// What is said of an object above limits::object.
inline constexpr char tooLarge[] = "must have at most 256 KiB; what is larger belongs behind a link";
/// One name or an array of them, without repeats.
void readChannels(QList<model::Channel> &to, const Member &member, FieldErrors &errors);
/// At most ten `{id, title, url}`; id and title must say something.
void readActions(QList<model::Action> &to, const Member &member, FieldErrors &errors);
/// RFC 8030's words, or a foreign scale.
[[nodiscard]] Reading<model::Urgency> readUrgency(Json value);
} // namespace belfry::protocol
