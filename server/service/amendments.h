#pragma once

#include "auth/principal.h"
#include "ports/store.h"
#include "runtime/clock.h"
#include "service/alarms.h"

namespace belfry::service {
using runtime::Loop;
using runtime::Reply;

/// What a sender changes afterwards: PATCH, recall, cancel (semantics 8, decisions H19, H36). Any loop; the
/// reply comes after the commit. Scope notify:write, so a user's token is Forbidden.
class Amendments
{
public:
    Amendments(ports::Store &store, const runtime::Clock &clock, const Alarms &alarms);

    using ItemReply = Reply<model::Result<model::Notification>>;
    /// `patch.now` is filled in here. NotFound; Conflict when recalled, expired or cancelled; Invalid: an end
    /// in the past.
    void patch(Loop &home, const auth::Principal &who, ports::Patch patch, ItemReply reply);
    /// NotFound. A repeat answers the same without a change.
    void recall(Loop &home, const auth::Principal &who, model::NotificationId id, ItemReply reply);
    /// NotFound; Conflict when it is not held. A repeat answers the same without a change.
    void cancel(Loop &home, const auth::Principal &who, model::NotificationId id, ItemReply reply);

private:
    ports::Store &m_store;
    const runtime::Clock &m_clock;
    const Alarms &m_alarms;
};
} // namespace belfry::service
