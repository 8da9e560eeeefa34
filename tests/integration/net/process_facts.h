#pragma once

#include <QDir>
#include <QFile>
#include <unistd.h>

// gcc and clang say it each in their way.
#if defined(__has_feature)
#define BELFRY_HAS_FEATURE(name) __has_feature(name)
#else
#define BELFRY_HAS_FEATURE(name) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || BELFRY_HAS_FEATURE(address_sanitizer)
#define BELFRY_ADDRESS_SANITIZED true
#else
#define BELFRY_ADDRESS_SANITIZED false
#endif

namespace belfry::net::test {
/// What residentKiB() may grow by where nothing leaks: `asReleased`, or more under AddressSanitizer, which
/// keeps what is freed in quarantine (leaks are found by LeakSanitizer there).
constexpr qint64 allowedGrowthKiB(qint64 asReleased)
{
    return BELFRY_ADDRESS_SANITIZED ? 512 * 1024 : asReleased;
}

inline int openDescriptors()
{
    return static_cast<int>(QDir(QStringLiteral("/proc/self/fd"))
                                .entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot)
                                .size());
}

inline qint64 residentKiB()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toLongLong() * sysconf(_SC_PAGESIZE) / 1024;
}
} // namespace belfry::net::test
