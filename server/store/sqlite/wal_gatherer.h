#pragma once

namespace belfry::store {
/// The name of a file layer of SQLite (a VFS) that writes what one transaction appends to the write-ahead log
/// in one go, when the log is synced. SQLite alone writes each page and its head by themselves; those calls
/// cost more than the bytes do (docs/benchmarks.md).
///
/// For connections with synchronous=FULL that write: there the sync of a commit comes before anyone else may
/// read what it made, so nobody can look for what is not written yet. With less than FULL nothing would say
/// when that time has come. All other files, and the locks, are those of `parent`: both kinds of connections
/// may share a database.
///
/// What can't be written is told by the sync (or by a read, where a transaction was larger than what is
/// gathered), as SQLite expects of a write: the transaction fails, the ones before it stay.
///
/// `parent` names the layer below; null: the system's. Any thread. Registered once for each parent, for the
/// process; null where SQLite does not know `parent`.
[[nodiscard]] const char *walGatherer(const char *parent);
} // namespace belfry::store
