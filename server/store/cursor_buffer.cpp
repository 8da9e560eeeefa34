#include "store/cursor_buffer.h"

namespace belfry::store {
using namespace std::chrono_literals;

void CursorBuffer::move(const model::UserId &user, const model::DeviceId &device, model::Seq seq,
                        model::Instant now)
{
    {
        const std::lock_guard lock(m_mutex);
        const bool first = m_waiting.empty();
        if (m_waiting.size() >= capacity)
            return;
        auto &cursor = m_waiting[{user, device}];
        if (seq > cursor.first)
            cursor = {seq, now};
        if (!first)
            return;
    }
    runtime::Loop &loop = m_upkeep.loop();
    loop.post([this, &loop] { loop.after(1s, [this] { flush(); }); });
}

void CursorBuffer::flush()
{
    decltype(m_waiting) taken;
    {
        const std::lock_guard lock(m_mutex);
        taken.swap(m_waiting);
    }
    if (taken.empty())
        return;
    std::vector<CursorsCommand::Cursor> cursors;
    model::Instant latest;
    for (auto &[device, cursor] : taken) {
        cursors.push_back({device.first, device.second, cursor.first, cursor.second});
        latest = std::max(latest, cursor.second);
    }
    std::unique_ptr<Command> command = std::make_unique<CursorsCommand>(std::move(cursors), latest);
    static_cast<void>(m_lane.push(command)); // full: lost, which costs a repeat
}
} // namespace belfry::store
