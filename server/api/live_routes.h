#pragma once

#include "api/call.h"

namespace belfry::api {
/// GET /ws: `belfry.v1`. 400 without that subprotocol; 426 when it is no handshake.
void openSocket(CallPtr call);
/// GET /ws/:user: S2's frames (decisions H29).
void openPlainSocket(CallPtr call);
/// GET /users/:user/stream: Server-Sent Events (H28).
void openStream(CallPtr call);
/// POST /users/:user/tickets: one use, 30 s (H27). Never kept for an Idempotency-Key: a credential is not
/// stored.
void postTicket(CallPtr call);
} // namespace belfry::api
