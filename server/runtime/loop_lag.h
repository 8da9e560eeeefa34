#pragma once

#include "runtime/loop.h"
#include "runtime/probe.h"

namespace belfry::runtime {
/// Measures how late `loop` is: a timer every `period` tells `lag` by how much it ran after its time. That is
/// the loop's own delay, what all it serves have to wait; up to 1 ms of it is the grain of timers. `lag`
/// outlives `loop`. Any thread.
void watchLag(Loop &loop, Histogram &lag, std::chrono::milliseconds period = std::chrono::seconds(1));
} // namespace belfry::runtime
