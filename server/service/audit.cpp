#include "service/audit.h"

#include "runtime/log.h"
#include "service/access.h"

#include <algorithm>

namespace belfry::service {
namespace {
model::Text actorOf(const auth::Principal &who)
{
    switch (who.kind) {
    case auth::Principal::Kind::Key:
        return "key:" + who.id;
    case auth::Principal::Kind::User:
        return "user:" + who.id;
    case auth::Principal::Kind::Anonymous:
        break;
    }
    return "nobody";
}
} // namespace

ports::AuditEntry auditEntry(const auth::Principal &who, const model::Text &address,
                             const model::Text &action, model::Instant now)
{
    ports::AuditEntry entry;
    entry.at = now;
    entry.actor = actorOf(who);
    entry.action = action;
    entry.address = address;
    return entry;
}

void Audit::note(Loop &home, ports::AuditEntry entry, runtime::Task then)
{
    const ports::AuditEntry kept = entry;
    m_store.sessions().note(
        home, std::move(entry), [kept, then = std::move(then)](const model::VoidResult &noted) mutable {
            if (!noted)
                qCWarning(lcService, "the audit log lacks: %s %s %s from %s: %s", kept.actor.constData(),
                          kept.action.constData(), kept.target.constData(), kept.address.constData(),
                          noted.error().detail.constData());
            then();
        });
}

void Audit::page(Loop &home, const auth::Principal &who, qint64 before, qint64 limit,
                 Reply<model::Result<std::vector<ports::AuditEntry>>> reply)
{
    if (auto allowed = requireScope(who, auth::Scope::AdminRead); !allowed)
        return reply(tl::unexpected(std::move(allowed.error())));
    const int most = static_cast<int>(std::clamp<qint64>(limit, 1, 500));
    m_store.sessions().audit(home, before, most, std::move(reply));
}
} // namespace belfry::service
