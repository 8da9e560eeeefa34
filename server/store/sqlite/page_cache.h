#pragma once

namespace belfry::store {
/// Spares SQLite's page cache a walk through all of its pages at almost every commit; for every connection of
/// the process that is opened later.
///
/// A commit forgets the pages behind the database's end. The cache knows the highest page that it ever had
/// and walks only where that lies behind the end. But whoever splits a page of a table lends one of them the
/// number 262,145 (the first one behind 1 GiB) for a moment, so until a database is that large nearly every
/// commit walks: through 8,000 pages of 32 MiB, at a cache miss each (docs/benchmarks.md).
///
/// To be called before SQLite is used; later it changes nothing and does no harm.
void spareCacheWalks();
} // namespace belfry::store
