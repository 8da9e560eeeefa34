#pragma once

#include "api/call.h"

namespace belfry::api {
// The registry of webhooks (decisions H47). A secret is shown where it was made, never again.
void postWebhook(CallPtr call);
void getWebhooks(CallPtr call);
void getWebhook(CallPtr call);
void putWebhook(CallPtr call);
void rotateWebhook(CallPtr call);
void deleteWebhook(CallPtr call);
} // namespace belfry::api
