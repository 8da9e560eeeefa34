#pragma once

#include "service/changes.h"
#include "service/gatherer.h"

namespace belfry::service {
using Document = std::shared_ptr<const model::Preferences>;

/// The preferences of users for decisions: from the cache, else by one read for all that a loop's turn asked
/// for. Any loop.
class PreferenceSource
{
public:
    PreferenceSource(ports::Store &store, ports::Cache &cache, Changes &changes);

    /// Null: not cached.
    [[nodiscard]] Document cached(const model::UserId &user) const { return m_cache.preferences(user); }

    /// Documents in the order of `users`, never null; at once when all are cached.
    using Documents = model::Result<std::vector<Document>>;
    void get(runtime::Loop &home, const std::vector<model::UserId> &users, runtime::Reply<Documents> reply);

private:
    void read(runtime::Loop &home, std::vector<model::UserId> users, runtime::Reply<Documents> reply);

    ports::Store &m_store;
    ports::Cache &m_cache;
    Changes &m_changes;
    Gatherer<Document> m_misses;
};
} // namespace belfry::service
