#pragma once

namespace belfry::bench {
/// Spins in the lowest scheduling class (SCHED_IDLE) until the process ends: whoever else wants this
/// processor has it at once, but it never goes to sleep. One that sleeps has to be woken for each request,
/// and that of a virtual machine is given to others meanwhile. Answers only when the class can't be had:
/// errno.
[[nodiscard]] int keepAwake();
} // namespace belfry::bench
