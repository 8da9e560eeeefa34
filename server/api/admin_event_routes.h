#pragma once

#include "api/call.h"

namespace belfry::api {
/// GET /api/v1/admin/events: the notifications of all users, newest first; where the client takes
/// text/event-stream, what is committed from now on.
void getEvents(CallPtr call);
/// GET /api/v1/admin/outbox: what waits, and since when.
void getOutbox(CallPtr call);
/// POST /api/v1/admin/selftest
void postSelfTest(CallPtr call);
/// POST /api/v1/admin/test-event
void postTestEvent(CallPtr call);
} // namespace belfry::api
