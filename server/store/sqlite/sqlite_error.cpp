#include "store/sqlite/sqlite_error.h"

#include <sqlite3.h>

namespace belfry::store {
using model::ErrorCode;
using model::Text;

namespace {
/// What is wrong and how to mend it; empty: only the statement was refused.
Text adviceFor(int code)
{
    switch (code & 0xff) {
    case SQLITE_FULL:
        return "the disk is full: free some space; writing goes on by itself then";
    case SQLITE_READONLY:
        return "the database is read-only: give this user the right to write to the file and its folder, or "
               "mount the "
               "file system for writing";
    case SQLITE_CORRUPT:
        return "the database is damaged: stop belfryd, restore the last backup (or try `sqlite3 FILE "
               ".recover`), then run "
               "`belfryd migrate --new-epoch`";
    case SQLITE_NOTADB:
        return "this is no SQLite database, or it is damaged: check --database-url, or restore the last "
               "backup";
    case SQLITE_CANTOPEN:
        return "the database can't be opened: check that its folder exists and that this user may write "
               "there";
    case SQLITE_IOERR:
        return "reading or writing failed: check the disk (`dmesg`) and its free space";
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return "another program holds the database: end it (a shell of sqlite3, a backup)";
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return "this user may not use the file: check its owner and rights";
    case SQLITE_NOMEM:
        return "out of memory";
    default:
        return {};
    }
}
} // namespace

model::Error sqliteError(sqlite3 *db, int code, const Text &path)
{
    const Text said = db ? Text(sqlite3_errmsg(db)) : Text(sqlite3_errstr(code));
    const Text advice = adviceFor(code);
    if (advice.isEmpty())
        return {ErrorCode::Internal, "SQLite refused: " + said, {}, {}};
    return {ErrorCode::Unavailable,
            path + ": " + advice + " (SQLite: " + said + ')',
            {},
            std::chrono::seconds(1)};
}

bool wantsReopen(int code)
{
    switch (code & 0xff) {
    case SQLITE_READONLY:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
        return true;
    default:
        return false;
    }
}
} // namespace belfry::store
