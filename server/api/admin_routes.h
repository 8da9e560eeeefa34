#pragma once

#include "api/call.h"

namespace belfry::api {
/// POST /admin/api-keys (decisions H03): the only answer that shows the key; what is kept for a repeat shows
/// null. Forbidden: a scope that the caller has not.
void postApiKey(CallPtr call);
void getApiKeys(CallPtr call);
/// POST /admin/api-keys/:id/rotate: shows the new key as postApiKey() does.
void rotateApiKey(CallPtr call);
void deleteApiKey(CallPtr call);
} // namespace belfry::api
