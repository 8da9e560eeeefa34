#include "runtime/thread_name.h"

#include <pthread.h>

namespace belfry::runtime {
void nameThread(const QString &name)
{
    constexpr qsizetype most = 15; // the kernel's limit
    ::pthread_setname_np(::pthread_self(), name.toUtf8().left(most).constData());
}
} // namespace belfry::runtime
