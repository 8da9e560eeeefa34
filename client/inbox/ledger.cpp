#include "inbox/ledger.h"

#include "inbox/op_effect.h"

#include <algorithm>
#include <unordered_set>

namespace belfry::inbox {
using model::Instant;
using model::Notification;
using model::NotificationId;
using model::OpSet;
using model::State;

namespace {
/// Of an item of which nobody says when it came to its place.
Instant likelyPlacedAt(const Notification &item)
{
    const bool justMovedUp = item.revision > 1 && item.createdSeq == item.seq;
    return justMovedUp ? item.updatedAt
                       : std::max(item.createdAt, item.scheduledFor.value_or(item.createdAt));
}

bool isAsleep(const Notification &item)
{
    return item.engagement.snoozedUntil && !item.engagement.deleted && !model::isGone(item);
}

bool bringsBack(OpSet set)
{
    return set == OpSet::Unarchive || set == OpSet::Unsnooze || set == OpSet::Undo;
}
} // namespace

const Entry *Ledger::find(const NotificationId &id) const
{
    const auto at = m_entries.find(id);
    return at == m_entries.end() ? nullptr : &at->second;
}

std::vector<Ledger::Serial> Ledger::opsOn(const NotificationId &id) const
{
    std::vector<Serial> ops;
    const QList<Serial> own = m_opsById.value(id);
    std::merge(own.begin(), own.end(), m_opsUpTo.begin(), m_opsUpTo.end(), std::back_inserter(ops));
    return ops;
}

void Ledger::show(Entry &entry, Instant now, Delta &delta)
{
    const Entry before = entry;
    const NotificationId &id = entry.told->id;
    entry.shown = entry.told;
    entry.isPending = false;
    for (const Serial serial : opsOn(id)) {
        const model::Op &op = m_ops.at(serial);
        if (isMeant(entry.shown, op) && applyLikely(entry.shown.edit(), op, now))
            entry.isPending = true;
    }
    if (const model::MaybeInstant until = entry.shown->engagement.snoozedUntil; until && *until <= now) {
        entry.shown.edit().engagement.snoozedUntil.reset();
        entry.wokeAt = until;
    } else if (until) {
        m_due.emplace(*until, id);
    }
    if (isAlive(entry.shown) && entry.shown->expiresAt) {
        if (*entry.shown->expiresAt <= now)
            entry.shown.edit().state = State::Expired;
        else
            m_due.emplace(*entry.shown->expiresAt, id);
    }
    m_asleep += int(isAsleep(entry.shown)) - int(isAsleep(before.shown));
    if (entry != before)
        delta.shown.append(id);
}

void Ledger::put(Notification item, model::MaybeInstant cameAt, Instant now, Delta &delta)
{
    if (item.createdSeq <= 0 || m_gone.contains(item.id))
        return;
    if (model::isGone(item))
        return forget(item.id, delta);
    const auto [at, isNew] = m_entries.try_emplace(item.id);
    Entry &entry = at->second;
    if (!isNew && item.seq < entry.told->seq)
        return;
    if (isNew) {
        for (const Told &told : m_recent) {
            if (isMeant(item, told.op))
                applyTo(item, told);
        }
    }
    const model::MaybeInstant snoozed = entry.told->engagement.snoozedUntil;
    if (snoozed && !item.engagement.snoozedUntil && *snoozed <= std::max(now, item.updatedAt))
        entry.wokeAt = snoozed;
    const Instant placedBefore = entry.placedAt;
    if (cameAt || isNew || entry.told->createdSeq != item.createdSeq)
        entry.placedAt = cameAt.value_or(likelyPlacedAt(item));
    const bool isNews = isNew || *entry.told != item || entry.placedAt != placedBefore;
    if (isNews) {
        m_texts.share(item);
        entry.told = std::move(item);
        delta.told.append(entry.told->id);
    }
    show(entry, now, delta);
}

Delta Ledger::load(const Notification &item, Instant placedAt, model::MaybeInstant wokeAt, Instant now)
{
    Delta delta;
    put(item, placedAt, now, delta);
    if (const auto at = m_entries.find(item.id); at != m_entries.end() && wokeAt)
        at->second.wokeAt = wokeAt;
    delta.told.clear(); // it comes from there
    return delta;
}

Delta Ledger::take(const Notification &item, Instant now)
{
    Delta delta;
    put(item, {}, now, delta);
    return delta;
}

Delta Ledger::tell(const model::Change &change, Instant now)
{
    Delta delta;
    if (change.seq == 0)
        return delta;
    if (const auto *item = std::get_if<Notification>(&change.what)) {
        const bool moved = item->createdSeq == change.seq && item->revision > 1;
        put(*item, moved ? model::MaybeInstant(change.at) : std::nullopt, now, delta);
    } else if (const auto *gone = std::get_if<model::Gone>(&change.what)) {
        if (m_gone.size() < mostGone && !gone->id.isNull())
            m_gone.insert(gone->id);
        forget(gone->id, delta);
    } else if (const auto *state = std::get_if<model::StateChange>(&change.what)) {
        const Told told{change.seq, change.at, state->op};
        m_recent.push_back(told);
        if (m_recent.size() > mostRecent)
            m_recent.pop_front();
        applyState(told, now, delta);
    }
    return delta;
}

bool Ledger::applyTo(Notification &item, const Told &told)
{
    if (told.seq <= item.seq)
        return false; // the item is as of later
    applyTold(item, told.op, told.at);
    item.seq = told.seq;
    item.updatedAt = told.at;
    return true;
}

void Ledger::applyState(const Told &told, Instant now, Delta &delta)
{
    const auto apply = [&](Entry &entry) {
        if (told.seq <= entry.told->seq)
            return; // told already
        applyTo(entry.told.edit(), told);
        if (told.op.set == OpSet::Snooze)
            entry.wokeAt.reset();
        delta.told.append(entry.told->id);
        show(entry, now, delta);
    };
    if (const auto *ids = std::get_if<QList<NotificationId>>(&told.op.target)) {
        const std::unordered_set<NotificationId> each(ids->begin(), ids->end());
        for (const NotificationId &id : each) {
            if (const auto at = m_entries.find(id); at != m_entries.end())
                apply(at->second);
            else if (bringsBack(told.op.set) && !m_gone.contains(id))
                delta.missing.append(id);
        }
        return;
    }
    delta.mayMissMore = bringsBack(told.op.set);
    for (auto &[id, entry] : m_entries) {
        if (isMeant(entry.told, told.op))
            apply(entry);
    }
}

Delta Ledger::replace(const std::vector<Notification> &items, model::Seq seq, Instant now)
{
    Delta delta;
    std::unordered_set<NotificationId> there;
    for (const Notification &item : items) {
        there.insert(item.id);
        put(item, {}, now, delta);
    }
    QList<NotificationId> absent;
    for (const auto &[id, entry] : m_entries) {
        if (!there.contains(id) && entry.told->seq <= seq)
            absent.append(id);
    }
    for (const NotificationId &id : absent)
        forget(id, delta);
    return delta;
}

Delta Ledger::startAnew()
{
    Delta delta;
    for (const auto &[id, entry] : m_entries)
        delta.removed.append(id);
    m_entries.clear();
    m_asleep = 0;
    m_due.clear();
    m_gone.clear();
    m_recent.clear();
    return delta;
}

void Ledger::forget(const NotificationId &id, Delta &delta)
{
    const auto at = m_entries.find(id);
    if (at == m_entries.end())
        return;
    m_asleep -= int(isAsleep(at->second.shown));
    delta.removed.append(at->first);
    m_entries.erase(at);
}

Delta Ledger::remove(const NotificationId &id)
{
    Delta delta;
    forget(id, delta);
    return delta;
}

Delta Ledger::trim(std::size_t limit, Rank rank)
{
    Delta delta;
    if (m_entries.size() <= limit)
        return delta;
    std::vector<std::tuple<int, model::Seq, NotificationId>> candidates; // first what stays longest
    for (const auto &[id, entry] : m_entries) {
        if (!entry.isPending)
            candidates.emplace_back(rank(entry.told), -entry.told->createdSeq, id);
    }
    const std::size_t tooMany = std::min(m_entries.size() - limit, candidates.size());
    std::nth_element(candidates.begin(), candidates.end() - std::ptrdiff_t(tooMany), candidates.end());
    for (auto at = candidates.end() - std::ptrdiff_t(tooMany); at != candidates.end(); ++at)
        forget(std::get<2>(*at), delta);
    return delta;
}

Delta Ledger::begin(const model::Op &op, Instant now)
{
    Delta delta;
    if (m_serials.contains(op.id))
        return delta;
    const Serial serial = ++m_serial;
    m_serials.insert(op.id, serial);
    m_ops.emplace(serial, op);
    if (const auto *ids = std::get_if<QList<NotificationId>>(&op.target)) {
        for (const NotificationId &id : *ids) {
            QList<Serial> &ops = m_opsById[id];
            if (ops.isEmpty() || ops.constLast() != serial)
                ops.append(serial);
        }
    } else {
        m_opsUpTo.append(serial);
    }
    showTargets(op, now, delta);
    return delta;
}

Delta Ledger::settle(const model::OpId &id, Instant now)
{
    Delta delta;
    const Serial serial = m_serials.take(id);
    const auto at = m_ops.find(serial);
    if (at == m_ops.end())
        return delta;
    const model::Op op = std::move(at->second);
    m_ops.erase(at);
    m_opsUpTo.removeOne(serial);
    if (const auto *ids = std::get_if<QList<NotificationId>>(&op.target)) {
        for (const NotificationId &item : *ids) {
            QList<Serial> &ops = m_opsById[item];
            ops.removeOne(serial);
            if (ops.isEmpty())
                m_opsById.remove(item);
        }
    }
    showTargets(op, now, delta);
    return delta;
}

/// All that it may speak of: what it means changes with the op itself.
void Ledger::showTargets(const model::Op &op, Instant now, Delta &delta)
{
    if (const auto *ids = std::get_if<QList<NotificationId>>(&op.target)) {
        const std::unordered_set<NotificationId> each(ids->begin(), ids->end());
        for (const NotificationId &id : each) {
            if (const auto at = m_entries.find(id); at != m_entries.end())
                show(at->second, now, delta);
        }
        return;
    }
    for (auto &[id, entry] : m_entries)
        show(entry, now, delta);
}

model::Counts Ledger::unansweredCounts() const
{
    model::Counts counts;
    if (m_ops.empty())
        return counts;
    const auto add = [&](const Notification &item, int sign) {
        if (!model::isActive(item))
            return;
        counts.unseen += item.engagement.seen ? 0 : sign;
        counts.unread += item.engagement.read ? 0 : sign;
    };
    for (const auto &[id, entry] : m_entries) {
        if (!entry.isPending)
            continue;
        add(entry.shown, 1);
        add(entry.told, -1);
    }
    return counts;
}

Delta Ledger::pass(Instant now)
{
    std::unordered_set<NotificationId> ids;
    while (!m_due.empty() && m_due.begin()->first <= now) {
        ids.insert(m_due.begin()->second);
        m_due.erase(m_due.begin());
    }
    Delta delta;
    for (const NotificationId &id : ids) {
        if (const auto at = m_entries.find(id); at != m_entries.end())
            show(at->second, now, delta);
    }
    return delta;
}

model::MaybeInstant Ledger::nextDue() const
{
    return m_due.empty() ? model::MaybeInstant() : m_due.begin()->first;
}
} // namespace belfry::inbox
