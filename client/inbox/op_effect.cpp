#include "inbox/op_effect.h"

#include <algorithm>

namespace belfry::inbox {
using model::Instant;
using model::Notification;
using model::OpSet;
using model::State;

namespace {
bool isInListOf(const Notification &item, OpSet set)
{
    const model::Engagement &e = item.engagement;
    switch (set) {
    case OpSet::Seen:
        return model::isActive(item) && !e.seen;
    case OpSet::Read:
        return model::isActive(item) && !e.read;
    case OpSet::Unarchive:
        return e.archived && !e.deleted;
    case OpSet::Unsnooze:
        return e.snoozedUntil && !e.deleted && isAlive(item);
    case OpSet::Undo:
        return e.deleted.has_value();
    case OpSet::Unread:
    case OpSet::Ack:
    case OpSet::Archive:
    case OpSet::Snooze:
    case OpSet::Click:
    case OpSet::Delete:
        break;
    }
    return model::isActive(item);
}

void growTo(model::MaybeInstant &field, Instant at)
{
    if (!field)
        field = at;
}

void read(model::Engagement &e, Instant at)
{
    growTo(e.seen, at);
    growTo(e.read, at);
}
} // namespace

bool isAlive(const Notification &item)
{
    return item.state == State::Accepted || item.state == State::Queued || item.state == State::Done;
}

bool isMeant(const Notification &item, const model::Op &op)
{
    if (const auto *ids = std::get_if<QList<model::NotificationId>>(&op.target))
        return ids->contains(item.id);
    const auto &upTo = std::get<model::UpTo>(op.target);
    return item.createdSeq > 0 && item.createdSeq <= upTo.seq && !upTo.except.contains(item.id) &&
           isInListOf(item, op.set);
}

void applyTold(Notification &item, const model::Op &op, Instant at)
{
    model::Engagement &e = item.engagement;
    const Instant when = std::max(op.at.value_or(at), item.createdAt);
    switch (op.set) {
    case OpSet::Seen:
        return growTo(e.seen, when);
    case OpSet::Read:
        return read(e, when);
    case OpSet::Unread:
        return e.read.reset();
    case OpSet::Ack:
        read(e, when);
        return growTo(e.acked, when);
    case OpSet::Archive:
        read(e, when);
        return growTo(e.archived, when);
    case OpSet::Unarchive:
        return e.archived.reset();
    case OpSet::Snooze:
        e.snoozedUntil = op.until;
        return;
    case OpSet::Unsnooze:
        return e.snoozedUntil.reset();
    case OpSet::Click:
        growTo(e.seen, when);
        return growTo(e.clicked, when);
    case OpSet::Delete:
        return growTo(e.deleted, when);
    case OpSet::Undo:
        return e.deleted.reset();
    }
}

bool waitsForAck(const Notification &item)
{
    return (item.content.ackRequired || item.content.critical) && !item.engagement.acked;
}

bool applyLikely(Notification &item, const model::Op &op, Instant now)
{
    const model::Engagement &e = item.engagement;
    const bool over = item.state == State::Expired &&
                      (op.set == OpSet::Delete || op.set == OpSet::Undo || op.set == OpSet::Unarchive);
    if (!isAlive(item) && !over)
        return false;
    if (e.deleted && op.set != OpSet::Undo)
        return false;
    if ((op.set == OpSet::Archive || op.set == OpSet::Delete) && waitsForAck(item))
        return false;
    if (op.set == OpSet::Unread && (e.acked || e.archived))
        return false;
    if (op.set == OpSet::Snooze && (!op.until || *op.until <= now))
        return false;
    const model::Engagement before = e;
    applyTold(item, op, now);
    return item.engagement != before;
}
} // namespace belfry::inbox
