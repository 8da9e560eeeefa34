#include "store/row_flags.h"

#include <algorithm>

namespace belfry::store {
using model::State;

bool isOver(State state)
{
    return state == State::Expired || state == State::Recalled || state == State::Cancelled ||
           state == State::Suppressed || state == State::Dead;
}

namespace {
quint8 activeFlags(const model::Engagement &engagement)
{
    return static_cast<quint8>(ActiveFlag | (engagement.seen ? 0 : UnseenFlag) |
                               (engagement.read ? 0 : UnreadFlag));
}
} // namespace

quint8 rowFlags(const model::Notification &item)
{
    if (item.createdSeq == 0 || item.state == State::Recalled)
        return 0;
    quint8 flags = PresentFlag;
    if (model::isActive(item))
        return static_cast<quint8>(flags | activeFlags(item.engagement));
    if (item.engagement.deleted)
        return static_cast<quint8>(flags | DeletedFlag);
    if (isOver(item.state) && item.state != State::Expired)
        return flags;
    if (item.engagement.archived) // an archive keeps what has expired
        flags |= ArchivedFlag;
    if (item.engagement.snoozedUntil && item.state != State::Expired)
        flags |= SnoozedFlag;
    return flags;
}

model::MaybeInstant dueAt(const model::Notification &item)
{
    if (item.state == State::Held)
        return item.scheduledFor;
    if (isOver(item.state))
        return std::nullopt;
    const model::MaybeInstant &wake = item.engagement.snoozedUntil;
    if (wake && item.expiresAt)
        return std::min(*wake, *item.expiresAt);
    return wake ? wake : item.expiresAt;
}

ports::DueKind dueKind(const model::Notification &item)
{
    if (item.state == State::Held)
        return ports::DueKind::Release;
    return item.expiresAt && dueAt(item) == item.expiresAt ? ports::DueKind::Expire
                                                           : ports::DueKind::Unsnooze;
}

FlagFilter filterOf(ports::ListState state)
{
    using ports::ListState;
    switch (state) {
    case ListState::Active:
        return {ActiveFlag, ActiveFlag};
    case ListState::Unread:
        return {UnreadFlag, UnreadFlag};
    case ListState::Read:
        return {ActiveFlag | UnreadFlag, ActiveFlag};
    case ListState::Archived:
        return {ArchivedFlag, ArchivedFlag};
    case ListState::Snoozed:
        return {SnoozedFlag, SnoozedFlag};
    case ListState::Deleted:
        return {DeletedFlag, DeletedFlag};
    case ListState::Scheduled:
    case ListState::All:
        break;
    }
    return {PresentFlag, PresentFlag};
}

model::Instant placedAt(const model::Notification &item)
{
    return std::max(item.createdAt, item.scheduledFor.value_or(item.createdAt));
}
} // namespace belfry::store
