#pragma once

#include "ports/inbox.h"

namespace belfry::store {
/// What a notification is to lists and counts, as bits that stand beside its place in an index. Derived from
/// the item, written with every change of it.
enum RowFlag : quint8 {
    ActiveFlag = 1,   ///< model::isActive
    UnseenFlag = 2,   ///< active and not seen: counts.unseen
    UnreadFlag = 4,   ///< active and not read: counts.unread
    ArchivedFlag = 8, ///< listed, but archived
    SnoozedFlag = 16, ///< listed, but asleep
    DeletedFlag = 32, ///< deleted by its user, can be undone
    PresentFlag = 64, ///< has a place in the list and is not recalled: what `state=all` shows
};

/// No time and no command brings it back into a count.
[[nodiscard]] bool isOver(model::State state);

[[nodiscard]] quint8 rowFlags(const model::Notification &item);

/// What the flags add to the user's counts (semantics 2).
[[nodiscard]] inline model::Counts countsOf(quint8 flags)
{
    return {(flags & UnseenFlag) ? 1 : 0, (flags & UnreadFlag) ? 1 : 0};
}

/// Which lists a `state` shows: (flags & mask) == want. Scheduled has no flags: it is asked for by state.
struct FlagFilter
{
    quint8 mask = 0;
    quint8 want = 0;
    [[nodiscard]] bool accepts(quint8 flags) const { return (flags & mask) == want; }
};
[[nodiscard]] FlagFilter filterOf(ports::ListState state);

/// When the due-queue has to look at it: release, expiry or end of snooze, the earliest.
[[nodiscard]] model::MaybeInstant dueAt(const model::Notification &item);
/// What it has to do then.
[[nodiscard]] ports::DueKind dueKind(const model::Notification &item);

/// When it came into the list: the time of its `created` entry.
[[nodiscard]] model::Instant placedAt(const model::Notification &item);
} // namespace belfry::store
