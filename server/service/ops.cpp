#include "service/ops.h"

#include "service/access.h"

namespace belfry::service {
using model::ErrorCode;
using model::failField;
using model::Notification;
using model::OpSet;
using model::State;

namespace {
model::VoidResult checkTarget(const model::Op &op, const model::Text &at)
{
    if (const auto *upTo = std::get_if<model::UpTo>(&op.target)) {
        if (upTo->seq < 0)
            return failField(ErrorCode::Invalid, at + "/upto_seq", "must not be negative");
        if (upTo->except.size() > model::maxIdsPerOp)
            return failField(ErrorCode::Invalid, at + "/except", "must be at most 500 ids");
        return {};
    }
    const qsizetype ids = std::get<QList<model::NotificationId>>(op.target).size();
    if (ids == 0 || ids > model::maxIdsPerOp)
        return failField(ErrorCode::Invalid, at + "/ids", "must be 1 to 500 ids");
    return {};
}

model::VoidResult checkOp(const model::Op &op, const model::Text &at)
{
    if (op.id.isEmpty())
        return failField(ErrorCode::Invalid, at + "/op_id", "must not be empty");
    if ((op.set == OpSet::Snooze) != op.until.has_value())
        return failField(ErrorCode::Invalid, at + "/until", "belongs to snooze, which needs it");
    // `until` may have passed: an op that comes late or again is no fault of its batch (semantics 16).
    return checkTarget(op, at);
}

model::VoidResult checkOps(const std::vector<model::Op> &ops)
{
    if (ops.empty() || qsizetype(ops.size()) > model::maxOps)
        return failField(ErrorCode::Invalid, "/ops", "must be 1 to 500 ops");
    for (std::size_t i = 0; i < ops.size(); ++i) {
        if (auto ok = checkOp(ops[i], "/ops/" + model::Text::number(qulonglong(i))); !ok)
            return ok;
    }
    return {};
}

/// H18: what can't be read any more, what can't be read yet, and what never can.
model::VoidResult checkReadable(const Notification &item)
{
    if (item.state == State::Held)
        return model::fail(ErrorCode::Conflict, "this notification is held until its time");
    if (item.state == State::Recalled || item.state == State::Cancelled || item.engagement.deleted)
        return noSuchItem();
    if (item.engagement.read)
        return {};
    if (item.state == State::Expired)
        return model::fail(ErrorCode::Conflict,
                           "this notification has expired: it can't be marked as read any more");
    if (item.createdSeq == 0)
        return model::fail(ErrorCode::Conflict,
                           "this notification was suppressed: it is in no inbox and can't be marked as read");
    return {};
}
} // namespace

Ops::Ops(ports::Store &store, const runtime::Clock &clock)
    : m_store(store)
    , m_clock(clock)
{
}

void Ops::apply(Loop &home, const auth::Principal &who, model::UserId user, std::vector<model::Op> ops,
                Reply<model::Result<ports::OpsResult>> reply)
{
    auto ok = checkOps(ops);
    applyChecked(home, who, std::move(user), std::move(ops), std::move(ok), std::move(reply));
}

void Ops::applyOne(Loop &home, const auth::Principal &who, model::UserId user, model::Op op,
                   Reply<model::Result<ports::OpsResult>> reply)
{
    auto ok = checkOp(op, {});
    applyChecked(home, who, std::move(user), {std::move(op)}, std::move(ok), std::move(reply));
}

void Ops::applyChecked(Loop &home, const auth::Principal &who, model::UserId user, std::vector<model::Op> ops,
                       model::VoidResult checked, Reply<model::Result<ports::OpsResult>> reply)
{
    auto ok = requireReach(who, auth::Scope::InboxWrite, user);
    if (ok)
        ok = std::move(checked);
    if (!ok)
        return reply(tl::unexpected(std::move(ok.error())));
    m_store.inbox().applyOps(home, std::move(user), std::move(ops), m_clock.now(), std::move(reply));
}

void Ops::markRead(Loop &home, const auth::Principal &who, model::NotificationId id, ItemReply reply)
{
    if (auto allowed = requireScope(who, auth::Scope::InboxWrite); !allowed)
        return reply(tl::unexpected(std::move(allowed.error())));
    m_store.inbox().item(
        home, id, [this, &home, who, reply = std::move(reply)](model::Result<Notification> found) mutable {
            read(home, who, std::move(found), nullptr, std::move(reply));
        });
}

void Ops::markReadOf(Loop &home, const auth::Principal &who, model::UserId user, EitherId id, ItemReply reply)
{
    if (auto allowed = requireReach(who, auth::Scope::InboxWrite, user); !allowed)
        return reply(tl::unexpected(std::move(allowed.error())));
    auto found = [this, &home, who, user,
                  reply = std::move(reply)](model::Result<Notification> item) mutable {
        read(home, who, std::move(item), &user, std::move(reply));
    };
    if (const auto *own = std::get_if<model::NotificationId>(&id))
        m_store.inbox().item(home, *own, std::move(found));
    else
        m_store.inbox().itemByLegacyId(home, user, std::get<qint32>(id), std::move(found));
}

void Ops::read(Loop &home, const auth::Principal &who, model::Result<Notification> found,
               const model::UserId *expected, ItemReply reply)
{
    if (!found)
        return reply(std::move(found));
    // Somebody else's is not told from one that does not exist.
    if (!who.reaches(found->user) || (expected && found->user != *expected))
        return reply(noSuchItem());
    if (auto ok = checkReadable(*found); !ok)
        return reply(tl::unexpected(std::move(ok.error())));
    if (found->engagement.read)
        return reply(std::move(found));

    const model::Instant now = m_clock.now();
    model::Op op;
    op.id.text = model::Uuid::makeV7(now).toText();
    op.set = OpSet::Read;
    op.target = QList<model::NotificationId>{found->id};
    const model::UserId user = found->user;
    m_store.inbox().applyOps(home, user, {std::move(op)}, now,
                             [this, &home, found = std::move(found),
                              reply = std::move(reply)](model::Result<ports::OpsResult> applied) mutable {
                                 if (!applied)
                                     return reply(tl::unexpected(std::move(applied.error())));
                                 if (!applied->applied.front().superseded)
                                     return reply(std::move(found));
                                 lookAgain(home, found->id, std::move(reply));
                             });
}

/// Something was there first: a later word of the user's, which is well, or the end of the item.
void Ops::lookAgain(Loop &home, model::NotificationId id, ItemReply reply)
{
    m_store.inbox().item(home, id, [reply = std::move(reply)](model::Result<Notification> item) mutable {
        if (item) {
            if (auto ok = checkReadable(*item); !ok)
                return reply(tl::unexpected(std::move(ok.error())));
        }
        reply(std::move(item));
    });
}

void Ops::ack(const model::UserId &user, const model::DeviceId &device, model::Seq seq)
{
    m_store.inbox().moveCursor(user, device, seq, m_clock.now());
}
} // namespace belfry::service
