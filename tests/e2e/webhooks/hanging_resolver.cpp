// Name servers that never answer, for a program that is started with this before its libraries (LD_PRELOAD):
// a name under ".hangs" is never resolved, all others are as ever.
#include <cstring>
#include <dlfcn.h>
#include <netdb.h>
#include <unistd.h>

extern "C" __attribute__((visibility("default"))) int getaddrinfo(const char *name, const char *service,
                                                                  const addrinfo *hints, addrinfo **found)
{
    constexpr char ending[] = ".hangs";
    constexpr std::size_t length = sizeof ending - 1;
    const std::size_t size = name != nullptr ? std::strlen(name) : 0;
    if (size > length && std::strcmp(name + size - length, ending) == 0) {
        for (;;)
            ::pause();
    }
    using Resolve = int (*)(const char *, const char *, const addrinfo *, addrinfo **);
    static const auto real = reinterpret_cast<Resolve>(dlsym(RTLD_NEXT, "getaddrinfo"));
    return real(name, service, hints, found);
}
