#include "store/inbox_commands.h"

#include "domain/alert.h"
#include "domain/decide.h"
#include "domain/times.h"
#include "store/answer_rules.h"
#include "store/submit_plan.h"

namespace belfry::store {
using model::Alert;
using model::ChangeKind;
using model::ErrorCode;
using model::Notification;
using model::State;

// ---- submit

SubmitCommand::SubmitCommand(runtime::Loop &home, ports::Submit submit,
                             runtime::Reply<Result<ports::SubmitResult>> reply)
    : ReplyingCommand(home, submit.now, std::move(reply))
    , m_submit(std::move(submit))
{
}

std::size_t SubmitCommand::weight() const
{
    constexpr qsizetype ordinary = 8 * 1024; // bytes of one row
    const model::Content &content = *m_submit.content;
    const qsizetype bytes = content.title.size() + content.message.size() + content.data.size();
    return m_submit.recipients.size() * static_cast<std::size_t>(1 + bytes / ordinary);
}

void SubmitCommand::need(Needs &needs) const
{
    needForSubmit(m_submit, m_submit.recipients, needs);
    if (m_submit.idempotency)
        needs.answers.push_back(*m_submit.idempotency);
}

VoidResult SubmitCommand::apply(Workspace &work)
{
    ports::SubmitResult result;
    result.event = m_submit.event;
    if (m_submit.idempotency) {
        auto earlier =
            standingAnswer(work.answer(*m_submit.idempotency), *m_submit.idempotency, m_submit.now);
        if (!earlier) {
            m_result = tl::unexpected(earlier.error());
            return {};
        }
        if (*earlier) {
            result.replayed = std::move(*earlier);
            m_result = std::move(result);
            return {};
        }
    }
    result.items.reserve(m_submit.recipients.size());
    for (const ports::Recipient &recipient : m_submit.recipients)
        result.items.push_back(submitTo(work, m_submit, recipient));
    if (m_submit.idempotency && m_submit.render)
        work.keepAnswer(*m_submit.idempotency, m_submit.render(result), m_submit.now);
    m_result = std::move(result);
    return {};
}

// ---- patch

PatchCommand::PatchCommand(runtime::Loop &home, ports::Patch patch,
                           runtime::Reply<Result<Notification>> reply)
    : ReplyingCommand(home, patch.now, std::move(reply))
    , m_patch(std::move(patch))
{
}

void PatchCommand::need(Needs &needs) const
{
    needs.items.push_back(m_patch.id);
}

namespace {
template<typename T>
void assign(T &member, const std::optional<T> &value)
{
    if (value)
        member = *value;
}

void applyPatch(const ports::Patch &patch, Notification &item)
{
    model::Content &content = item.content;
    assign(content.title, patch.title);
    assign(content.message, patch.message);
    assign(content.data, patch.data);
    assign(content.progress, patch.progress);
    assign(content.actions, patch.actions);
    assign(content.icon, patch.icon);
    assign(content.link, patch.link);
    assign(content.urgency, patch.urgency);
    if (patch.expiresAt) // null: the default again (semantics 9)
        item.expiresAt = patch.expiresAt->value_or(placedAt(item) + domain::defaultTtl);
    domain::normalise(content);
    ++item.revision;
}

/// What holds for a POST holds for what a PATCH leaves.
VoidResult checkPatched(const ports::Patch &patch, const Notification &item)
{
    const model::Content &content = item.content;
    if ((patch.title || patch.message) && content.title.isEmpty() && content.message.isEmpty())
        return model::failField(ErrorCode::Invalid, patch.title ? "/title" : "/message",
                                "leaves no text: give a title or a message");
    if (!patch.expiresAt)
        return {};
    if (*item.expiresAt <= patch.now)
        return model::failField(ErrorCode::Invalid, "/expires_at", "must be in the future");
    if (item.state == State::Held && *item.expiresAt <= *item.scheduledFor)
        return model::failField(ErrorCode::Invalid, "/expires_at", "must be later than scheduled_for");
    return {};
}

bool isClosed(State state)
{
    return state == State::Recalled || state == State::Expired || state == State::Cancelled;
}

const char *nameOf(const NotificationRow &row)
{
    if (row.collapsed)
        return "it was released, and updated the one that stood";
    switch (row.item.state) {
    case State::Recalled:
        return "it was recalled";
    case State::Expired:
        return "it has expired";
    case State::Cancelled:
        return "it was cancelled";
    default:
        return "it is not held";
    }
}
} // namespace

VoidResult PatchCommand::apply(Workspace &work)
{
    Workspace::Item *item = work.item(m_patch.id);
    Workspace::User *user = item ? work.user(item->row.user) : nullptr;
    if (!user)
        return reject(ErrorCode::NotFound, "there is no such notification");
    Notification &n = item->row.item;
    if (isClosed(n.state))
        return reject(ErrorCode::Conflict, nameOf(item->row));
    Notification patched = n;
    applyPatch(m_patch, patched);
    if (auto valid = checkPatched(m_patch, patched); !valid) {
        m_result = tl::unexpected(std::move(valid.error()));
        return {};
    }
    n = std::move(patched);
    const bool renotify = m_patch.renotify && (item->flags & ActiveFlag);
    if (renotify) {
        forgetAttention(n.engagement, m_patch.now);
        work.moveUp(*user, *item);
    }
    work.sendAgain(*item, m_patch.now);
    work.changed(*user, *item, ChangeKind::Updated, m_patch.now, renotify ? domain::alertOf(n) : Alert::None);
    m_result = n;
    return {};
}

// ---- recall, cancel

WithdrawCommand::WithdrawCommand(runtime::Loop &home, Kind kind, model::NotificationId id, model::Instant now,
                                 runtime::Reply<Result<Notification>> reply)
    : ReplyingCommand(home, now, std::move(reply))
    , m_kind(kind)
    , m_id(id)
{
}

void WithdrawCommand::need(Needs &needs) const
{
    needs.items.push_back(m_id);
}

VoidResult WithdrawCommand::apply(Workspace &work)
{
    Workspace::Item *item = work.item(m_id);
    Workspace::User *user = item ? work.user(item->row.user) : nullptr;
    if (!user)
        return reject(ErrorCode::NotFound, "there is no such notification");
    Notification &n = item->row.item;
    const State target = m_kind == Kind::Recall ? State::Recalled : State::Cancelled;
    const bool released = item->row.collapsed || (n.state != State::Held && n.state != target);
    if (m_kind == Kind::Cancel && released)
        return reject(ErrorCode::Conflict, nameOf(item->row));
    if (n.state != target) {
        n.state = target;
        n.holdReason = model::HoldReason::None;
        work.endDeliveries(*item, ports::DeliveryState::Suppressed, "recalled", now());
        work.changed(*user, *item, ChangeKind::Recalled, now(), Alert::None);
    }
    m_result = n;
    return {};
}

// ---- settle

SettleCommand::SettleCommand(runtime::Loop &home, std::vector<ports::Settle> items, model::Instant now,
                             runtime::Reply<Result<int>> reply)
    : ReplyingCommand(home, now, std::move(reply))
    , m_items(std::move(items))
{
}

void SettleCommand::need(Needs &needs) const
{
    for (const ports::Settle &settle : m_items) {
        needs.items.push_back(settle.id);
        if (settle.kind == ports::DueKind::Release)
            needs.releasing.push_back(settle.id);
    }
}

namespace {
bool expire(Workspace &work, Workspace::User &user, Workspace::Item &item, model::Instant now)
{
    Notification &n = item.row.item;
    const bool alive = n.state == State::Accepted || n.state == State::Queued || n.state == State::Done;
    if (!alive || !n.expiresAt || *n.expiresAt > now)
        return false;
    n.state = State::Expired;
    work.endDeliveries(item, ports::DeliveryState::Expired, "expired", now);
    work.changed(user, item, ChangeKind::Expired, now, Alert::None);
    return true;
}

bool wake(Workspace &work, Workspace::User &user, Workspace::Item &item, model::Instant now)
{
    model::Engagement &engagement = item.row.item.engagement;
    if (!engagement.snoozedUntil || *engagement.snoozedUntil > now)
        return false;
    engagement.snoozedChangedAt = engagement.snoozedUntil;
    engagement.snoozedUntil.reset();
    const bool shown = (rowFlags(item.row.item) & ActiveFlag) != 0;
    work.changed(user, item, ChangeKind::Updated, now, shown ? domain::alertOf(item.row.item) : Alert::None);
    return true;
}

bool settleOne(Workspace &work, const ports::Settle &settle, model::Instant now)
{
    Workspace::Item *item = work.item(settle.id);
    Workspace::User *user = item ? work.user(item->row.user) : nullptr;
    if (!user)
        return false;
    switch (settle.kind) {
    case ports::DueKind::Release:
        return release(work, *item, settle.decision, now);
    case ports::DueKind::Expire:
        return expire(work, *user, *item, now);
    case ports::DueKind::Unsnooze:
        return wake(work, *user, *item, now);
    }
    return false;
}
} // namespace

VoidResult SettleCommand::apply(Workspace &work)
{
    int settled = 0;
    for (const ports::Settle &settle : m_items)
        settled += settleOne(work, settle, now()) ? 1 : 0;
    m_result = settled;
    return {};
}

// ---- legacy ids

LegacyIdsCommand::LegacyIdsCommand(runtime::Loop &home, std::vector<model::NotificationId> ids,
                                   model::Instant now, runtime::Reply<Result<std::vector<qint32>>> reply)
    : ReplyingCommand(home, now, std::move(reply))
    , m_ids(std::move(ids))
{
}

void LegacyIdsCommand::need(Needs &needs) const
{
    needs.items.insert(needs.items.end(), m_ids.begin(), m_ids.end());
}

VoidResult LegacyIdsCommand::apply(Workspace &work)
{
    std::unordered_set<Workspace::Item *> lacking;
    for (const model::NotificationId &id : m_ids) {
        if (Workspace::Item *item = work.item(id); item && !item->row.item.legacyId)
            lacking.insert(item);
    }
    if (!lacking.empty()) {
        const auto first = work.tx().takeLegacyIds(static_cast<int>(lacking.size()));
        if (!first)
            return tl::unexpected(first.error());
        qint32 next = *first;
        for (Workspace::Item *item : lacking)
            work.giveLegacyId(*item, next++);
    }
    std::vector<qint32> answers;
    for (const model::NotificationId &id : m_ids) {
        const Workspace::Item *item = work.item(id);
        answers.push_back(item ? *item->row.item.legacyId : 0);
    }
    m_result = std::move(answers);
    return {};
}

// ---- cursors

CursorsCommand::CursorsCommand(std::vector<Cursor> cursors, model::Instant now)
    : m_cursors(std::move(cursors))
    , m_now(now)
{
}

void CursorsCommand::need(Needs &needs) const
{
    for (const Cursor &cursor : m_cursors)
        needs.users.push_back(cursor.user);
}

VoidResult CursorsCommand::apply(Workspace &work)
{
    for (const Cursor &cursor : m_cursors) {
        if (const Workspace::User *user = work.user(cursor.user))
            work.keepCursor({user->row.key, cursor.device, cursor.seq, cursor.at});
    }
    return {};
}
} // namespace belfry::store
