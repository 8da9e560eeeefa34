#pragma once

#include "api/call.h"

namespace belfry::api {
// S1's reminders (decisions H42): sent now, once a local day; without `user_id` for all users.
void postDailyReminder(CallPtr call);
/// Conflict: no streak.
void postStreakReminder(CallPtr call);
} // namespace belfry::api
