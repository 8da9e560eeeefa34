#pragma once

#include "api/call.h"

namespace belfry::api {
/// GET /admin/audit: newest first, `limit`, `cursor`.
void getAudit(CallPtr call);
} // namespace belfry::api
