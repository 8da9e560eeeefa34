#pragma once

#include "model/notification.h"

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

[[nodiscard]] quint8 rowFlags(const model::Notification &item);

/// What the flags add to the user's counts (semantics 2).
[[nodiscard]] inline model::Counts countsOf(quint8 flags)
{
    return {(flags & UnseenFlag) ? 1 : 0, (flags & UnreadFlag) ? 1 : 0};
}

/// When the due-queue has to look at it: release, expiry or end of snooze, the earliest.
[[nodiscard]] model::MaybeInstant dueAt(const model::Notification &item);
} // namespace belfry::store
