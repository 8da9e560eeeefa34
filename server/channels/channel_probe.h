#pragma once

#include "runtime/probe.h"

namespace belfry::channels {
/// Counts of what went out to webhooks.
struct ChannelProbe
{
    runtime::Counter attempts, sent, retried, dead, expired, disabled, blocked, failures;
    runtime::Gauge underWay;
    runtime::Histogram attemptTime; ///< microseconds
};
} // namespace belfry::channels
