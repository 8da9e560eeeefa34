#pragma once

#include "auth/principal.h"
#include "runtime/clock.h"
#include "service/category_book.h"

namespace belfry::service {
/// The registry of categories (semantics 11, decisions H60). Any loop; after each change this server decides
/// by it before the reply comes. Making and removing: admin:write; reading: prefs:read or admin:read.
class Categories
{
public:
    Categories(ports::Store &store, CategoryBook &book, const runtime::Clock &clock);

    /// All of it is replaced; a new one's `createdAt` is its `updatedAt`. Invalid: a name with a slash or
    /// control characters. Conflict: there are 500.
    void put(Loop &home, const auth::Principal &who, ports::Category category,
             Reply<model::Result<ports::Category>> reply);
    /// By name.
    void list(Loop &home, const auth::Principal &who,
              Reply<model::Result<std::vector<ports::Category>>> reply);
    /// NotFound.
    void get(Loop &home, const auth::Principal &who, model::Text name,
             Reply<model::Result<ports::Category>> reply);
    /// What was sent of it stays. NotFound.
    void remove(Loop &home, const auth::Principal &who, model::Text name, Reply<model::VoidResult> reply);

private:
    void load(Loop &home, runtime::Task then);

    ports::Store &m_store;
    CategoryBook &m_book;
    const runtime::Clock &m_clock;
};
} // namespace belfry::service
