#pragma once

#include "runtime/clock.h"
#include "runtime/loop_thread.h"
#include "store/inbox_commands.h"
#include "store/writer_lane.h"

#include <mutex>

namespace belfry::store {
/// Gathers the cursors of devices: a busy device moves its cursor thousands of times a second, the database
/// hears of the last place once a second. Any thread.
class CursorBuffer
{
public:
    /// Distinct devices that may wait; more are dropped, which costs a repeat.
    static constexpr std::size_t capacity = 100'000;

    CursorBuffer(WriterLane &lane, runtime::LoopThread &upkeep)
        : m_lane(lane)
        , m_upkeep(upkeep)
    {
    }

    void move(const model::UserId &user, const model::DeviceId &device, model::Seq seq, model::Instant now);
    /// Hands over what waits.
    void flush();

private:
    using Device = std::pair<model::UserId, model::DeviceId>;
    struct DeviceHash
    {
        std::size_t operator()(const Device &d) const noexcept { return qHashMulti(0, d.first, d.second); }
    };

    WriterLane &m_lane;
    runtime::LoopThread &m_upkeep;
    std::mutex m_mutex;
    std::unordered_map<Device, std::pair<model::Seq, model::Instant>, DeviceHash> m_waiting;
};
} // namespace belfry::store
