#pragma once

#include "auth/principal.h"
#include "ports/store.h"
#include "runtime/clock.h"

#include <variant>

namespace belfry::service {
using runtime::Loop;
using runtime::Reply;

/// What people do with their items, from every device and route (semantics 16). Any loop; replies come after
/// the commit. Scope inbox:write.
class Ops
{
public:
    Ops(ports::Store &store, const runtime::Clock &clock);

    /// Invalid, nothing applied: no op, over 500, an op without id, a snooze without `until`, `until`
    /// elsewhere, over 500 ids. A snooze that is over by now changes nothing. NotFound: all of them name ids
    /// and none of these is known.
    void apply(Loop &home, const auth::Principal &who, model::UserId user, std::vector<model::Op> ops,
               Reply<model::Result<ports::OpsResult>> reply);
    /// The same for one op that comes alone, on a socket: what is bad is named from the op on.
    void applyOne(Loop &home, const auth::Principal &who, model::UserId user, model::Op op,
                  Reply<model::Result<ports::OpsResult>> reply);

    /// PUT /notifications/:id/read (S1, H18): a key reads anybody's, a token its own, else NotFound; gone or
    /// deleted NotFound; held, or expired or suppressed unread, Conflict. A repeat changes nothing. Answers
    /// the item as it was before; as it is by now where a later op of the user's won.
    void markRead(Loop &home, const auth::Principal &who, model::NotificationId id,
                  Reply<model::Result<model::Notification>> reply);

    /// PATCH /notifications/:user_id/:id/read (S2): by either kind of id, of this user only (else NotFound).
    using EitherId = std::variant<model::NotificationId, qint32>;
    void markReadOf(Loop &home, const auth::Principal &who, model::UserId user, EitherId id,
                    Reply<model::Result<model::Notification>> reply);

    /// A device's ack of the highest contiguous seq: nobody waits for it.
    void ack(const model::UserId &user, const model::DeviceId &device, model::Seq seq);

private:
    void applyChecked(Loop &home, const auth::Principal &who, model::UserId user, std::vector<model::Op> ops,
                      model::VoidResult checked, Reply<model::Result<ports::OpsResult>> reply);
    using ItemReply = Reply<model::Result<model::Notification>>;
    void read(Loop &home, const auth::Principal &who, model::Result<model::Notification> found,
              const model::UserId *expected, ItemReply reply);
    void lookAgain(Loop &home, model::NotificationId id, ItemReply reply);

    ports::Store &m_store;
    const runtime::Clock &m_clock;
};
} // namespace belfry::service
