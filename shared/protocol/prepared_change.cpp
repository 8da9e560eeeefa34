#include "protocol/prepared_change.h"

#include "protocol/frame.h"
#include "protocol/item.h"
#include "protocol/legacy.h"

namespace belfry::protocol {
namespace {
constexpr QByteArrayView head = "{\"type\":\"ev\",";

QByteArrayView tail(model::Alert alert)
{
    switch (alert) {
    case model::Alert::None:
        return ",\"alert\":\"none\"}";
    case model::Alert::Silent:
        return ",\"alert\":\"silent\"}";
    case model::Alert::Sound:
        break;
    }
    return ",\"alert\":\"sound\"}";
}
} // namespace

PreparedChange PreparedChange::liveOnly(const model::Notification &item)
{
    model::Change change;
    change.kind = model::ChangeKind::Created;
    change.at = item.createdAt;
    change.what = item;
    return PreparedChange(std::move(change));
}

const QByteArray &PreparedChange::members()
{
    if (m_members.isEmpty())
        appendChangeMembers(m_members, *m_change);
    return m_members;
}

const QByteArray &PreparedChange::frame(model::Alert alert)
{
    QByteArray &frame = m_frames[static_cast<std::size_t>(alert)];
    if (frame.isEmpty())
        frame = textFrame(head, members(), tail(alert));
    return frame;
}

const QByteArray &PreparedChange::eventStream(model::Alert alert)
{
    QByteArray &event = m_events[static_cast<std::size_t>(alert)];
    if (event.isEmpty())
        event = eventStreamChunk(m_change->seq, "ev", head, members(), tail(alert));
    return event;
}

const QByteArray &PreparedChange::legacyFrame()
{
    const auto *item = std::get_if<model::Notification>(&m_change->what);
    if (m_legacy.isEmpty() && item && m_change->kind == model::ChangeKind::Created && !model::isGone(*item))
        m_legacy = textFrame(legacySocketMessage(*item, m_change->seq));
    return m_legacy;
}

QByteArray PreparedChange::json(model::Alert alert)
{
    QByteArray out;
    out.reserve(head.size() + members().size() + tail(alert).size());
    return out.append(head).append(members()).append(tail(alert));
}
} // namespace belfry::protocol
