#include "store/sqlite/wal_gatherer.h"

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <new>
#include <sqlite3.h>
#include <string>
#include <vector>

namespace belfry::store {
namespace {
/// A transaction that appends more is written in several goes.
constexpr size_t maxWaiting = 1024 * 1024;

/// SQLite itself never writes more than its largest page at once, and its unix layer counts on that: of 128
/// KiB it would write nothing, and tell of a full disk.
constexpr size_t maxWrite = 64 * 1024;

/// What SQLite sees as its write-ahead log. The real file lies behind it in the same allocation, which is
/// SQLite's.
struct WalFile
{
    sqlite3_file base{};
    std::vector<char> waiting; ///< belongs into the file from `begin` on
    sqlite3_int64 begin = 0;

    sqlite3_file *inner() { return reinterpret_cast<sqlite3_file *>(this + 1); }
    [[nodiscard]] sqlite3_int64 end() const { return begin + static_cast<sqlite3_int64>(waiting.size()); }
};
static_assert(sizeof(WalFile) % alignof(sqlite3_int64) == 0,
              "the real file begins where SQLite would align it");

WalFile *mine(sqlite3_file *file)
{
    return reinterpret_cast<WalFile *>(file);
}

/// Writes what waits. It waits no longer even where that fails: then the transaction fails as well.
int flush(sqlite3_file *file)
{
    WalFile *self = mine(file);
    sqlite3_file *inner = self->inner();
    int code = SQLITE_OK;
    for (size_t done = 0; done < self->waiting.size() && code == SQLITE_OK; done += maxWrite) {
        const size_t size = std::min(maxWrite, self->waiting.size() - done);
        code = inner->pMethods->xWrite(inner, self->waiting.data() + done, static_cast<int>(size),
                                       self->begin + static_cast<sqlite3_int64>(done));
    }
    self->waiting.clear();
    return code;
}

int write(sqlite3_file *file, const void *data, int size, sqlite3_int64 offset)
{
    WalFile *self = mine(file);
    const auto *bytes = static_cast<const char *>(data);
    const bool follows = offset == self->end();
    if (!follows || self->waiting.size() + static_cast<size_t>(size) > maxWaiting) {
        if (const int code = flush(file); code != SQLITE_OK)
            return code;
    }
    if (self->waiting.empty())
        self->begin = offset;
    self->waiting.insert(self->waiting.end(), bytes, bytes + size);
    return SQLITE_OK;
}

int close(sqlite3_file *file)
{
    WalFile *self = mine(file);
    const int flushed = flush(file);
    const int closed = self->inner()->pMethods->xClose(self->inner());
    self->~WalFile();
    return flushed == SQLITE_OK ? closed : flushed;
}

/// Everything that looks at the file, or is about it as a whole, finds all of it there.
template<auto Member, typename... Args>
int afterFlush(sqlite3_file *file, Args... args)
{
    if (const int code = flush(file); code != SQLITE_OK)
        return code;
    sqlite3_file *inner = mine(file)->inner();
    return (inner->pMethods->*Member)(inner, args...);
}

template<auto Member, typename... Args>
int forward(sqlite3_file *file, Args... args)
{
    sqlite3_file *inner = mine(file)->inner();
    return (inner->pMethods->*Member)(inner, args...);
}

using Methods = sqlite3_io_methods;

/// Version 1: a log has neither shared memory nor a mapping of its own.
const Methods methods = {
    1,
    close,
    afterFlush<&Methods::xRead, void *, int, sqlite3_int64>,
    write,
    afterFlush<&Methods::xTruncate, sqlite3_int64>,
    afterFlush<&Methods::xSync, int>,
    afterFlush<&Methods::xFileSize, sqlite3_int64 *>,
    forward<&Methods::xLock, int>,
    forward<&Methods::xUnlock, int>,
    forward<&Methods::xCheckReservedLock, int *>,
    forward<&Methods::xFileControl, int, void *>,
    forward<&Methods::xSectorSize>,
    forward<&Methods::xDeviceCharacteristics>,
    nullptr,
    nullptr,
    nullptr,
    nullptr,
    nullptr,
    nullptr,
};

/// One layer: SQLite keeps the address of `vfs` and of its name.
struct Layer
{
    sqlite3_vfs vfs{};
    std::string name;
    sqlite3_vfs *parent = nullptr;
};

int open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *outFlags)
{
    sqlite3_vfs *parent = static_cast<Layer *>(vfs->pAppData)->parent;
    if ((flags & SQLITE_OPEN_WAL) == 0)
        return parent->xOpen(parent, path, file, flags, outFlags);
    auto *self = new (file) WalFile;
    const int code = parent->xOpen(parent, path, self->inner(), flags, outFlags);
    if (code == SQLITE_OK) {
        self->base.pMethods = &methods;
        return code;
    }
    if (sqlite3_file *inner = self->inner(); inner->pMethods)
        inner->pMethods->xClose(inner);
    self->~WalFile();
    file->pMethods = nullptr; // SQLite does not close it
    return code;
}
} // namespace

const char *walGatherer(const char *parent)
{
    static std::mutex mutex;
    // Never destroyed: SQLite holds on to them, and a process that is ended at once may still be writing.
    static auto &layers = *new std::map<sqlite3_vfs *, std::unique_ptr<Layer>>;
    sqlite3_initialize();
    sqlite3_vfs *below = sqlite3_vfs_find(parent);
    if (!below)
        return nullptr;
    const std::scoped_lock lock(mutex);
    std::unique_ptr<Layer> &layer = layers[below];
    if (!layer) {
        layer = std::make_unique<Layer>();
        layer->parent = below;
        layer->name = std::string("belfry-gathers-") + below->zName;
        layer->vfs = *below;
        layer->vfs.zName = layer->name.c_str();
        layer->vfs.szOsFile = static_cast<int>(sizeof(WalFile)) + below->szOsFile;
        layer->vfs.pAppData = layer.get();
        layer->vfs.pNext = nullptr;
        layer->vfs.xOpen = open;
        sqlite3_vfs_register(&layer->vfs, 0);
    }
    return layer->name.c_str();
}
} // namespace belfry::store
