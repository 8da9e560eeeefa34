#pragma once

#include "model/instant.h"

namespace belfry::gateway {
/// Limits and times of the live sessions; all of them settings, the defaults are the rules'. 0 = no limit
/// where it is a number of something.
struct GatewaySettings
{
    int connectionsPerUser = 20;   ///< H70
    int anonymousPerAddress = 100; ///< H70
    int messagesPerSecond = 50;    ///< H26
    int badMessages = 3;           ///< H26: the one that closes
    int opsUnderWay = 256;         ///< of one session; more: Overloaded
    int readsUnderWay = 64;        ///< pages of the log that one loop asks for at a time
    int unreadInFlight = 500; ///< items that a plain socket has sent and whose pong is out: one op's most
    model::Duration helloTimeout = std::chrono::seconds(10);  ///< semantics 19
    model::Duration pingEvery = std::chrono::seconds(25);     ///< api.md, H28, H69
    int missedPongs = 2;                                      ///< H69
    model::Duration presenceLease = std::chrono::seconds(90); ///< semantics 15
    model::Duration retryAfter =
        std::chrono::seconds(1); ///< a read of the store that failed, news that are late
    model::Duration drainSpread = std::chrono::seconds(20); ///< api.md: reconnects after a drain
    std::chrono::milliseconds ackDelay{
        100}; ///< how long acks are gathered: a lost one costs a repeat, nothing else
};
} // namespace belfry::gateway
