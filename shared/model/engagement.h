#pragma once

#include "model/instant.h"

namespace belfry::model {
/// What the person did (semantics 1): read ⇒ seen, acked ⇒ read, archived ⇒ read; an ack is never undone, but
/// a renotify asks for a new one: what says `seen`, `clicked` or `acked` of a time before `attentionAt` is
/// about an earlier revision (H59). `…ChangedAt` is the clamped `at` of the last op on the field, also of the
/// one that cleared it: it decides which of two ops wins (semantics 16).
struct Engagement
{
    MaybeInstant seen;
    MaybeInstant read;
    MaybeInstant acked;
    MaybeInstant archived;
    MaybeInstant snoozedUntil;
    MaybeInstant clicked;
    MaybeInstant deleted;

    MaybeInstant readChangedAt;
    MaybeInstant archivedChangedAt;
    MaybeInstant snoozedChangedAt;
    MaybeInstant attentionAt;

    friend bool operator==(const Engagement &, const Engagement &) = default;
};

/// The badge and its sibling (semantics 2).
struct Counts
{
    qint64 unseen = 0;
    qint64 unread = 0;
    friend bool operator==(const Counts &, const Counts &) = default;
};
} // namespace belfry::model
