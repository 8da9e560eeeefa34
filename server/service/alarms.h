#pragma once

#include "model/instant.h"

#include <functional>

namespace belfry::service {
/// What server/schedule wants to hear at once. Set before the loops start; called on any loop.
struct Alarms
{
    /// Something is durable that falls due at this time and makes no log entry (a scheduled submit).
    std::function<void(model::Instant)> dueAt;
    /// A fan-out job is durable.
    std::function<void()> jobAdded;
};
} // namespace belfry::service
