#pragma once

#include <QByteArray>
#include <atomic>

namespace belfry::store {
/// SQLite's file layer with eyes and faults: stands in front of the system's own, remembers what was written
/// and synced, and fails where a test says so.
class FaultVfs
{
public:
    /// Registers it under `name` (kept for the process).
    static FaultVfs &install();
    [[nodiscard]] const char *name() const { return "belfry-faults"; }

    // Faults
    std::atomic<bool> diskIsFull{false}; ///< writes answer SQLITE_FULL
    std::atomic<bool> syncFails{false};  ///< syncs answer SQLITE_IOERR_FSYNC
    std::atomic<bool> isReadOnly{false}; ///< files open for reading only

    // What happened to write-ahead logs
    std::atomic<int> walSyncs{0};        ///< returned
    std::atomic<bool> walIsDirty{false}; ///< written since the last sync that returned
    std::atomic<int> walWrites{0};

    void heal()
    {
        diskIsFull = false;
        syncFails = false;
        isReadOnly = false;
    }
};
} // namespace belfry::store
