#include "api/audit_note.h"

#include "api/api_context.h"
#include "service/audit.h"

namespace belfry::api {
namespace {
/// "topic.subscribe" at /topics/:topic/subscribers/:user: "topic:news user:anna".
model::Text targetInPath(const Call &call)
{
    const QByteArrayView pattern = call.route()->pattern;
    const auto parameters = static_cast<std::size_t>(pattern.count("/:"));
    if (parameters == 0)
        return {};
    const QByteArrayView action = call.route()->audited;
    model::Text target = action.first(action.indexOf('.')).toByteArray() + ':' + call.parameter(0);
    if (parameters > 1)
        target += " user:" + call.parameter(1);
    return target;
}
} // namespace

void auditAs(Call &call, const model::Text &action, const model::Text &target)
{
    ports::AuditEntry entry =
        service::auditEntry(call.principal(), call.origin().address, action, call.now());
    entry.target = target;
    call.setAudit(std::move(entry));
}

void auditRoute(Call &call)
{
    if (!call.route()->audited.isEmpty() && call.isSignedIn())
        auditAs(call, call.route()->audited.toByteArray(), targetInPath(call));
}

void auditBroadcast(Call &call, const service::Submission &submission)
{
    const bool isStored = !submission.times.ttl || *submission.times.ttl != model::Duration(0);
    if (isStored && std::holds_alternative<service::Everybody>(submission.to) && call.isSignedIn())
        auditAs(call, "notification.broadcast");
}
} // namespace belfry::api
