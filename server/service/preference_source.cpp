#include "service/preference_source.h"

namespace belfry::service {
using runtime::Loop;
using runtime::Reply;

PreferenceSource::PreferenceSource(ports::Store &store, ports::Cache &cache, Changes &changes)
    : m_store(store)
    , m_cache(cache)
    , m_changes(changes)
    , m_misses([this](Loop &home, std::vector<model::UserId> users, Reply<Documents> reply) {
        read(home, std::move(users), std::move(reply));
    })
{
}

void PreferenceSource::get(Loop &home, const std::vector<model::UserId> &users, Reply<Documents> reply)
{
    std::vector<Document> documents;
    documents.reserve(users.size());
    std::vector<model::UserId> missing;
    for (const model::UserId &user : users) {
        documents.push_back(m_cache.preferences(user));
        if (!documents.back())
            missing.push_back(user);
    }
    if (missing.empty())
        return reply(std::move(documents));
    m_misses.ask(home, std::move(missing),
                 [documents = std::move(documents), reply = std::move(reply)](Documents found) mutable {
                     if (!found)
                         return reply(tl::unexpected(std::move(found.error())));
                     auto next = found->begin();
                     for (Document &document : documents) {
                         if (!document)
                             document = std::move(*next++);
                     }
                     reply(std::move(documents));
                 });
}

void PreferenceSource::read(Loop &home, std::vector<model::UserId> users, Reply<Documents> reply)
{
    std::vector<Changes::Stamp> stamps;
    stamps.reserve(users.size());
    for (const model::UserId &user : users)
        stamps.push_back(m_changes.stamp(user));

    auto keep = [this, users, stamps = std::move(stamps), reply = std::move(reply)](
                    model::Result<std::vector<ports::StoredPreferences>> stored) mutable {
        if (!stored)
            return reply(tl::unexpected(std::move(stored.error())));
        // Most have never written any: they share one document.
        static const Document defaults = std::make_shared<const model::Preferences>();
        std::vector<Document> documents;
        documents.reserve(users.size());
        for (std::size_t i = 0; i < users.size(); ++i) {
            model::Preferences &own = (*stored)[i].document;
            documents.push_back(
                own == *defaults ? defaults : std::make_shared<const model::Preferences>(std::move(own)));
            m_changes.keepPreferences(users[i], stamps[i], documents.back());
        }
        reply(std::move(documents));
    };
    m_store.directory().preferences(home, std::move(users), std::move(keep));
}
} // namespace belfry::service
