#include "fault_vfs.h"

#include <cstring>
#include <sqlite3.h>

namespace belfry::store {
namespace {
FaultVfs faults;
sqlite3_vfs *real = nullptr;

/// What SQLite sees as a file: ours, with the real one behind it in the same allocation.
struct File
{
    sqlite3_file base;
    bool isWal;
    sqlite3_file *inner() { return reinterpret_cast<sqlite3_file *>(this + 1); }
};

File *mine(sqlite3_file *file)
{
    return reinterpret_cast<File *>(file);
}

sqlite3_file *inner(sqlite3_file *file)
{
    return mine(file)->inner();
}

int write(sqlite3_file *file, const void *data, int size, sqlite3_int64 offset)
{
    if (faults.diskIsFull)
        return SQLITE_FULL;
    if (mine(file)->isWal) {
        faults.walIsDirty = true;
        ++faults.walWrites;
    }
    return inner(file)->pMethods->xWrite(inner(file), data, size, offset);
}

int sync(sqlite3_file *file, int flags)
{
    if (faults.syncFails)
        return SQLITE_IOERR_FSYNC;
    const int code = inner(file)->pMethods->xSync(inner(file), flags);
    if (code == SQLITE_OK && mine(file)->isWal) {
        faults.walIsDirty = false;
        ++faults.walSyncs;
    }
    return code;
}

int close(sqlite3_file *file)
{
    return inner(file)->pMethods->xClose(inner(file));
}

template<auto Member, typename... Args>
auto forward(sqlite3_file *file, Args... args)
{
    return (inner(file)->pMethods->*Member)(inner(file), args...);
}

using Methods = sqlite3_io_methods;

const Methods methods = {
    2,
    close,
    forward<&Methods::xRead, void *, int, sqlite3_int64>,
    write,
    forward<&Methods::xTruncate, sqlite3_int64>,
    sync,
    forward<&Methods::xFileSize, sqlite3_int64 *>,
    forward<&Methods::xLock, int>,
    forward<&Methods::xUnlock, int>,
    forward<&Methods::xCheckReservedLock, int *>,
    forward<&Methods::xFileControl, int, void *>,
    forward<&Methods::xSectorSize>,
    forward<&Methods::xDeviceCharacteristics>,
    forward<&Methods::xShmMap, int, int, int, void volatile **>,
    forward<&Methods::xShmLock, int, int, int>,
    forward<&Methods::xShmBarrier>,
    forward<&Methods::xShmUnmap, int>,
    nullptr,
    nullptr,
};

int open(sqlite3_vfs *, const char *path, sqlite3_file *file, int flags, int *outFlags)
{
    File *self = mine(file);
    self->base.pMethods = nullptr;
    self->isWal = (flags & SQLITE_OPEN_WAL) != 0;
    if (faults.isReadOnly) {
        flags &= ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
        flags |= SQLITE_OPEN_READONLY;
    }
    const int code = real->xOpen(real, path, self->inner(), flags, outFlags);
    if (code == SQLITE_OK)
        self->base.pMethods = &methods;
    return code;
}
} // namespace

FaultVfs &FaultVfs::install()
{
    static sqlite3_vfs vfs;
    if (real)
        return faults;
    sqlite3_initialize();
    real = sqlite3_vfs_find(nullptr);
    vfs = *real;
    vfs.zName = faults.name();
    vfs.szOsFile = static_cast<int>(sizeof(File)) + real->szOsFile;
    vfs.xOpen = open;
    vfs.pNext = nullptr;
    sqlite3_vfs_register(&vfs, 0);
    return faults;
}
} // namespace belfry::store
