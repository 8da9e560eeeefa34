#pragma once

#include "model/result.h"

#include <QString>

namespace belfry::store {
/// One process at a time on a data folder (decisions H76): `belfry.lock` with the holder's pid. The kernel
/// lets it go with the process, so that nothing is stale after a crash.
class LockFile
{
public:
    LockFile() = default;
    ~LockFile();
    LockFile(const LockFile &) = delete;
    LockFile &operator=(const LockFile &) = delete;

    /// Conflict: another process has it; Unavailable: it can't be written.
    [[nodiscard]] model::VoidResult take(const QString &folder);
    void release();

private:
    int m_fd = -1;
};
} // namespace belfry::store
