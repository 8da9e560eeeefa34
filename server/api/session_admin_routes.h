#pragma once

#include "api/call.h"

namespace belfry::api {
// Who is signed in, for administrators (semantics 19).
void getSessions(CallPtr call);
void deleteSession(CallPtr call);
/// All of `?user_id=`.
void deleteSessions(CallPtr call);
} // namespace belfry::api
