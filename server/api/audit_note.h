#pragma once

#include "api/call.h"
#include "service/submission.h"

namespace belfry::api {
/// What the audit log will be told once the call is answered (decisions H99): done when the answer is good,
/// refused when it is 403, else nothing. Before the request is dropped.
void auditAs(Call &call, const model::Text &action, const model::Text &target = {});
/// The same for a route that has a name there: its target is what the path names.
void auditRoute(Call &call);
/// The same where the submission is a broadcast that is stored.
void auditBroadcast(Call &call, const service::Submission &submission);
} // namespace belfry::api
