#pragma once

#include "service/category_book.h"

namespace belfry::service {
/// The webhooks that are on, in memory: who is told of a notification is decided on the way of every submit.
/// Any thread. While there is none, asking costs one read of an atomic.
class WebhookBook
{
public:
    WebhookBook(ports::Store &store, const CategoryBook &categories);

    /// Reads all again: at the start and after each change.
    void load(Loop &home, Reply<model::VoidResult> reply);
    /// The same after a change that is in the database already: what fails is asked again after `pause` until
    /// it comes, since where nobody else writes nothing reads them again. `home` as below.
    void refresh(Loop &home, std::chrono::milliseconds pause = std::chrono::seconds(1));
    /// Goes on reading them where other servers change them too: what is registered there is heard of within
    /// 2 s. `home` runs no more once this is gone.
    void follow(Loop &home, std::chrono::milliseconds every = std::chrono::seconds(2));

    /// By which is decided here as well.
    [[nodiscard]] const CategoryBook &categories() const { return m_categories; }
    [[nodiscard]] bool isEmpty() const { return m_hooks.isEmpty(); }
    /// One for each webhook that fits the user and the category, by what the rules say of the channel
    /// (semantics 11); none where nobody asked for it.
    [[nodiscard]] std::vector<ports::Way> ways(const model::UserId &user,
                                               const model::Preferences &preferences,
                                               const model::Content &content) const;
    /// `routes` as they are for this user and category (explain).
    [[nodiscard]] domain::Routes routesFor(domain::Routes routes, const model::UserId &user,
                                           const model::Content &content) const;

private:
    using Hooks = std::vector<ports::Webhook>;

    ports::Store &m_store;
    const CategoryBook &m_categories;
    Latest<Hooks> m_hooks;
};
} // namespace belfry::service
