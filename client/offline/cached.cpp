#include "offline/cached.h"

namespace belfry::offline {
Keep keepOf(const model::Notification &item)
{
    using model::State;
    const bool alive =
        item.state == State::Accepted || item.state == State::Queued || item.state == State::Done;
    if (item.engagement.archived && !item.engagement.deleted)
        return Keep::Archived; // an archive keeps what has expired
    return alive && !item.engagement.deleted ? Keep::First : Keep::Last;
}
} // namespace belfry::offline
