#pragma once

#include "model/instant.h"

namespace belfry::client {
/// Notices that the machine slept, or that its clock was set: a jump of over 5 s between two ticks that are 1
/// s apart (api.md). Pure.
class SuspendWatch
{
public:
    static constexpr std::chrono::seconds longestStep{5};

    /// To be called once a second with the wall clock. True: what is connected is not to be trusted any more.
    [[nodiscard]] bool tick(model::Instant wall)
    {
        const bool jumped = m_last && (wall - *m_last > longestStep || *m_last - wall > longestStep);
        m_last = wall;
        return jumped;
    }

private:
    model::MaybeInstant m_last;
};
} // namespace belfry::client
