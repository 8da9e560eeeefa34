#pragma once

#include "api/call.h"

namespace belfry::api {
/// POST /login, /token/refresh, /logout (decisions H63). Nobody has to be signed in; no answer is ever
/// stored.
void postLogin(CallPtr call);
void postRefresh(CallPtr call);
void postLogout(CallPtr call);
} // namespace belfry::api
