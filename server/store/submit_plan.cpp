#include "store/submit_plan.h"

#include "domain/alert.h"
namespace belfry::store {
using model::Alert;
using model::ChangeKind;
using model::Notification;
using model::State;
using ports::Recipient;
using ports::Submit;
using ports::SubmitOutcome;

namespace {
bool isHeld(const Submit &submit)
{
    return submit.scheduledFor && *submit.scheduledFor > submit.now;
}

NotificationRow makeRow(Workspace &work, const Submit &submit, const Recipient &recipient)
{
    NotificationRow row;
    row.rule = recipient.rule;
    Notification &n = row.item;
    n.id = recipient.id;
    n.user = recipient.user;
    n.event = submit.event;
    n.content = *submit.content;
    n.content.ackRequired = n.content.ackRequired || n.content.critical; // H61
    n.toast = recipient.toast;
    n.createdAt = n.updatedAt = submit.now;
    n.scheduledFor = submit.scheduledFor;
    n.expiresAt = submit.expiresAt;
    n.traceparent = submit.traceparent;
    if (submit.legacyId)
        n.legacyId = work.takeLegacyId();
    return row;
}

void suppress(Notification &item, model::SuppressReason reason)
{
    item.state = State::Suppressed;
    item.holdReason = model::HoldReason::None;
    item.suppressReason = reason;
}

/// Its place in the inbox is all that it is for: no other channel has anything left to do (rule 1, H86).
void deliver(Workspace &work, Workspace::User &user, Workspace::Item &item, model::Instant now)
{
    item.row.item.state = State::Done;
    work.place(user, item, now, domain::alertOf(item.row.item));
}

void collapseInto(Workspace &work, Workspace::User &user, Workspace::Item &item, Notification fresh,
                  const Recipient &decision, bool renotify, model::Instant now)
{
    Notification &n = item.row.item;
    // A repeat of either request has to find it (rule 7), so both keys are kept beside the row.
    if (n.content.dedupeKey != fresh.content.dedupeKey)
        work.keepDedupe({item.row.user, n.content.dedupeKey, n.createdAt, n.id});
    work.keepDedupe({item.row.user, fresh.content.dedupeKey, fresh.createdAt, n.id});
    n.content = std::move(fresh.content);
    n.event = fresh.event;
    n.expiresAt = fresh.expiresAt;
    n.traceparent = std::move(fresh.traceparent);
    n.toast = fresh.toast;
    ++n.revision;
    if (renotify) {
        forgetAttention(n.engagement, now);
        work.moveUp(user, item);
    }
    work.sendOut(user, item, decision.ways, now);
    work.changed(user, item, ChangeKind::Updated, now, renotify ? domain::alertOf(n) : Alert::None);
}
} // namespace

void needForSubmit(const Submit &submit, const std::vector<Recipient> &recipients, Needs &needs)
{
    const model::Content &content = *submit.content;
    auto &users = submit.makeUsers ? needs.makeUsers : needs.users;
    for (const Recipient &recipient : recipients) {
        users.push_back(recipient.user);
        if (!content.collapseKey.isEmpty())
            needs.collapse.push_back({recipient.user, content.collapseKey, {}});
        if (!content.dedupeKey.isEmpty())
            needs.dedupe.push_back({recipient.user, content.dedupeKey, submit.now - submit.dedupeWindow});
    }
    if (submit.legacyId)
        needs.legacyIds += static_cast<int>(recipients.size());
}

ports::SubmittedItem submitTo(Workspace &work, const Submit &submit, const Recipient &recipient)
{
    Workspace::User *user = work.user(recipient.user);
    if (!user) {
        ports::SubmittedItem unknown{SubmitOutcome::UnknownUser, {}};
        unknown.item.user = recipient.user;
        return unknown;
    }
    const model::Content &content = *submit.content;
    if (!content.dedupeKey.isEmpty()) {
        if (const auto *earlier =
                work.deduplicating(*user, content.dedupeKey, submit.now - submit.dedupeWindow))
            return {SubmitOutcome::Deduplicated, earlier->row.item};
    }
    const bool held = isHeld(submit);
    Workspace::Item *existing = nullptr;
    if (!content.collapseKey.isEmpty() && recipient.inApp && !held)
        existing = work.collapsing(*user, content.collapseKey, submit.now);
    if (existing) {
        ports::Submit replaced = submit;
        replaced.legacyId = false;
        collapseInto(work, *user, *existing, makeRow(work, replaced, recipient).item, recipient,
                     submit.renotify, submit.now);
        existing->row.rule = recipient.rule;
        return {SubmitOutcome::Collapsed, existing->row.item};
    }
    NotificationRow row = makeRow(work, submit, recipient);
    if (held) { // the decision is made at its release (H36), whatever `recipient` says today
        row.rule.clear();
        row.renotify = submit.renotify;
        row.item.state = State::Held;
        row.item.holdReason = model::HoldReason::Scheduled;
        return {SubmitOutcome::Scheduled, work.insert(*user, std::move(row)).row.item};
    }
    if (!recipient.inApp) {
        suppress(row.item, recipient.reason);
        Workspace::Item &item = work.insert(*user, std::move(row));
        work.sendOut(*user, item, recipient.ways, submit.now);
        return {SubmitOutcome::Suppressed, item.row.item};
    }
    Workspace::Item &item = work.insert(*user, std::move(row));
    work.sendOut(*user, item, recipient.ways, submit.now);
    deliver(work, *user, item, submit.now);
    return {SubmitOutcome::Created, item.row.item};
}

bool release(Workspace &work, Workspace::Item &item, const Recipient &decision, model::Instant now)
{
    Workspace::User *user = work.user(item.row.user);
    Notification &n = item.row.item;
    const bool due = n.state == State::Held && n.scheduledFor && *n.scheduledFor <= now;
    if (!user || !due)
        return false;
    n.toast = decision.toast;
    item.row.rule = decision.rule;
    n.holdReason = model::HoldReason::None;
    if (n.expiresAt && *n.expiresAt <= now) {
        n.state = State::Expired;
    } else if (!decision.inApp) {
        suppress(n, decision.reason);
        work.sendOut(*user, item, decision.ways, now);
    } else if (Workspace::Item *other = work.collapsing(*user, n.content.collapseKey, now)) {
        collapseInto(work, *user, *other, n, decision, item.row.renotify, now);
        n.state = State::Cancelled;
        item.row.collapsed = true;
    } else {
        work.sendOut(*user, item, decision.ways, now);
        deliver(work, *user, item, now);
        return true;
    }
    work.changed(*user, item, ChangeKind::Updated, now, Alert::None);
    return true;
}

void forgetAttention(model::Engagement &engagement, model::Instant now)
{
    engagement.seen.reset();
    engagement.read.reset();
    engagement.acked.reset();
    engagement.readChangedAt = engagement.attentionAt = now;
}
} // namespace belfry::store
