#include "inbox/triage.h"

#include "inbox/op_effect.h"

#include <algorithm>
#include <unordered_set>

namespace belfry::inbox {
using model::OpSet;

namespace {
bool needsAckFirst(Action action)
{
    return action == Action::Archive || action == Action::Delete;
}

/// Before a snooze: what is unread needs none, and an ack or an archive is stronger (semantics 16).
bool takesUnread(const model::Engagement &e)
{
    return e.read && !e.acked && !e.archived;
}

model::Error conflict(const char *why)
{
    return {model::ErrorCode::Conflict, why, {}, {}};
}
} // namespace

Triage::Triage(InboxModel &inbox, OpSink &sink, Now now, QObject *parent)
    : QObject(parent)
    , m_inbox(inbox)
    , m_sink(sink)
    , m_now(std::move(now))
{
}

void Triage::read(const Ids &ids)
{
    perform(Action::Read, ids, {{OpSet::Read}});
}

void Triage::unread(const Ids &ids)
{
    perform(Action::Unread, ids, {{OpSet::Unread}});
}

void Triage::toggleRead(const Ids &ids)
{
    const bool allRead = std::all_of(ids.begin(), ids.end(), [this](const auto &id) {
        const Entry *entry = m_inbox.find(id);
        return !entry || entry->shown->engagement.read;
    });
    allRead ? unread(ids) : read(ids);
}

void Triage::ack(const Ids &ids)
{
    perform(Action::Ack, ids, {{OpSet::Ack}});
}

void Triage::archive(const Ids &ids)
{
    perform(Action::Archive, ids, {{OpSet::Archive}});
}

void Triage::unarchive(const Ids &ids)
{
    perform(Action::Unarchive, ids, {{OpSet::Unarchive}});
}

void Triage::snooze(const Ids &ids, model::Instant until)
{
    if (until <= m_now()) {
        Q_EMIT refused({Action::Snooze,
                        false,
                        ids.size(),
                        {model::ErrorCode::Invalid, "that time is over: choose a later one", {}, {}}});
        return;
    }
    perform(Action::Snooze, ids, {{OpSet::Unread}, {OpSet::Snooze, until}});
}

void Triage::unsnooze(const Ids &ids)
{
    perform(Action::Unsnooze, ids, {{OpSet::Unsnooze}});
}

void Triage::remove(const Ids &ids)
{
    perform(Action::Delete, ids, {{OpSet::Delete}});
}

/// Those with which the last step does something, as they are and as they will be.
std::vector<Deed::Item> Triage::itemsFor(Action action, const Ids &ids, const std::vector<Step> &steps)
{
    std::vector<Deed::Item> items;
    std::unordered_set<model::NotificationId> seen;
    qsizetype unacked = 0;
    for (const model::NotificationId &id : ids) {
        const Entry *entry = m_inbox.find(id);
        if (!entry || !seen.insert(id).second)
            continue;
        unacked += needsAckFirst(action) && waitsForAck(entry->shown) ? 1 : 0;
        model::Notification after = entry->shown;
        bool isChanged = false;
        for (const Step &step : steps)
            isChanged = applyLikely(after, {{}, step.set, Ids{id}, {}, step.until}, m_now());
        if (isChanged)
            items.push_back({id, entry->shown->engagement, after.engagement});
    }
    if (unacked > 0)
        Q_EMIT refused({action, false, unacked, conflict("it asks for an acknowledgement first")});
    return items;
}

void Triage::perform(Action action, const Ids &ids, const std::vector<Step> &steps)
{
    Deed deed{++m_serial, action, itemsFor(action, ids, steps), {}};
    for (const Step &step : steps) {
        Ids meant;
        for (const Deed::Item &item : deed.items) {
            if (step.set != OpSet::Unread || takesUnread(item.before))
                meant.append(item.id);
        }
        if (!send(deed, step, meant, false))
            break;
    }
    if (!deed.ops.isEmpty())
        finish(std::move(deed), steps.back().until);
}

bool Triage::send(Deed &deed, const Step &step, const Ids &ids, bool isUndo)
{
    for (qsizetype from = 0; from < ids.size(); from += model::maxIdsPerOp) {
        const Ids some = ids.mid(from, model::maxIdsPerOp);
        const auto op = m_sink.send(step.set, some, step.until);
        if (!op) {
            const std::unordered_set<model::NotificationId> unsent(ids.begin() + from, ids.end());
            if (!isUndo)
                std::erase_if(deed.items, [&](const auto &item) { return unsent.contains(item.id); });
            Q_EMIT refused({deed.action, isUndo, ids.size() - from, op.error()});
            return false;
        }
        deed.ops.append(*op);
        m_sent.insert(*op, {deed.action, isUndo, some});
    }
    return true;
}

void Triage::finish(Deed deed, model::MaybeInstant snoozedUntil)
{
    const Toast toast = toastOf(deed, snoozedUntil);
    if (deed.action != Action::Ack) {
        const bool before = canUndo();
        m_stack.push(std::move(deed));
        tellStack(before);
    }
    Q_EMIT done(toast);
}

Toast Triage::toastOf(const Deed &deed, model::MaybeInstant snoozedUntil) const
{
    return {deed.serial,  deed.action,   std::ssize(deed.items),
            snoozedUntil, deed.category, m_now() + toastTime};
}

void Triage::readAll()
{
    Deed deed{++m_serial, Action::ReadAll, {}, {}};
    model::Seq last = 0;
    for (const auto &[id, entry] : m_inbox.ledger().entries()) {
        last = std::max(last, entry.shown->createdSeq);
        if (!model::isActive(entry.shown) || entry.shown->engagement.read)
            continue;
        model::Engagement after = entry.shown->engagement;
        after.read = m_now();
        deed.items.push_back({id, entry.shown->engagement, after});
    }
    if (deed.items.empty())
        return;
    const auto op = m_sink.sendUpTo(OpSet::Read, last);
    if (!op) {
        Q_EMIT refused({Action::ReadAll, false, std::ssize(deed.items), op.error()});
        return;
    }
    deed.ops.append(*op);
    Ids ids;
    for (const Deed::Item &item : deed.items)
        ids.append(item.id);
    m_sent.insert(*op, {Action::ReadAll, false, ids});
    finish(std::move(deed));
}

void Triage::mute(const model::Text &category)
{
    setMuted(category, true);
}

void Triage::unmute(const model::Text &category)
{
    setMuted(category, false);
}

void Triage::setMuted(const model::Text &category, bool muted)
{
    const Action action = muted ? Action::Mute : Action::Unmute;
    const quint64 serial = ++m_serial;
    finish({serial, action, {}, {}, category});
    m_sink.setMuted(category, muted, [this, serial, action](const model::VoidResult &result) {
        if (result)
            return;
        const bool before = canUndo();
        m_stack.dropDeed(serial);
        tellStack(before);
        Q_EMIT refused({action, false, 1, result.error()});
    });
}

void Triage::see(const Ids &ids)
{
    Ids unseen;
    for (const model::NotificationId &id : ids) {
        const Entry *entry = m_inbox.find(id);
        if (entry && !entry->shown->engagement.seen && model::isActive(entry->shown))
            unseen.append(id);
    }
    for (qsizetype from = 0; from < unseen.size(); from += model::maxIdsPerOp) {
        // A full queue: it is told with the next deed, and seen again with the next look.
        if (!m_sink.send(OpSet::Seen, unseen.mid(from, model::maxIdsPerOp), {}))
            return;
    }
}

void Triage::click(const model::NotificationId &id)
{
    if (const auto op = m_sink.send(OpSet::Click, {id}, {}); !op)
        Q_EMIT refused({Action::Read, false, 1, op.error()});
}

void Triage::undo(quint64 serial)
{
    const bool before = canUndo();
    std::optional<Deed> deed = m_stack.take(serial);
    if (!deed)
        return;
    tellStack(before);
    const Toast toast = toastOf(*deed);
    if (deed->action == Action::Mute || deed->action == Action::Unmute) {
        m_sink.setMuted(deed->category, deed->action == Action::Unmute,
                        [this, action = deed->action](const model::VoidResult &result) {
                            if (!result)
                                Q_EMIT refused({action, true, 1, result.error()});
                        });
        Q_EMIT undone(toast);
        return;
    }
    const auto now = [this](const model::NotificationId &id) -> const model::Engagement * {
        const Entry *entry = m_inbox.find(id);
        return entry ? &entry->shown->engagement : nullptr;
    };
    for (const InverseOp &op : inverseOf(*deed, now, m_now())) {
        if (!send(*deed, {op.set, op.until}, op.ids, true))
            return;
    }
    Q_EMIT undone(toast);
}

void Triage::tellStack(bool before)
{
    if (before != canUndo())
        Q_EMIT canUndoChanged(canUndo());
}

void Triage::opApplied(const model::OpApplied &applied)
{
    if (!m_sent.contains(applied.id))
        return;
    const Sent sent = m_sent.take(applied.id);
    const bool before = canUndo();
    m_stack.drop(applied.id, applied.supersededIds);
    tellStack(before);
    if (!applied.supersededIds.isEmpty())
        Q_EMIT refused({sent.action, sent.isUndo, applied.supersededIds.size(),
                        conflict("another device was there first")});
}

void Triage::opRefused(const model::OpId &op, const model::Error &why)
{
    if (!m_sent.contains(op))
        return;
    const Sent sent = m_sent.take(op);
    const bool before = canUndo();
    m_stack.drop(op, sent.ids);
    tellStack(before);
    Q_EMIT refused({sent.action, sent.isUndo, sent.ids.size(), why});
}
} // namespace belfry::inbox

#include "moc_triage.cpp"
