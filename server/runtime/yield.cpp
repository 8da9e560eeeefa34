#include "runtime/yield.h"

#include <QtGlobal>
#include <chrono>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace belfry::runtime {
using namespace std::chrono_literals;

namespace {
/// What sched_setattr(2) takes; the headers of C libraries have it only of late.
struct SchedulingAttributes
{
    quint32 size = sizeof(SchedulingAttributes);
    quint32 policy = 0; // SCHED_OTHER
    quint64 flags = 0;
    qint32 nice = 0;
    quint32 priority = 0;
    quint64 runtime = 0;
    quint64 deadline = 0;
    quint64 period = 0;
};
} // namespace

void yieldToOthers()
{
    constexpr int nice = 10;
    SchedulingAttributes attributes;
    attributes.nice = nice;
    attributes.runtime = std::chrono::nanoseconds(50ms).count();
    if (syscall(SYS_sched_setattr, 0, &attributes, 0) != 0)
        setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), nice);
}
} // namespace belfry::runtime
