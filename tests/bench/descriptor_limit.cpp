#include "bench/descriptor_limit.h"

#include <sys/resource.h>

namespace belfry::bench {
model::VoidResult ensureDescriptors(std::size_t sockets)
{
    constexpr rlim_t others = 64;
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    const rlim_t needed = sockets + others;
    if (needed > limit.rlim_max) {
        return model::fail(model::ErrorCode::Unavailable,
                           QByteArray::number(static_cast<qulonglong>(sockets)) + " sockets need " +
                               QByteArray::number(static_cast<qulonglong>(needed)) +
                               " open files, but the hard limit is " +
                               QByteArray::number(static_cast<qulonglong>(limit.rlim_max)) +
                               ": raise it (ulimit -Hn, LimitNOFILE=), or take fewer --sockets");
    }
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
    return {};
}
} // namespace belfry::bench
