#pragma once

#include "api/call.h"

namespace belfry::api {
// /api/v1/devices: a user's client installations (H60). Whose, says `user_id`; a user's own token need not.
void postDevice(CallPtr call);
void getDevices(CallPtr call);
void getDevice(CallPtr call);
void putDevice(CallPtr call);
void deleteDevice(CallPtr call);
} // namespace belfry::api
