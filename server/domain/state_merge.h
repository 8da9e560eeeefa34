#pragma once

#include "model/op.h"

namespace belfry::domain {
enum class Merge {
    Unchanged, ///< it already was so
    Noted, ///< it already was so, but only `…ChangedAt` knew it of an earlier time: to be saved, no news
    Changed,
    Superseded, ///< something that wins was there first; nothing was changed
};

/// The latest "all up to here is read" of a user: said of what had been read before, too, without a word kept
/// at each of those.
struct ReadUpTo
{
    model::Seq seq = 0;
    model::Instant at;
    friend bool operator==(const ReadUpTo &, const ReadUpTo &) = default;
};

/// How long a deletion can be undone (semantics 20).
inline constexpr model::Duration undoRetention = model::days(30);

/// When the op happened: `op.at`, absent = now, clamped to [created, now] (semantics 16).
[[nodiscard]] model::Instant clampedAt(const model::Op &op, const model::Notification &item,
                                       model::Instant now);

/// Merges what one device did with what the others did (semantics 1 and 16; decisions H24, H61); pure.
///  - seen, clicked and acked only grow; read ⇒ seen, acked ⇒ read, archived ⇒ read, clicked ⇒ seen.
///  - read/unread, archive/unarchive and snooze/unsnooze: the later clamped `at` wins, in whatever order they
///  come; on a tie read, archive, snooze, and of two snoozes the longer one.
///  - what was seen, clicked or acked before the last renotify was an earlier revision.
///  - an unread cannot undo an ack or an archive; what needs an ack is neither archived nor deleted before
///  it.
///  - delete wins over all but a later undo within 30 days.
///  - an item that is over (recalled, cancelled, …) takes no op; an expired one delete, undo and unarchive.
/// `item` is changed only for Changed and Noted; counters, seq and updatedAt are the caller's.
[[nodiscard]] Merge mergeOp(model::Notification &item, const model::Op &op, model::Instant now,
                            const ReadUpTo &allRead = {});
} // namespace belfry::domain
