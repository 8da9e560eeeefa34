#include "domain/state_merge.h"
#include "store/answer_rules.h"
#include "store/inbox_commands.h"
#include "store/log_codec.h"

#include <algorithm>

namespace belfry::store {
using domain::Merge;
using model::NotificationId;
using model::Op;
using model::OpApplied;
using model::OpSet;

namespace {
using Ids = QList<NotificationId>;

/// Which items an op on "everything up to seq" can mean: those of the list in which a person would press it.
quint8 flagsFor(OpSet set)
{
    switch (set) {
    case OpSet::Seen:
        return UnseenFlag;
    case OpSet::Read:
        return UnreadFlag;
    case OpSet::Unarchive:
        return ArchivedFlag;
    case OpSet::Unsnooze:
        return SnoozedFlag;
    case OpSet::Undo:
        return DeletedFlag;
    case OpSet::Unread:
    case OpSet::Ack:
    case OpSet::Archive:
    case OpSet::Snooze:
    case OpSet::Click:
    case OpSet::Delete:
        break;
    }
    return ActiveFlag;
}

/// The item when it is this user's and can be known to the user.
Workspace::Item *known(Workspace &work, const Workspace::User &user, const NotificationId &id)
{
    Workspace::Item *item = work.item(id);
    const bool theirs = item && item->row.user == user.row.key && item->row.item.createdSeq > 0;
    return theirs ? item : nullptr;
}

std::vector<Workspace::Item *> targets(Workspace &work, Workspace::User &user, const Op &op)
{
    std::vector<Workspace::Item *> items;
    if (const auto *upTo = std::get_if<model::UpTo>(&op.target)) {
        items = work.range(user, upTo->seq, flagsFor(op.set));
        const std::unordered_set<NotificationId> except(upTo->except.begin(), upTo->except.end());
        std::erase_if(items, [&except](const auto *item) { return except.contains(item->row.item.id); });
        return items;
    }
    for (const NotificationId &id : std::get<Ids>(op.target)) {
        if (Workspace::Item *item = known(work, user, id))
            items.push_back(item);
    }
    return items;
}

/// What is read already is no target, yet an older unread of it that comes later must lose (semantics 16).
void noteAllRead(Workspace &work, Workspace::User &user, const Op &op, model::Instant now)
{
    const auto *upTo = std::get_if<model::UpTo>(&op.target);
    if (upTo && upTo->except.isEmpty() && op.set == OpSet::Read)
        work.noteAllRead(user, {std::min(upTo->seq, user.row.head), std::min(op.at.value_or(now), now)});
}

/// The op as others have to apply it: without what it lost against, and with the time that counted. The
/// shorter way to say so: "everything" stays one number, however much that was.
Op asApplied(const Op &op, const Ids &changed, const Ids &superseded, model::Instant now)
{
    Op applied = op;
    applied.at = std::min(op.at.value_or(now), now);
    auto *upTo = std::get_if<model::UpTo>(&applied.target);
    if (upTo && superseded.size() <= changed.size())
        upTo->except.append(superseded);
    else
        applied.target = changed;
    return applied;
}
} // namespace

OpsCommand::OpsCommand(runtime::Loop &home, model::UserId user, std::vector<Op> ops, model::Instant now,
                       runtime::Reply<Result<ports::OpsResult>> reply)
    : ReplyingCommand(home, now, std::move(reply))
    , m_user(std::move(user))
    , m_ops(std::move(ops))
{
}

void OpsCommand::need(Needs &needs) const
{
    needs.users.push_back(m_user);
    for (const Op &op : m_ops) {
        needs.ops.emplace_back(m_user, op.id);
        if (const auto *upTo = std::get_if<model::UpTo>(&op.target)) {
            needs.ranges.push_back({m_user, upTo->seq, flagsFor(op.set)});
            continue;
        }
        const Ids &ids = std::get<Ids>(op.target);
        needs.items.insert(needs.items.end(), ids.begin(), ids.end());
    }
}

std::size_t OpsCommand::weight() const
{
    // How much of a list is still to be changed is not known yet: mostly little of it, and never more than
    // seqs.
    constexpr model::Seq heaviest = 2048;
    constexpr model::Seq seqsPerRow = 8;
    std::size_t rows = m_ops.size();
    for (const Op &op : m_ops) {
        if (const auto *upTo = std::get_if<model::UpTo>(&op.target))
            rows += static_cast<std::size_t>(std::clamp<model::Seq>(upTo->seq, 0, heaviest) / seqsPerRow);
    }
    return rows;
}

bool OpsCommand::isKnown(Workspace &work, const Workspace::User &user, const Op &op) const
{
    const auto *ids = std::get_if<Ids>(&op.target);
    return !ids || work.op(user, op.id) || std::any_of(ids->begin(), ids->end(), [&](const auto &id) {
        return known(work, user, id) != nullptr;
    });
}

OpApplied OpsCommand::applyOne(Workspace &work, Workspace::User &user, const Op &op) const
{
    OpApplied applied{op.id, 0, false, {}};
    std::vector<Workspace::Item *> changed;
    Ids changedIds;
    Ids superseded;
    for (Workspace::Item *item : targets(work, user, op)) {
        const Merge merge = domain::mergeOp(item->row.item, op, now(), user.row.allRead);
        if (merge == Merge::Superseded)
            superseded.append(item->row.item.id);
        if (merge == Merge::Noted)
            work.note(user, *item);
        if (merge != Merge::Changed)
            continue;
        changed.push_back(item);
        changedIds.append(item->row.item.id);
    }
    applied.superseded = !superseded.isEmpty();
    applied.supersededIds = superseded.first(std::min(superseded.size(), maxSupersededIds));
    noteAllRead(work, user, op, now());
    if (changed.empty())
        return applied;
    applied.seq = work.nextSeq(user);
    for (Workspace::Item *item : changed)
        work.touch(user, *item, applied.seq, now());
    const Op done = asApplied(op, changedIds, superseded, now());
    LogRow row{user.row.key, applied.seq,   model::ChangeKind::State, now(), model::Alert::None,
               {},           encodeOp(done)};
    work.log(user, std::move(row), model::StateChange{done});
    return applied;
}

VoidResult OpsCommand::apply(Workspace &work)
{
    Workspace::User *user = work.user(m_user);
    const bool any = std::any_of(m_ops.begin(), m_ops.end(), [&](const Op &op) {
        return user ? isKnown(work, *user, op) : std::holds_alternative<model::UpTo>(op.target);
    });
    if (!any && !m_ops.empty())
        return reject(model::ErrorCode::NotFound, "none of the notifications is known");
    ports::OpsResult result;
    for (const Op &op : m_ops) {
        if (!user) {
            result.applied.push_back({op.id, 0, false, {}});
            continue;
        }
        const OpRow *earlier = op.id.isEmpty() ? nullptr : work.op(*user, op.id);
        if (earlier && now() - earlier->at < opWindow) {
            result.applied.push_back(earlier->applied);
            continue;
        }
        result.applied.push_back(applyOne(work, *user, op));
        if (!op.id.isEmpty())
            work.keepOp({user->row.key, result.applied.back(), now()});
    }
    if (user) {
        result.head = user->row.head;
        result.counts = user->row.counts;
    }
    m_result = std::move(result);
    return {};
}
} // namespace belfry::store
