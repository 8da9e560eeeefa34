#pragma once

#include "api/call.h"

namespace belfry::api {
/// Serves the call by its route, or answers as semantics 7 says: a repeat gets the stored answer, a key that
/// is still running 409, one with another body 422.
void serveOnce(CallPtr call);
} // namespace belfry::api
