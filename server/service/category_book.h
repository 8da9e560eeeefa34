#pragma once

#include "domain/decide.h"
#include "ports/store.h"
#include "service/latest.h"

namespace belfry::service {
using runtime::Loop;
using runtime::Reply;

/// The categories in memory: what a user has not decided is decided by them on the way of every submit. Any
/// thread. While there is none, asking costs one read of an atomic.
class CategoryBook
{
public:
    explicit CategoryBook(ports::Store &store);

    /// Reads all again: at the start and after each change.
    void load(Loop &home, Reply<model::VoidResult> reply);
    /// The same after a change that is in the database already: what fails is asked again after `pause` until
    /// it comes, since where nobody else writes nothing reads them again. `home` as below.
    void refresh(Loop &home, std::chrono::milliseconds pause = std::chrono::seconds(1));
    /// Goes on reading them where other servers change them too: heard of within 2 s. `home` runs no more
    /// once this is gone.
    void follow(Loop &home, std::chrono::milliseconds every = std::chrono::seconds(2));

    /// Null: nobody has said anything of this type.
    [[nodiscard]] std::shared_ptr<const ports::Category> find(const model::Text &type) const;
    [[nodiscard]] domain::CategoryRules rulesOf(const model::Text &type) const;
    /// Those that have a time of their own.
    [[nodiscard]] std::map<model::Text, ports::Keeping::Life> lives() const;

private:
    using Categories = std::map<model::Text, std::shared_ptr<const ports::Category>>;

    ports::Store &m_store;
    Latest<Categories> m_all;
};
} // namespace belfry::service
