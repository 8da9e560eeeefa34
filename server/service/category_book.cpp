#include "service/category_book.h"

namespace belfry::service {
CategoryBook::CategoryBook(ports::Store &store)
    : m_store(store)
{
}

std::shared_ptr<const CategoryBook::Categories> CategoryBook::all() const
{
    const std::lock_guard lock(m_mutex);
    return m_all;
}

void CategoryBook::load(Loop &home, Reply<model::VoidResult> reply)
{
    using Read = model::Result<std::vector<ports::Category>>;
    const std::uint64_t number = ++m_reads;
    m_store.registry().categories(home, [this, number, reply = std::move(reply)](Read read) mutable {
        if (!read)
            return reply(tl::unexpected(std::move(read.error())));
        Categories all;
        for (ports::Category &category : *read) {
            const model::Text name = category.name;
            all.emplace(name, std::make_shared<const ports::Category>(std::move(category)));
        }
        set(std::move(all), number);
        reply({});
    });
}

void CategoryBook::set(Categories all, std::uint64_t read)
{
    const std::lock_guard lock(m_mutex);
    if (read < m_newest)
        return; // one that began later has come earlier, and knows more
    m_newest = read;
    m_any = !all.empty();
    m_all = std::make_shared<const Categories>(std::move(all));
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
    if (!m_any.load(std::memory_order_relaxed))
        return nullptr;
    const auto categories = all();
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
    for (const auto &[name, category] : *all()) {
        if (category->retainDays)
            lives[name] = *category->retainDays > 0 ? ports::Keeping::Life(model::days(*category->retainDays))
                                                    : std::nullopt;
    }
    return lives;
}
} // namespace belfry::service
