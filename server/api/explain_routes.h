#pragma once

#include "api/call.h"

namespace belfry::api {
/// The dry run of a send to one user: for each channel what would happen, and the rule that decides (H33).
void explainNotification(CallPtr call);
} // namespace belfry::api
