#pragma once

#include "ports/cache.h"
#include "ports/store.h"

#include <array>
#include <mutex>

namespace belfry::service {
/// Keeps what the cache has derived from the store true: hears of every commit, and lets what a reader brings
/// back into the cache only when no commit to that user came in between. Any thread.
class Changes final : public ports::CommitListener
{
public:
    Changes(ports::Store &store, ports::Cache &cache);

    /// On the writer lane, before the batch goes on to the fan-out, so that a head in the cache is never
    /// behind the news.
    void committed(std::shared_ptr<const ports::CommittedBatch> batch) override;
    void doubted(const std::vector<model::UserId> &users) override;

    /// Taken before a read starts, given back with what it read.
    struct Stamp
    {
        quint64 value = 0;
    };
    [[nodiscard]] Stamp stamp(const model::UserId &user) const;
    void keepPreferences(const model::UserId &user, Stamp taken,
                         std::shared_ptr<const model::Preferences> document);
    /// Nothing is kept when others write to the database too: their commits are not heard here.
    void keepLogState(const model::UserId &user, Stamp taken, const ports::LogState &state);
    /// Nothing: not known, or others write too.
    [[nodiscard]] std::optional<ports::LogState> logState(const model::UserId &user) const;

private:
    struct Shard
    {
        mutable std::mutex mutex;
        quint64 stamp = 0;
    };
    Shard &shardOf(const model::UserId &user) const;
    void apply(const ports::Committed &entry);

    ports::Store &m_store;
    ports::Cache &m_cache;
    static constexpr std::size_t shardCount = 256;
    mutable std::array<Shard, shardCount> m_shards;
};
} // namespace belfry::service
