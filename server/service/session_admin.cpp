#include "service/session_admin.h"

#include "service/access.h"

#include <algorithm>

namespace belfry::service {
void SessionAdmin::list(Loop &home, const auth::Principal &who, ports::SessionFilter filter,
                        Reply<model::Result<std::vector<ports::Session>>> reply)
{
    if (auto allowed = requireScope(who, auth::Scope::AdminRead); !allowed)
        return reply(tl::unexpected(std::move(allowed.error())));
    filter.limit = std::clamp(filter.limit, 1, 500);
    m_store.sessions().live(home, std::move(filter), m_clock.now(), std::move(reply));
}

void SessionAdmin::end(Loop &home, const auth::Principal &who, const model::Text &address,
                       ports::SessionEnd what, Reply<model::Result<int>> reply)
{
    if (auto allowed = requireScope(who, auth::Scope::AdminWrite); !allowed)
        return reply(tl::unexpected(std::move(allowed.error())));
    what.upTo = who.role;
    ports::AuditEntry entry = auditEntry(who, address, "session.end", m_clock.now());
    entry.target = what.id.isEmpty() ? "user:" + what.user.text : "session:" + what.id;
    m_store.sessions().end(home, std::move(what), std::move(entry),
                           [this, &home, reply = std::move(reply)](model::Result<int> ended) mutable {
                               if (!ended)
                                   return reply(std::move(ended));
                               m_standings.load(home, [count = *ended, reply = std::move(reply)](
                                                          model::VoidResult loaded) mutable {
                                   if (!loaded)
                                       return reply(tl::unexpected(std::move(loaded.error())));
                                   reply(count);
                               });
                           });
}
} // namespace belfry::service
