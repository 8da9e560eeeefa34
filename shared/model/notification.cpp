#include "model/notification.h"

namespace belfry::model {
const Text &categoryOf(const Text &type)
{
    static const Text general = "general";
    return type.isEmpty() ? general : type;
}

bool isActive(const Notification &n)
{
    const bool listed = n.state == State::Accepted || n.state == State::Queued || n.state == State::Done;
    return listed && n.createdSeq > 0 && !n.engagement.archived && !n.engagement.snoozedUntil &&
           !n.engagement.deleted;
}

bool isGone(const Notification &n)
{
    return n.state == State::Recalled;
}
} // namespace belfry::model
