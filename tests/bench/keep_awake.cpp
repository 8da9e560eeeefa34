#include "bench/keep_awake.h"

#include <cerrno>
#include <csignal>
#include <sched.h>
#include <sys/prctl.h>

namespace belfry::bench {
int keepAwake()
{
    // Nobody would miss it.
    if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0)
        return errno;
    const sched_param parameters{};
    if (::sched_setscheduler(0, SCHED_IDLE, &parameters) != 0)
        return errno;
    while (true) {
#if defined(__x86_64__)
        __builtin_ia32_pause(); // the other thread of this core goes first
#elif defined(__aarch64__)
        asm volatile("yield");
#endif
    }
}
} // namespace belfry::bench
