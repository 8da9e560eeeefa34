#include "service/audit.h"

#include "service/access.h"

#include <algorithm>

namespace belfry::service {
void Audit::page(Loop &home, const auth::Principal &who, qint64 before, qint64 limit,
                 Reply<model::Result<std::vector<ports::AuditEntry>>> reply)
{
    if (auto allowed = requireScope(who, auth::Scope::AdminRead); !allowed)
        return reply(tl::unexpected(std::move(allowed.error())));
    const int most = static_cast<int>(std::clamp<qint64>(limit, 1, 500));
    m_store.sessions().audit(home, before, most, std::move(reply));
}
} // namespace belfry::service
