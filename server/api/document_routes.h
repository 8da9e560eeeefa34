#pragma once

#include "api/call.h"

namespace belfry::api {
/// What this server can be asked, for programs: made once, at the first request or start, with a strong ETag.
void getOpenApi(CallPtr call);
void getAsyncApi(CallPtr call);
} // namespace belfry::api
