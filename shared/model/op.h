#pragma once

#include "model/notification.h"

#include <variant>

namespace belfry::model {
/// What a person does with items (decisions H24).
enum class OpSet : quint8 {
    Seen,
    Read,
    Unread,
    Ack,
    Archive,
    Unarchive,
    Snooze,
    Unsnooze,
    Click,
    Delete,
    Undo
};

/// Everything up to and including this seq, so that what arrives meanwhile is not touched (semantics 16); but
/// not these few.
struct UpTo
{
    Seq seq = 0;
    QList<NotificationId> except{};
    friend bool operator==(const UpTo &, const UpTo &) = default;
};

struct Op
{
    OpId id;
    OpSet set = OpSet::Seen;
    std::variant<QList<NotificationId>, UpTo> target;
    MaybeInstant at;    ///< absent: now; clamped to [created, now] of each item
    MaybeInstant until; ///< Snooze only
    friend bool operator==(const Op &, const Op &) = default;
};

/// Limits of one request and of one op (H24), on the socket as over HTTP.
inline constexpr qsizetype maxOps = 500;
inline constexpr qsizetype maxIdsPerOp = 500;

/// Answer for one op; `seq` 0: nothing changed, no log row.
struct OpApplied
{
    OpId id;
    Seq seq = 0;
    bool superseded = false;
    QList<NotificationId> supersededIds;
    friend bool operator==(const OpApplied &, const OpApplied &) = default;
};
} // namespace belfry::model
