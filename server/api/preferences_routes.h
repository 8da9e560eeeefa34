#pragma once

#include "api/call.h"

namespace belfry::api {
/// GET /preferences/:user (decisions H30): `{"data": document}` with a strong ETag; 304 when If-None-Match
/// has it.
void getPreferences(CallPtr call);
/// PUT /preferences/:user: replaces all; S1's rows too. Precondition (412): If-Match names another version.
void putPreferences(CallPtr call);
} // namespace belfry::api
