#pragma once

#include "model/change.h"

#include <QByteArray>
#include <array>
#include <memory>

namespace belfry::protocol {
/// One change on its way to many sockets: rendered once, at the first use, then handed out as at most three
/// finished frames, one for each alert value (decisions H31), each shared by all its receivers. Making one
/// costs nothing until a frame is asked for. One loop at a time.
class PreparedChange
{
public:
    /// Shares the change: an aliasing pointer into a committed batch keeps the whole batch alive.
    explicit PreparedChange(std::shared_ptr<const model::Change> change)
        : m_change(std::move(change))
    {
    }
    explicit PreparedChange(model::Change change)
        : PreparedChange(std::make_shared<const model::Change>(std::move(change)))
    {
    }
    /// A live-only item: seq null, kind created (H15).
    [[nodiscard]] static PreparedChange liveOnly(const model::Notification &item);

    [[nodiscard]] const model::Change &change() const { return *m_change; }

    /// A whole WebSocket text frame of `ev`.
    [[nodiscard]] const QByteArray &frame(model::Alert alert);
    /// The same as a Server-Sent Event, with the seq as its id (H28).
    [[nodiscard]] const QByteArray &eventStream(model::Alert alert);
    /// The frame for S2's sockets, `{id, user_id, event, message, metadata, seq}`; empty for what they never
    /// get (H29): everything but created items.
    [[nodiscard]] const QByteArray &legacyFrame();
    /// The bare JSON.
    [[nodiscard]] QByteArray json(model::Alert alert);

private:
    [[nodiscard]] const QByteArray &members();

    std::shared_ptr<const model::Change> m_change;
    QByteArray m_members;
    std::array<QByteArray, 3> m_frames;
    std::array<QByteArray, 3> m_events;
    QByteArray m_legacy;
};
} // namespace belfry::protocol
