#pragma once

#include "api/call.h"

namespace belfry::api {
/// GET / and /live/:name (H67): a page that shows a user's notifications as they arrive. From the binary's
/// resources, without a build step of its own; it asks the API with the key that its reader types in.
void getLivePage(CallPtr call);
void getLiveFile(CallPtr call);
} // namespace belfry::api
