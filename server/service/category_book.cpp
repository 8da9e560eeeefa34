#include "service/category_book.h"

namespace belfry::service {
CategoryBook::CategoryBook(ports::Store &store)
    : m_store(store)
{
}

void CategoryBook::load(Loop &home, Reply<model::VoidResult> reply)
{
    using Read = model::Result<std::vector<ports::Category>>;
    const std::uint64_t number = m_all.begin();
    m_store.registry().categories(home, [this, number, reply = std::move(reply)](Read read) mutable {
        if (!read)
            return reply(tl::unexpected(std::move(read.error())));
        Categories all;
        for (ports::Category &category : *read) {
            const model::Text name = category.name;
            all.emplace(name, std::make_shared<const ports::Category>(std::move(category)));
        }
        m_all.take(number, std::move(all));
        reply({});
    });
}

void CategoryBook::refresh(Loop &home, std::chrono::milliseconds pause)
{
    load(home, [this, &home, pause](const model::VoidResult &loaded) {
        if (!loaded) // the store itself tells why
            home.after(pause, [this, &home, pause] { refresh(home, pause); });
    });
}

void CategoryBook::follow(Loop &home, std::chrono::milliseconds every)
{
    if (m_store.isExclusive())
        return;
    home.after(every, [this, &home, every] {
        // A read that fails leaves what is known; the store itself tells why.
        load(home, [this, &home, every](const model::VoidResult &) { follow(home, every); });
    });
}

std::shared_ptr<const ports::Category> CategoryBook::find(const model::Text &type) const
{
    if (m_all.isEmpty())
        return nullptr;
    const auto categories = m_all.get();
    const auto found = categories->find(model::categoryOf(type));
    return found == categories->end() ? nullptr : found->second;
}

domain::CategoryRules CategoryBook::rulesOf(const model::Text &type) const
{
    const auto category = find(type);
    return category ? domain::CategoryRules{category->channels, category->mandatory}
                    : domain::CategoryRules{};
}

std::map<model::Text, ports::Keeping::Life> CategoryBook::lives() const
{
    std::map<model::Text, ports::Keeping::Life> lives;
    const auto categories = m_all.get();
    for (const auto &[name, category] : *categories) {
        if (category->retainDays)
            lives[name] = *category->retainDays > 0 ? ports::Keeping::Life(model::days(*category->retainDays))
                                                    : std::nullopt;
    }
    return lives;
}
} // namespace belfry::service
