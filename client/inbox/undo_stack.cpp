#include "inbox/undo_stack.h"

#include <algorithm>
#include <unordered_set>

namespace belfry::inbox {
using model::Engagement;
using model::NotificationId;
using model::OpSet;

namespace {
bool differ(const model::MaybeInstant &a, const model::MaybeInstant &b)
{
    return a.has_value() != b.has_value();
}

/// Gathers ids by op; the order of the ops is that of `order`, several snoozes by their ends.
class Gatherer
{
public:
    void add(OpSet set, const NotificationId &id, model::MaybeInstant until = {})
    {
        const auto at = std::find_if(m_ops.begin(), m_ops.end(), [&](const InverseOp &op) {
            return op.set == set && op.until == until && op.ids.size() < model::maxIdsPerOp;
        });
        if (at != m_ops.end())
            at->ids.append(id);
        else
            m_ops.push_back({set, until, {id}});
    }
    std::vector<InverseOp> finish()
    {
        std::stable_sort(m_ops.begin(), m_ops.end(),
                         [](const InverseOp &a, const InverseOp &b) { return rank(a.set) < rank(b.set); });
        return std::move(m_ops);
    }

private:
    /// What was deleted takes no other op; what is archived can't be unread.
    static int rank(OpSet set)
    {
        constexpr OpSet order[] = {OpSet::Undo,   OpSet::Unarchive, OpSet::Unsnooze, OpSet::Snooze,
                                   OpSet::Unread, OpSet::Read,      OpSet::Archive};
        return int(std::find(std::begin(order), std::end(order), set) - std::begin(order));
    }

    std::vector<InverseOp> m_ops;
};

void addSnooze(Gatherer &ops, const Deed::Item &item, const Engagement &now, model::Instant at)
{
    const auto &before = item.before.snoozedUntil;
    if (before == item.after.snoozedUntil || now.snoozedUntil != item.after.snoozedUntil)
        return;
    if (before && *before > at)
        ops.add(OpSet::Snooze, item.id, before);
    else if (now.snoozedUntil)
        ops.add(OpSet::Unsnooze, item.id);
}

void addInverse(Gatherer &ops, const Deed::Item &item, const Engagement &now, model::Instant at)
{
    const Engagement &before = item.before;
    const Engagement &after = item.after;
    if (!before.deleted && after.deleted && now.deleted)
        ops.add(OpSet::Undo, item.id);
    const bool archive = differ(before.archived, after.archived) && !differ(now.archived, after.archived);
    if (archive)
        ops.add(before.archived ? OpSet::Archive : OpSet::Unarchive, item.id);
    addSnooze(ops, item, now, at);
    const bool isArchivedElsewhere = now.archived && !archive;
    if (!differ(before.read, after.read) || differ(now.read, after.read) || isArchivedElsewhere)
        return;
    if (before.read)
        ops.add(OpSet::Read, item.id);
    else if (!now.acked)
        ops.add(OpSet::Unread, item.id);
}
} // namespace

std::vector<InverseOp> inverseOf(const Deed &deed, const EngagementNow &now, model::Instant at)
{
    Gatherer ops;
    for (const Deed::Item &item : deed.items) {
        const Engagement *current = now(item.id);
        addInverse(ops, item, current ? *current : item.after, at);
    }
    return ops.finish();
}

void UndoStack::push(Deed deed)
{
    m_deeds.push_back(std::move(deed));
    if (m_deeds.size() > levels)
        m_deeds.pop_front();
}

std::optional<Deed> UndoStack::take(quint64 serial)
{
    const auto at = serial == 0 && !m_deeds.empty()
                        ? m_deeds.end() - 1
                        : std::find_if(m_deeds.begin(), m_deeds.end(),
                                       [&](const Deed &deed) { return deed.serial == serial; });
    if (at == m_deeds.end())
        return std::nullopt;
    Deed deed = std::move(*at);
    m_deeds.erase(at);
    return deed;
}

void UndoStack::drop(const model::OpId &op, const QList<NotificationId> &ids)
{
    const auto at =
        std::find_if(m_deeds.begin(), m_deeds.end(), [&](const Deed &deed) { return deed.ops.contains(op); });
    if (at == m_deeds.end())
        return;
    const std::unordered_set<NotificationId> gone(ids.begin(), ids.end());
    std::erase_if(at->items, [&](const Deed::Item &item) { return gone.contains(item.id); });
    at->ops.removeOne(op);
    if (at->items.empty())
        m_deeds.erase(at);
}

void UndoStack::dropDeed(quint64 serial)
{
    static_cast<void>(take(serial));
}
} // namespace belfry::inbox
