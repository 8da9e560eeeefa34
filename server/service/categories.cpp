#include "service/categories.h"

#include "service/access.h"

#include <algorithm>

namespace belfry::service {
using auth::Scope;
using ports::Category;

namespace {
using AllCategories = std::vector<Category>;

model::VoidResult mayReadCategories(const auth::Principal &who)
{
    return who.has(Scope::AdminRead) ? model::VoidResult{} : requireScope(who, Scope::PrefsRead);
}
} // namespace

Categories::Categories(ports::Store &store, CategoryBook &book, const runtime::Clock &clock)
    : m_store(store)
    , m_book(book)
    , m_clock(clock)
{
}

void Categories::put(Loop &home, const auth::Principal &who, Category category,
                     Reply<model::Result<Category>> reply)
{
    if (auto allowed = requireScope(who, Scope::AdminWrite); !allowed)
        return reply(tl::unexpected(std::move(allowed.error())));
    category.updatedAt = m_clock.now();
    m_store.registry().putCategory(
        home, std::move(category),
        [this, &home, reply = std::move(reply)](model::Result<Category> stored) mutable {
            if (!stored)
                return reply(std::move(stored));
            load(home, [stored = std::move(stored), reply = std::move(reply)]() mutable {
                reply(std::move(stored));
            });
        });
}

/// Changed it is, also where reading fails: then it counts as soon as it can be read.
void Categories::load(Loop &home, runtime::Task then)
{
    m_book.load(home, [this, &home, then = std::move(then)](const model::VoidResult &loaded) mutable {
        if (!loaded)
            m_book.refresh(home);
        then();
    });
}

void Categories::list(Loop &home, const auth::Principal &who, Reply<model::Result<AllCategories>> reply)
{
    if (auto allowed = mayReadCategories(who); !allowed)
        return reply(tl::unexpected(std::move(allowed.error())));
    m_store.registry().categories(home, std::move(reply));
}

void Categories::get(Loop &home, const auth::Principal &who, model::Text name,
                     Reply<model::Result<Category>> reply)
{
    list(home, who,
         [name = std::move(name), reply = std::move(reply)](model::Result<AllCategories> all) mutable {
             if (!all)
                 return reply(tl::unexpected(std::move(all.error())));
             const auto found = std::find_if(all->begin(), all->end(), [&name](const Category &category) {
                 return category.name == name;
             });
             if (found == all->end())
                 return reply(model::fail(model::ErrorCode::NotFound, "there is no such category"));
             reply(std::move(*found));
         });
}

void Categories::remove(Loop &home, const auth::Principal &who, model::Text name,
                        Reply<model::VoidResult> reply)
{
    if (auto allowed = requireScope(who, Scope::AdminWrite); !allowed)
        return reply(std::move(allowed));
    m_store.registry().removeCategory(
        home, std::move(name), m_clock.now(),
        [this, &home, reply = std::move(reply)](model::VoidResult removed) mutable {
            if (!removed)
                return reply(std::move(removed));
            load(home, [reply = std::move(reply)]() mutable { reply({}); });
        });
}
} // namespace belfry::service
