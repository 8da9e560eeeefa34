#include "domain/state_merge.h"

#include <algorithm>

namespace belfry::domain {
using model::Engagement;
using model::Instant;
using model::MaybeInstant;
using model::Notification;
using model::OpSet;
using model::State;

namespace {
/// What has expired can still be put away: an archive keeps it.
bool takesWhenExpired(OpSet set)
{
    return set == OpSet::Delete || set == OpSet::Undo || set == OpSet::Unarchive;
}

bool takesOp(const Notification &item, OpSet set)
{
    const bool alive =
        item.state == State::Accepted || item.state == State::Queued || item.state == State::Done;
    const bool over = item.state == State::Expired && takesWhenExpired(set);
    return (alive || over) && item.createdSeq > 0;
}

void growTo(MaybeInstant &field, Instant at)
{
    if (!field)
        field = at;
}

bool isOlder(Instant at, const MaybeInstant &changed)
{
    return changed && at < *changed;
}

/// A repeat: the field is so already, but from `at` on, so that an op between the two loses.
Merge noted(MaybeInstant &changed, Instant at)
{
    if (changed && at <= *changed)
        return Merge::Unchanged;
    changed = at;
    return Merge::Noted;
}

/// The weaker side of a pair (unread, unarchive, unsnooze) clears `field`; it loses a tie.
Merge cleared(MaybeInstant &field, MaybeInstant &changed, Instant at)
{
    if (isOlder(at, changed) || (field && changed == at))
        return Merge::Superseded;
    if (!field)
        return noted(changed, at);
    field.reset();
    changed = at;
    return Merge::Changed;
}

Merge grown(MaybeInstant &field, Instant at)
{
    if (field)
        return Merge::Unchanged;
    field = at;
    return Merge::Changed;
}

Merge see(Engagement &e, Instant at)
{
    return isOlder(at, e.attentionAt) ? Merge::Superseded : grown(e.seen, at);
}

Merge click(Engagement &e, Instant at)
{
    if (isOlder(at, e.attentionAt))
        return Merge::Superseded;
    // One that was renotified was clicked once, and is unseen again.
    const Merge seen = grown(e.seen, at);
    const Merge clicked = grown(e.clicked, at);
    return clicked == Merge::Changed ? clicked : seen;
}

Merge read(Engagement &e, Instant at)
{
    if (isOlder(at, e.readChangedAt))
        return Merge::Superseded;
    if (e.read)
        return noted(e.readChangedAt, at);
    e.read = at;
    e.readChangedAt = at;
    growTo(e.seen, at);
    return Merge::Changed;
}

/// An item is not older than what is said of it.
bool isReadSince(const Notification &item, Instant at, const ReadUpTo &all)
{
    return item.createdSeq <= all.seq && at <= std::max(all.at, item.createdAt);
}

Merge unread(Notification &item, Instant at, const ReadUpTo &allRead)
{
    Engagement &e = item.engagement;
    if (e.acked || e.archived || isReadSince(item, at, allRead))
        return Merge::Superseded;
    return cleared(e.read, e.readChangedAt, at);
}

void impliedRead(Engagement &e, Instant at)
{
    growTo(e.seen, at);
    growTo(e.read, at);
    static_cast<void>(noted(e.readChangedAt, at));
}

Merge ack(Engagement &e, Instant at)
{
    if (isOlder(at, e.attentionAt))
        return Merge::Superseded;
    if (e.acked)
        return Merge::Unchanged;
    e.acked = at;
    impliedRead(e, at);
    return Merge::Changed;
}

bool waitsForAck(const Notification &item)
{
    return (item.content.ackRequired || item.content.critical) && !item.engagement.acked;
}

Merge archive(Notification &item, Instant at)
{
    Engagement &e = item.engagement;
    if (waitsForAck(item))
        return Merge::Superseded;
    if (isOlder(at, e.archivedChangedAt))
        return Merge::Superseded;
    if (e.archived)
        return noted(e.archivedChangedAt, at);
    e.archived = at;
    e.archivedChangedAt = at;
    impliedRead(e, at);
    return Merge::Changed;
}

Merge snooze(Engagement &e, Instant at, Instant until, Instant now)
{
    if (isOlder(at, e.snoozedChangedAt))
        return Merge::Superseded;
    if (until <= now)
        return Merge::Unchanged;
    if (e.snoozedChangedAt == at && e.snoozedUntil && until < *e.snoozedUntil)
        return Merge::Superseded;
    if (e.snoozedUntil == until)
        return noted(e.snoozedChangedAt, at);
    e.snoozedUntil = until;
    e.snoozedChangedAt = at;
    return Merge::Changed;
}

Merge erase(Notification &item, Instant at)
{
    if (waitsForAck(item))
        return Merge::Superseded;
    return grown(item.engagement.deleted, at);
}

Merge undo(Engagement &e, Instant at, Instant now)
{
    if (!e.deleted)
        return Merge::Unchanged;
    if (at < *e.deleted || now - *e.deleted > undoRetention)
        return Merge::Superseded;
    e.deleted.reset();
    return Merge::Changed;
}

Merge applySet(Notification &item, const model::Op &op, Instant at, Instant now, const ReadUpTo &allRead)
{
    Engagement &e = item.engagement;
    switch (op.set) {
    case OpSet::Seen:
        return see(e, at);
    case OpSet::Read:
        return read(e, at);
    case OpSet::Unread:
        return unread(item, at, allRead);
    case OpSet::Ack:
        return ack(e, at);
    case OpSet::Archive:
        return archive(item, at);
    case OpSet::Unarchive:
        return cleared(e.archived, e.archivedChangedAt, at);
    case OpSet::Snooze:
        return snooze(e, at, op.until.value_or(now), now);
    case OpSet::Unsnooze:
        return cleared(e.snoozedUntil, e.snoozedChangedAt, at);
    case OpSet::Click:
        return click(e, at);
    case OpSet::Delete:
        return erase(item, at);
    case OpSet::Undo:
        return undo(e, at, now);
    }
    return Merge::Unchanged;
}
} // namespace

Instant clampedAt(const model::Op &op, const Notification &item, Instant now)
{
    const Instant at = std::min(op.at.value_or(now), now);
    return std::max(at, item.createdAt);
}

Merge mergeOp(Notification &item, const model::Op &op, Instant now, const ReadUpTo &allRead)
{
    if (!takesOp(item, op.set))
        return Merge::Superseded;
    if (item.engagement.deleted && op.set != OpSet::Undo)
        return op.set == OpSet::Delete ? Merge::Unchanged : Merge::Superseded;
    return applySet(item, op, clampedAt(op, item, now), now, allRead);
}
} // namespace belfry::domain
