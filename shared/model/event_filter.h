#pragma once

#include "model/notification.h"

namespace belfry::model {
/// Which notifications an operator wants to see; what is empty accepts all.
struct EventFilter
{
    UserId user;
    Text type;
    std::optional<State> state;
    std::optional<NotificationId> id;
    std::optional<EventId> event;
    Text trace;         ///< the 32 hexadecimal digits in the middle of a traceparent
    MaybeInstant since; ///< made then or later, by the time in its id (H103)
    MaybeInstant until; ///< made before, likewise

    [[nodiscard]] bool accepts(const Notification &item) const;
    friend bool operator==(const EventFilter &, const EventFilter &) = default;
};
} // namespace belfry::model
