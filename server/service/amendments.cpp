#include "service/amendments.h"

#include "service/access.h"

namespace belfry::service {
using model::ErrorCode;

Amendments::Amendments(ports::Store &store, const runtime::Clock &clock, const Alarms &alarms)
    : m_store(store)
    , m_clock(clock)
    , m_alarms(alarms)
{
}

void Amendments::patch(Loop &home, const auth::Principal &who, ports::Patch patch, ItemReply reply)
{
    if (auto allowed = requireScope(who, auth::Scope::NotifyWrite); !allowed)
        return reply(tl::unexpected(std::move(allowed.error())));
    patch.now = m_clock.now();
    if (!patch.expiresAt)
        return m_store.inbox().patch(home, std::move(patch), std::move(reply));
    // The new end of an item that is held makes no log entry.
    m_store.inbox().patch(home, std::move(patch), [this, reply = std::move(reply)](auto result) mutable {
        if (result && result->expiresAt && m_alarms.dueAt)
            m_alarms.dueAt(*result->expiresAt);
        reply(std::move(result));
    });
}

void Amendments::recall(Loop &home, const auth::Principal &who, model::NotificationId id, ItemReply reply)
{
    if (auto allowed = requireScope(who, auth::Scope::NotifyWrite); !allowed)
        return reply(tl::unexpected(std::move(allowed.error())));
    m_store.inbox().recall(home, id, m_clock.now(), std::move(reply));
}

void Amendments::cancel(Loop &home, const auth::Principal &who, model::NotificationId id, ItemReply reply)
{
    if (auto allowed = requireScope(who, auth::Scope::NotifyWrite); !allowed)
        return reply(tl::unexpected(std::move(allowed.error())));
    m_store.inbox().cancel(home, id, m_clock.now(), std::move(reply));
}
} // namespace belfry::service
