#pragma once

#include "runtime/probe.h"

namespace belfry::gateway {
/// What the gateways of all loops count; one for the process.
struct GatewayProbe
{
    runtime::Gauge sockets;      ///< belfry.v1, from the upgrade on
    runtime::Gauge plainSockets; ///< S2's
    runtime::Gauge eventStreams;
    runtime::Gauge replaying; ///< sessions that are behind their user's head

    runtime::Counter hellos;
    runtime::Counter resumedFromMemory; ///< hellos that needed no read of the store
    runtime::Counter resets;
    runtime::Counter replayed; ///< log entries sent in batches or as replayed events
    runtime::Counter evSent;
    runtime::Counter countsSent;
    runtime::Counter liveOnlySent;
    runtime::Counter opsIn;
    runtime::Counter acksIn;
    runtime::Counter presenceIn;
    runtime::Counter errorsSent;
    runtime::Counter gaps; ///< live sessions that had to read the log again

    // Closed by us, by code.
    runtime::Counter closedReplaced;  ///< 4000
    runtime::Counter closedAuth;      ///< 4001
    runtime::Counter closedForbidden; ///< 4003
    runtime::Counter closedTooMany;   ///< 4009
    runtime::Counter closedRate;      ///< 4029
    runtime::Counter closedPolicy;    ///< 1008, 1003
    runtime::Counter closedSilent;    ///< 1001, two pongs missed
    runtime::Counter closedDrain;     ///< 1012

    runtime::Histogram helloTime;          ///< from `hello` to `welcome`
    runtime::Histogram publishToSent;      ///< from a change's time to its frame being queued on the socket
    runtime::Histogram publishToDelivered; ///< of what was sent live: from its time to the device's ack
};
} // namespace belfry::gateway
