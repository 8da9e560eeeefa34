#pragma once

#include "api/call.h"

namespace belfry::api {
/// `?state=&user_id=&notification_id=&webhook_id=&cursor=&limit=`, newest first.
void getDeliveries(CallPtr call);
/// The same of state `dead` (semantics 17).
void getDeadLetters(CallPtr call);
/// Those of `ids` or of a filter are due again, with the same id.
void redriveDeadLetters(CallPtr call);
} // namespace belfry::api
