#include "store/workspace.h"

#include <algorithm>

namespace belfry::store {
using model::ChangeKind;
using model::NotificationId;
using model::Seq;

namespace {
model::Text answerName(const ports::IdempotencyKey &key)
{
    return key.scope + '\0' + key.key;
}

model::Text reasonOf(model::SuppressReason reason)
{
    switch (reason) {
    case model::SuppressReason::Preference:
        return "preference";
    case model::SuppressReason::NoEndpoint:
        return "no_endpoint";
    case model::SuppressReason::ChannelNotConfigured:
        return "channel_not_configured";
    case model::SuppressReason::OwnAction:
        return "own_action";
    case model::SuppressReason::None:
        break;
    }
    return {};
}
} // namespace

// ---- what commands look at

Workspace::User *Workspace::user(const model::UserId &id)
{
    const auto it = m_users.find(id);
    return it == m_users.end() ? nullptr : &it->second;
}

Workspace::User *Workspace::user(UserKey key)
{
    const auto it = m_byKey.find(key);
    return it == m_byKey.end() ? nullptr : it->second;
}

Workspace::Item *Workspace::item(const NotificationId &id)
{
    const auto it = m_items.find(id);
    return it == m_items.end() ? nullptr : &it->second;
}

Workspace::Item *Workspace::collapsing(const User &user, const model::Text &key, model::Instant now)
{
    const auto it = m_collapsing.find({user.row.key, key});
    Item *found = it == m_collapsing.end() ? nullptr : item(it->second);
    if (!found || !(found->flags & ActiveFlag))
        return nullptr;
    const model::MaybeInstant &end = found->row.item.expiresAt;
    return end && *end <= now ? nullptr : found; // semantics 9, also before the due-queue says so
}

Workspace::Item *Workspace::deduplicating(const User &user, const model::Text &key, model::Instant since)
{
    const auto it = m_deduplicating.find({user.row.key, key});
    return it == m_deduplicating.end() || it->second.at < since ? nullptr : item(it->second.item);
}

std::vector<Workspace::Item *> Workspace::range(User &user, Seq upTo, quint8 flags)
{
    std::vector<Item *> found;
    std::unordered_set<Item *> seen;
    const auto take = [&](Item *item) {
        const Seq place = item->row.item.createdSeq;
        if (place > 0 && place <= upTo && (item->flags & flags) && seen.insert(item).second)
            found.push_back(item);
    };
    if (const auto it = m_ranges.find(user.row.key); it != m_ranges.end())
        std::for_each(it->second.begin(), it->second.end(), take);
    std::for_each(user.touched.begin(), user.touched.end(), take);
    return found;
}

const AnswerRow *Workspace::answer(const ports::IdempotencyKey &key) const
{
    const auto it = m_answers.find(answerName(key));
    return it == m_answers.end() ? nullptr : &it->second;
}

const OpRow *Workspace::op(const User &user, const model::OpId &id) const
{
    const auto it = m_ops.find({user.row.key, id.text});
    return it == m_ops.end() ? nullptr : &it->second;
}

// ---- what commands do

Workspace::Item &Workspace::insert(User &user, NotificationRow row)
{
    row.user = user.row.key;
    const NotificationId id = row.item.id;
    const model::Content &content = row.item.content;
    if (!content.dedupeKey.isEmpty())
        m_deduplicating[{user.row.key, content.dedupeKey}] = {row.item.createdAt, id};
    Item &item = m_items[id];
    item.row = std::move(row);
    item.isNew = true;
    mark(user, item, EverythingPart);
    return item;
}

void Workspace::place(User &user, Item &item, model::Instant at, model::Alert alert)
{
    model::Notification &n = item.row.item;
    n.createdSeq = n.seq = nextSeq(user);
    n.updatedAt = at;
    if (!n.content.collapseKey.isEmpty())
        m_collapsing[{user.row.key, n.content.collapseKey}] = n.id;
    recount(user, item);
    mark(user, item, EverythingPart);
    announce(user, {n.seq, ChangeKind::Created, at, n, alert});
}

void Workspace::changed(User &user, Item &item, ChangeKind kind, model::Instant at, model::Alert alert)
{
    model::Notification &n = item.row.item;
    n.updatedAt = at;
    mark(user, item, EverythingPart);
    if (n.createdSeq == 0)
        return;
    n.seq = nextSeq(user);
    if (n.createdSeq < 0)
        n.createdSeq = n.seq; // moveUp()
    recount(user, item);
    LogRow row{user.row.key, n.seq, kind, at, alert, n.id, {}};
    if (model::isGone(n))
        log(user, std::move(row), model::Gone{n.id});
    else
        log(user, std::move(row), n);
}

void Workspace::moveUp(User &user, Item &item)
{
    leavePlace(user, item.row.item);
    item.row.item.createdSeq = -1;
}

/// The entry of the log becomes a row of its own.
void Workspace::leavePlace(User &user, const model::Notification &item)
{
    m_log.push_back({user.row.key,
                     item.createdSeq,
                     ChangeKind::Created,
                     placedAt(item),
                     model::Alert::None,
                     item.id,
                     {}});
}

void Workspace::markDirty(User &user)
{
    if (!std::exchange(user.dirty, true))
        m_changedUsers.push_back(&user);
}

Seq Workspace::nextSeq(User &user)
{
    markDirty(user);
    return ++user.row.head;
}

void Workspace::touch(User &user, Item &item, Seq seq, model::Instant at)
{
    const model::Notification &n = item.row.item;
    if (n.engagement.seen && !item.stored.seen && !std::exchange(item.isSeen, true))
        m_seenAfter.push_back(*n.engagement.seen - n.createdAt);
    item.row.item.seq = seq;
    item.row.item.updatedAt = at;
    recount(user, item);
    mark(user, item, EngagementPart);
}

void Workspace::log(User &user, LogRow row, decltype(model::Change::what) what)
{
    announce(user, {row.seq, row.kind, row.at, std::move(what), row.alert});
    m_log.push_back(std::move(row));
}

void Workspace::noteAllRead(User &user, const domain::ReadUpTo &allRead)
{
    if (allRead.at < user.row.allRead.at)
        return;
    user.row.allRead = allRead;
    markDirty(user);
}

void Workspace::giveLegacyId(Item &item, qint32 legacyId)
{
    item.row.item.legacyId = legacyId;
    if (User *owner = user(item.row.user))
        mark(*owner, item, EverythingPart);
}

void Workspace::keepAnswer(const ports::IdempotencyKey &key, ports::StoredAnswer answer, model::Instant at)
{
    m_newAnswers.push_back({key, std::move(answer), at});
    m_answers[answerName(key)] = m_newAnswers.back();
}

void Workspace::keepOp(OpRow row)
{
    m_ops[{row.user, row.applied.id.text}] = row;
    m_newOps.push_back(std::move(row));
}

void Workspace::keepDedupe(DedupeRow row)
{
    if (row.key.isEmpty())
        return;
    Accepted &known = m_deduplicating[{row.user, row.key}];
    if (row.at >= known.at)
        known = {row.at, row.item};
    m_dedupes.push_back(std::move(row));
}

void Workspace::keepCursor(CursorRow row)
{
    m_cursors.push_back(std::move(row));
}

// ---- what goes for good

void Workspace::retire(User &user, const model::Notification &item)
{
    if (item.createdSeq >= user.row.floor)
        leavePlace(user, item);
    m_retired.push_back(item.id);
}

void Workspace::raiseFloor(User &user, Seq floor)
{
    if (floor <= user.row.floor || floor > user.row.head + 1)
        return;
    user.row.floor = floor;
    markDirty(user);
    m_cuts.push_back({user.row.key, floor});
}

// ---- deliveries

void Workspace::sendOut(User &user, Item &item, const std::vector<ports::Way> &ways, model::Instant now)
{
    endDeliveries(item, ports::DeliveryState::Suppressed, "superseded", now);
    for (const ports::Way &way : ways) {
        const bool goes = way.reason == model::SuppressReason::None;
        DeliveryRow row;
        row.id = ports::DeliveryId::makeV7(now);
        row.notification = item.row.item.id;
        row.user = user.row.key;
        row.endpoint = way.endpoint;
        row.revision = item.row.item.revision;
        row.state = goes ? ports::DeliveryState::Pending : ports::DeliveryState::Suppressed;
        row.rule = way.rule;
        row.reason = reasonOf(way.reason);
        row.dueAt = goes ? model::MaybeInstant(now) : std::nullopt;
        row.createdAt = row.updatedAt = now;
        m_deliveries.push_back({DeliveryChange::Kind::Save, std::move(row)});
        m_madeDue = m_madeDue || goes;
    }
    item.row.outward = item.row.outward || !ways.empty();
}

void Workspace::sendAgain(Item &item, model::Instant now)
{
    if (!item.row.outward)
        return;
    DeliveryRow row;
    row.notification = item.row.item.id;
    row.revision = item.row.item.revision;
    row.dueAt = row.updatedAt = now;
    m_deliveries.push_back({DeliveryChange::Kind::Renew, std::move(row)});
    m_madeDue = true;
}

void Workspace::endDeliveries(Item &item, ports::DeliveryState state, const model::Text &reason,
                              model::Instant now)
{
    if (!item.row.outward)
        return;
    DeliveryRow row;
    row.notification = item.row.item.id;
    row.state = state;
    row.reason = reason;
    row.updatedAt = now;
    m_deliveries.push_back({DeliveryChange::Kind::End, std::move(row)});
}

void Workspace::recount(User &user, Item &item)
{
    const quint8 flags = rowFlags(item.row.item);
    const model::Counts before = countsOf(item.flags);
    const model::Counts after = countsOf(flags);
    user.row.counts.unseen += after.unseen - before.unseen;
    user.row.counts.unread += after.unread - before.unread;
    item.flags = flags;
}

void Workspace::mark(User &user, Item &item, RowPart part)
{
    Q_ASSERT(item.isWhole || part == EngagementPart);
    if (item.part == NoPart) {
        m_changedItems.push_back(&item);
        user.touched.push_back(&item);
    }
    item.part |= part;
}

void Workspace::announce(User &user, model::Change change)
{
    m_changes.push_back({user.row.id, std::move(change), user.row.counts});
}

// ---- writing

VoidResult Workspace::flushItems()
{
    std::vector<const NotificationRow *> inserts;
    std::vector<WriteTx::RowUpdate> updates;
    for (const Item *item : m_changedItems) {
        if (item->isNew)
            inserts.push_back(&item->row);
        else
            updates.push_back({&item->row, static_cast<RowPart>(item->part), &item->stored});
    }
    if (!inserts.empty()) {
        if (auto done = m_tx.insertNotifications(inserts); !done)
            return done;
    }
    return updates.empty() ? VoidResult{} : m_tx.updateNotifications(updates);
}

VoidResult Workspace::flushOutbox()
{
    if (!m_outbox || m_changes.empty())
        return {};
    std::vector<OutboxRow> rows;
    rows.reserve(m_changes.size());
    for (const ports::Committed &committed : m_changes) {
        const model::Instant at = committed.change.at;
        rows.push_back({m_outbox->encode(ports::OutboxId::makeV7(at), committed), committed.user, at});
    }
    return m_tx.insertOutbox(rows);
}

VoidResult Workspace::flush()
{
    std::vector<const UserRow *> users;
    users.reserve(m_changedUsers.size());
    for (const User *user : m_changedUsers)
        users.push_back(&user->row);
    VoidResult done = flushItems();
    if (done && !m_log.empty())
        done = m_tx.insertLog(m_log);
    if (done && !users.empty())
        done = m_tx.saveUsers(users);
    if (done && !m_retired.empty())
        done = m_tx.removeNotifications(m_retired);
    if (done && !m_cuts.empty())
        done = m_tx.cutLogs(m_cuts);
    if (done && !m_newAnswers.empty())
        done = m_tx.insertAnswers(m_newAnswers);
    if (done && !m_newOps.empty())
        done = m_tx.insertOps(m_newOps);
    if (done && !m_dedupes.empty())
        done = m_tx.saveDedupes(m_dedupes);
    if (done && !m_cursors.empty())
        done = m_tx.saveCursors(m_cursors);
    for (auto it = m_deliveries.cbegin(); done && it != m_deliveries.cend(); ++it)
        done = m_tx.webhooks().change(*it);
    return done ? flushOutbox() : done;
}
} // namespace belfry::store
