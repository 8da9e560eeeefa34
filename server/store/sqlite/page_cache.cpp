#include "store/sqlite/page_cache.h"

#include <algorithm>
#include <memory>
#include <sqlite3.h>

namespace belfry::store {
namespace {
/// SQLite's own cache, which does all the work.
sqlite3_pcache_methods2 own;

/// One connection's cache. No page has a key above `highest`, but for `lent` of them.
struct Cache
{
    sqlite3_pcache *inner = nullptr;
    unsigned highest = 0;
    int lent = 0;
};

Cache *mine(sqlite3_pcache *cache)
{
    return reinterpret_cast<Cache *>(cache);
}

sqlite3_pcache *create(int pageSize, int extraSize, int purgeable)
{
    auto cache = std::make_unique<Cache>();
    cache->inner = own.xCreate(pageSize, extraSize, purgeable);
    return cache->inner ? reinterpret_cast<sqlite3_pcache *>(cache.release()) : nullptr;
}

void destroy(sqlite3_pcache *cache)
{
    const std::unique_ptr<Cache> self(mine(cache));
    own.xDestroy(self->inner);
}

sqlite3_pcache_page *fetch(sqlite3_pcache *cache, unsigned key, int createFlag)
{
    Cache *self = mine(cache);
    sqlite3_pcache_page *page = own.xFetch(self->inner, key, createFlag);
    if (page)
        self->highest = std::max(self->highest, key);
    return page;
}

void rekey(sqlite3_pcache *cache, sqlite3_pcache_page *page, unsigned from, unsigned to)
{
    Cache *self = mine(cache);
    self->lent += (to > self->highest ? 1 : 0) - (from > self->highest ? 1 : 0);
    own.xRekey(self->inner, page, from, to);
}

void truncate(sqlite3_pcache *cache, unsigned limit)
{
    Cache *self = mine(cache);
    if (limit > self->highest && self->lent == 0)
        return; // nothing lies there
    own.xTruncate(self->inner, limit);
    self->highest = std::min(self->highest, limit == 0 ? 0 : limit - 1);
    self->lent = 0;
}

template<auto Member, typename... Args>
auto forward(sqlite3_pcache *cache, Args... args)
{
    return (own.*Member)(mine(cache)->inner, args...);
}
} // namespace

void spareCacheWalks()
{
    using Methods = sqlite3_pcache_methods2;
    if (own.xCreate || sqlite3_config(SQLITE_CONFIG_GETPCACHE2, &own) != SQLITE_OK)
        return;
    Methods ours = own; // xInit and xShutdown are about the process, not about one cache
    ours.xCreate = create;
    ours.xCachesize = forward<&Methods::xCachesize, int>;
    ours.xPagecount = forward<&Methods::xPagecount>;
    ours.xFetch = fetch;
    ours.xUnpin = forward<&Methods::xUnpin, sqlite3_pcache_page *, int>;
    ours.xRekey = rekey;
    ours.xTruncate = truncate;
    ours.xDestroy = destroy;
    ours.xShrink = forward<&Methods::xShrink>;
    sqlite3_config(SQLITE_CONFIG_PCACHE2, &ours);
}
} // namespace belfry::store
