#pragma once

#include "model/instant.h"

namespace belfry::client {
/// Notices that the machine slept, or that its clock was set: how far the wall clock is ahead of one that
/// stands still in sleep changed by over 5 s (api.md). Pure.
class SuspendWatch
{
public:
    static constexpr std::chrono::seconds longestStep{5};

    explicit SuspendWatch(model::Duration ahead)
        : m_ahead(ahead)
    {
    }

    /// True: what is connected is not to be trusted any more.
    [[nodiscard]] bool take(model::Duration ahead)
    {
        const model::Duration step = ahead - m_ahead;
        m_ahead = ahead;
        return step > longestStep || -step > longestStep;
    }

private:
    model::Duration m_ahead;
};
} // namespace belfry::client
